/// Some of the commands, a bit for each: the flag table has a hundred of these, and every start makes all of them.
struct CommandSet: Sendable, Equatable, ExpressibleByArrayLiteral {
    private let bits: UInt32

    init(arrayLiteral commands: CommandName...) {
        bits = commands.reduce(0) { $0 | Self.bit($1) }
    }

    private init(bits: UInt32) {
        self.bits = bits
    }

    var isEmpty: Bool { bits == 0 }

    func contains(_ command: CommandName) -> Bool { bits & Self.bit(command) != 0 }

    func union(_ other: CommandSet) -> CommandSet { CommandSet(bits: bits | other.bits) }

    private static func bit(_ command: CommandName) -> UInt32 {
        CommandName.allCases.firstIndex(of: command).map { 1 << UInt32($0) } ?? 0
    }
}

extension CommandSet {
    static let all: Self = CommandName.allCases.reduce([] as Self) { $0.union([$1]) }
    /// Those that only show something: they start no threads of their own.
    static let showing: Self = [
        .status, .find, .review, .report, .config, .sample, .completions, .man, .help, .version,
    ]
    static let posting: Self = [.import, .resume]
    static let reading: Self = [.import, .check, .map]
    static let readingFiles: Self = [.import, .check, .map, .reconcile]
    static let readingOrFinding: Self = [.import, .check, .map, .find, .reconcile]
    /// Those that may ask SecurityTrax.
    static let asking: Self = [.import, .resume, .check]
    static let askingOrComparing: Self = asking.union([.reconcile])
    static let postingOrReading: Self = [.import, .resume, .check]
    static let ledgerWriters: Self = [.import, .resume, .resolve, .withdraw, .prune, .ledger]
    static let ledgerUsers: Self = ledgerWriters.union([.status, .find, .review, .reconcile, .report])
    /// Those that answer from several ledgers at a time.
    static let overLedgers: Self = [.status, .find]
    static let reporting: Self = [
        .import, .check, .doctor, .resume, .status, .find, .review, .reconcile, .resolve, .withdraw, .report,
        .config, .prune,
    ]
}
