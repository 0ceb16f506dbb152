import AppointmentRows
import SQLiteStore
import SystemFiles

/// Where an appointment stands in the ledger. The raw values are stored.
package enum AppointmentState: Int, Sendable, Hashable, CaseIterable {
    /// To be posted.
    case pending = 0
    /// Claimed: its request may be on the way. Found without a living run, it is in doubt.
    case posting = 1
    /// SecurityTrax created it.
    case created = 2
    /// SecurityTrax refused it, or its time passed before it was posted.
    case refused = 3
    /// It may exist: a person decides.
    case inDoubt = 4
    /// A person took it out: no file brings it back.
    case withdrawn = 5
    /// Its run was held before its first post: to be posted once a person has approved that.
    case held = 6

    /// Whether it stands for a visit that exists or may come to exist.
    var isActive: Bool {
        switch self {
        case .pending, .posting, .created, .inDoubt, .held: true
        case .refused, .withdrawn: false
        }
    }

    /// Whether it is to be posted, now or once a person has approved it: nothing of it was sent.
    var isWaiting: Bool {
        switch self {
        case .pending, .held: true
        case .posting, .created, .refused, .inDoubt, .withdrawn: false
        }
    }

    /// Whether its visit exists, or may, and nobody took it out.
    var isSent: Bool {
        switch self {
        case .posting, .created, .inDoubt: true
        case .pending, .refused, .withdrawn, .held: false
        }
    }

    /// Whether its visit may exist in SecurityTrax as far as the ledger knows, whoever took it out since.
    package var mayExist: Bool {
        switch self {
        case .posting, .created, .inDoubt, .withdrawn: true
        case .pending, .refused, .held: false
        }
    }

    /// Whether something is still to become of it: nothing of it is forgotten.
    var isOpen: Bool {
        switch self {
        case .pending, .posting, .inDoubt, .held: true
        case .created, .refused, .withdrawn: false
        }
    }

    /// Whether a row that brings it again makes it the row's own run's, to be posted.
    var canBeTakenUp: Bool {
        switch self {
        case .pending, .refused: true
        case .posting, .created, .inDoubt, .withdrawn, .held: false
        }
    }

    /// Whether a person may take it out: what may be on its way, or may exist, is decided first.
    var canBeWithdrawn: Bool {
        switch self {
        case .pending, .created, .refused, .held: true
        case .posting, .inDoubt, .withdrawn: false
        }
    }

    /// The name in JSON and on the command line: `in_doubt`.
    package var name: String {
        switch self {
        case .pending: "pending"
        case .posting: "posting"
        case .created: "created"
        case .refused: "refused"
        case .inDoubt: "in_doubt"
        case .withdrawn: "withdrawn"
        case .held: "held"
        }
    }

    /// The state in a sentence: `in doubt`.
    package var words: String {
        switch self {
        case .pending: "pending"
        case .posting: "being posted"
        case .created: "created"
        case .refused: "refused"
        case .inDoubt: "in doubt"
        case .withdrawn: "withdrawn"
        case .held: "held"
        }
    }
}

/// How a row of an input file ended: each row in exactly one of the eight. The
/// raw values are stored.
package enum RowState: Int, Sendable, Hashable, CaseIterable {
    /// Still to be posted.
    case pending = 0
    /// This run created it.
    case created = 1
    /// An earlier run created it.
    case alreadyCreated = 2
    /// It repeats an earlier row of the same run.
    case duplicate = 3
    /// It can't be posted as it is written.
    case invalid = 4
    /// SecurityTrax refused it, or its time passed before it was posted.
    case refused = 5
    /// It may exist: a person decides.
    case inDoubt = 6
    /// It is no visit to book: a rule, or a person, keeps it out.
    case skipped = 7

    /// The name in files and JSON: `already_created`.
    package var name: String {
        switch self {
        case .pending: "pending"
        case .created: "created"
        case .alreadyCreated: "already_created"
        case .duplicate: "duplicate"
        case .invalid: "invalid"
        case .refused: "refused"
        case .inDoubt: "in_doubt"
        case .skipped: "skipped"
        }
    }

    /// The order in which counts are shown.
    package static let shown: [RowState] = [
        .created, .alreadyCreated, .duplicate, .skipped, .invalid, .refused, .inDoubt, .pending,
    ]
}

extension RowState {
    /// What the row that carries an appointment shows of it.
    ///
    /// - Parameter isInUse: whether a living run holds the ledger: what it has claimed is not in doubt, its answer is
    ///   awaited.
    package init(of appointment: AppointmentState, isInUse: Bool = false) {
        self =
            switch appointment {
            case .pending, .held: .pending
            case .created: .created
            case .refused: .refused
            case .posting: isInUse ? .pending : .inDoubt
            case .inDoubt: .inDoubt
            case .withdrawn: .skipped
            }
    }
}

/// A state that the ledger stores by its number.
protocol StoredState: RawRepresentable, SQLiteValue where RawValue == Int {}

extension StoredState {
    /// The numbers of some states as they stand in SQL text: `0, 1, 4`.
    static func sql(_ states: Self...) -> String {
        states.map { String($0.rawValue) }.list()
    }
}

extension StoredState where Self: CaseIterable {
    /// The same, for all states of which something holds.
    static func sql(where holds: (Self) -> Bool) -> String {
        allCases.filter(holds).map { String($0.rawValue) }.list()
    }
}

extension AppointmentState: StoredState {}
extension RowState: StoredState {}

extension AppointmentState {
    /// An SQL expression: the `RowState` of the row that carries an appointment of the state in `state`.
    static let rowStateSQL =
        "CASE state "
        + allCases.map { "WHEN \(sql($0)) THEN \(RowState.sql(RowState(of: $0)))" }.joined(separator: " ")
        + " END"
}
