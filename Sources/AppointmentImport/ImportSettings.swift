public import SecurityTrax

/// Everything that says how one run goes.
public struct ImportSettings: Sendable {
    /// What a run is for.
    public enum Purpose: Sendable, Hashable {
        /// Post what is valid.
        case post
        /// Everything but the post: the ledger keeps the run and its findings, no appointment.
        case dryRun
        /// The same validation, without a ledger or a network.
        case check
    }

    /// Which ledger a run uses.
    public enum LedgerChoice: Sendable, Hashable {
        /// A file; `mustExist` refuses to make one; `wait` is how long to wait for another run.
        case file(String, mustExist: Bool, wait: Duration)
        /// One that is gone with the process.
        case temporary
    }

    /// Where rejected rows go.
    public enum RejectsChoice: Sendable, Hashable {
        /// Beside each input file, but none for standard input.
        case besideInput
        /// To this file.
        case file(String)
        /// Nowhere.
        case none
    }

    /// How many invalid rows a file may have before nothing of it is posted.
    public enum InvalidLimit: Sendable, Hashable {
        /// At most so many.
        case rows(Int)
        /// At most so many of a hundred rows read: 0...100.
        case percent(Double)

        /// As it is given: `5`, `20%`.
        var text: String {
            switch self {
            case .rows(let limit): String(limit)
            case .percent(let limit): Wording.number(limit) + "%"
            }
        }

        func isExceeded(by counts: RowCounts) -> Bool {
            switch self {
            case .rows(let limit): counts[.invalid] > limit
            case .percent(let limit): Double(counts[.invalid]) * 100 > limit * Double(counts.rows)
            }
        }
    }

    /// What the run is for.
    public var purpose = Purpose.post
    /// Its ledger.
    public var ledger: LedgerChoice
    /// Where posts go; its identity is part of each appointment's.
    public var endpoint: Endpoint
    /// Nil only where nothing is posted.
    public var credentials: Credentials?
    /// How long one answer may take.
    public var timeout: Duration = .seconds(300)
    /// Trusted certificates (PEM) instead of the system's.
    public var caFile: String?
    /// Batches, retries, pace.
    public var policy = DeliveryPolicy()
    /// How files are read and rows checked.
    public var reading: ReadingOptions
    /// Posts nothing at all where any row is invalid.
    public var allOrNothing = false
    /// Sets a file aside where more of its rows than this are invalid.
    public var maxInvalid: InvalidLimit?
    /// Turns `already-booked-differently` off.
    public var allowsRebooking = false
    /// Turns `tech-overlap` on.
    public var checksOverlaps = false
    /// Where rejected rows go.
    public var rejects = RejectsChoice.besideInput

    /// The folder that the files come from and are moved out of at the end.
    public var inbox: Inbox?

    /// Settings with the defaults for what is not named.
    public init(ledger: LedgerChoice, endpoint: Endpoint, credentials: Credentials?, reading: ReadingOptions)
    {
        self.ledger = ledger
        self.endpoint = endpoint
        self.credentials = credentials
        self.reading = reading
    }
}
