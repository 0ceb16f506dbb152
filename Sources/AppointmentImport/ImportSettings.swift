package import AppointmentLedger
package import AppointmentRows
package import SecurityTrax

/// Everything that says how one run goes.
package struct ImportSettings: Sendable {
    /// What a run is for.
    package enum Purpose: Sendable, Hashable {
        /// Post what is valid.
        case post
        /// Everything but the post: the ledger keeps the run and its findings, no appointment.
        case dryRun
        /// The same validation, without a ledger or a network; with credentials, customers are asked for, and rows are
        /// compared with a copy of the ledger.
        case check
    }

    /// Which ledger a run uses.
    package enum LedgerChoice: Sendable, Hashable {
        /// A file; `mustExist` refuses to make one; `wait` is how long to wait for another run.
        case file(String, mustExist: Bool, wait: Duration)
        /// One that is gone with the process.
        case temporary
    }

    /// Where rejected rows go.
    package enum RejectsChoice: Sendable, Hashable {
        /// Beside each input file, but none for standard input.
        case besideInput
        /// To this file.
        case file(String)
        /// Nowhere.
        case none
    }

    /// What the run is for.
    package var purpose = Purpose.post
    /// Its ledger.
    package var ledger: LedgerChoice
    /// Where posts go; its identity is part of each appointment's.
    package var endpoint: Endpoint
    /// Nil only where nothing is posted.
    package var credentials: Credentials?
    /// How long one answer may take.
    package var timeout: Duration = .seconds(300)
    /// Trusted certificates (PEM) instead of the system's.
    package var caFile: String?
    /// Batches, retries, pace.
    package var policy = DeliveryPolicy()
    /// How files are read and rows checked.
    package var reading: ReadingOptions
    /// Posts nothing at all where any row is invalid.
    package var allOrNothing = false
    /// Sets a file aside where more of its rows than this are invalid.
    package var maxInvalid: InvalidLimit?
    /// Asks the service for each customer once, and compares the name, the phone and the zip that the files have.
    package var verifiesCustomers = false
    /// How long the customer that a phone or an account number led to is taken for known; zero asks each time.
    package var customerCache: Duration = .seconds(30 * 86_400)
    /// When posts may begin; nil for always.
    package var postingWindow: PostingWindow?
    /// The files that must have come into the inbox; nil where none is expected.
    package var expected: ExpectedFiles?
    /// Whether somebody watches the run: a refused login may be tried again then.
    package var isWatched = false
    /// Turns `already-booked-differently` off.
    package var allowsRebooking = false
    /// Turns `tech-overlap` on.
    package var checksOverlaps = false
    /// Whether the files hold the whole schedule: what they lack is gone.
    package var isCompleteExport = false
    /// What holds the run before its first post.
    package var holds: [HoldCondition] = []
    /// Where rejected rows go.
    package var rejects = RejectsChoice.besideInput

    /// The folder that the files come from and are moved out of at the end.
    package var inbox: Inbox?

    /// How the service is reached, for posts and for queries.
    var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(endpoint: endpoint)
        configuration.timeout = timeout
        configuration.caFile = caFile
        return configuration
    }

    /// Settings with the defaults for what is not named.
    package init(ledger: LedgerChoice, endpoint: Endpoint, credentials: Credentials?, reading: ReadingOptions)
    {
        self.ledger = ledger
        self.endpoint = endpoint
        self.credentials = credentials
        self.reading = reading
    }
}
