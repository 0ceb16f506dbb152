import SystemFiles
import AppointmentRows
import SecurityTrax

/// An appointment that is known already, from an earlier run or from an earlier row of this one.
struct KnownAppointment: Sendable, Hashable {
    /// Its ID in the ledger.
    var id: Int
    var customerID: Int64
    /// Its technician, or 0.
    var techID: Int64
    var start: LocalTime
    var end: LocalTime
    var state: AppointmentState
    /// The run that it counts as part of (`appointments.accepted_run`).
    var acceptedRun: Int
    /// The row that carries it.
    var row: RowPlace
    /// Whether that row is one of this run.
    var isOfThisRun: Bool
    /// Whether it is one of a file that was written on another night than the file in hand, for all that both are of
    /// this run.
    var isOfOtherNight = false
}

/// Where a row stands: a file of the ledger and a line of it.
struct RowPlace: Sendable, Hashable {
    var file: Int
    var line: Int
}

/// The texts of two rows of one appointment that differ: they are not part of its identity.
struct TextDifference: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The difference in one of `AppointmentField.texts`.
    init(_ field: AppointmentField) {
        guard let position = AppointmentField.texts.firstIndex(of: field) else {
            preconditionFailure("\(field) is no free text")
        }
        rawValue = 1 << UInt8(position)
    }

    /// Those texts in which two values for each differ.
    init<Value: Equatable>(between left: AppointmentTexts<Value>, _ right: AppointmentTexts<Value>) {
        self = TextDifference(
            AppointmentField.texts.filter { left[$0] != right[$0] }.map { TextDifference($0) })
    }

    /// The fields, in the order in which they are named.
    var fields: [AppointmentField] { AppointmentField.texts.filter { contains(TextDifference($0)) } }
}

/// All that bears on what becomes of one row.
struct KnownOfRow: Sendable {
    /// An earlier row of this run.
    struct EarlierRow: Sendable, Hashable {
        var place: RowPlace
        /// How the row in hand differs from it.
        var differing: TextDifference
    }

    /// The row's own appointment: the one of the same identity.
    var own: KnownAppointment?
    /// How the row's texts differ from those of `own`.
    var differing: TextDifference = []
    /// Whether the texts of `own` were pruned: there is nothing to compare with.
    var hasForgottenTexts = false
    /// The run's first row of `own`, where that belongs to an earlier run and stays with it.
    var firstRow: EarlierRow?
    /// Where the visit of `own` is since it was created, or is to be, where the row has its place under another number.
    var ownMoved: KnownAppointment?
    /// What a person made of `own`, where that was refused: the appointment of the row of a rejects file that came of
    /// one of its rows, under another identity.
    var corrected: KnownAppointment?
    /// The appointments that may stand for the same visit: all others of the same customer and service type whose
    /// windows could overlap.
    var others: [KnownAppointment] = []
    /// The appointment that has the row's sender's number (`--identity-column`).
    var numbered: KnownAppointment?
    /// What stands for the row's appointment in place of its number, where that is a crew's (`CrewNumber`).
    var crewNumber: String?
    /// What an earlier row of this run said of `numbered`, where that belongs to an earlier run and stays with it: as
    /// an appointment of that row's place and values.
    var numberedRow: KnownAppointment?
    /// Whether the row has the values of `numberedRow`.
    var repeatsNumberedRow = false

    /// Puts `others` in the ledger's order: the first of them is the one that is named.
    mutating func sortOthers() {
        guard others.count > 1 else { return }
        others.sort { ($0.start, $0.end, $0.techID) < ($1.start, $1.end, $1.techID) }
    }
}

/// A file, as findings about other rows name it.
struct FileOrigin: Sendable, Hashable {
    /// As its run named it; nil where it is the file in hand.
    var name: String?
    /// The run that brought it; nil where it is the run in progress.
    var run: Int?
}

/// A row's texts, as UTF-8 that is valid only as long as its chunk is held.
struct RowTexts {
    var texts: AppointmentTexts<UnsafeBufferPointer<UInt8>>
    var senderNumber: UnsafeBufferPointer<UInt8>

    init(_ row: borrowing CheckedRow, in text: UnsafeBufferPointer<UInt8>) {
        texts = row.texts.map { UnsafeBufferPointer(rebasing: text[$0]) }
        senderNumber = UnsafeBufferPointer(rebasing: text[row.senderNumber])
    }

    /// Hashes that tell the row's texts from others' within this process.
    var hashes: AppointmentTexts<Int> { texts.map(Self.hash) }

    static func equal(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        guard let left = left.baseAddress, let start = right.baseAddress else { return true }
        return memcmp(left, start, right.count) == 0
    }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(text))
        return hasher.finalize()
    }
}
