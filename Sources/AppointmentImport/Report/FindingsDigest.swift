package import AppointmentLedger
package import AppointmentRows

/// What is to be said about rows, collected: the first ones in full, and the reasons by how often they hold.
package struct FindingsDigest: Sendable {
    /// How many of each severity are kept in full, and how many reasons are shown.
    package static let shown = 20
    /// How many different reasons are told apart: a fix may be a value's own, and a file has any number of values.
    private static let reasonLimit = 2_000

    /// Findings that one sentence can stand for: nobody may take one value's fix for another's.
    package struct Reason: Sendable {
        package fileprivate(set) var count = 0
        package let first: FileFinding

        /// `12 × invalid-service-type in ServiceType, first at line 17: "Instal": did you mean Install?`
        package var text: String {
            let finding = first.finding
            let value = finding.value.isEmpty ? "" : " \"\(finding.value)\":"
            // What the service said is the reason; what would help is the same for all it says.
            let said = finding.isItsOwnReason ? " \(finding.message): " : " "
            return "\(grouped(count)) × \(finding.code.rawValue)"
                + (finding.column.map { " in \($0)" } ?? "")
                + ", first at line \(finding.line) of \(first.file)"
                + (finding.customer.isEmpty ? "" : " (customer \(finding.customer))")
                + ":\(value)\(said)\(finding.fix)"
        }
    }

    private struct Key: Hashable {
        let code: FindingCode
        let severity: Finding.Severity
        let column: String?
        let fix: String
        let message: String

        init(_ finding: Finding) {
            (code, severity, column, fix) = (finding.code, finding.severity, finding.column, finding.fix)
            message = finding.isItsOwnReason ? finding.message : ""
        }
    }

    private var reasons: [Key: Reason] = [:]
    private var order: [Key] = []
    /// Where a finding is listed: what earlier runs told comes apart.
    private struct Place: Hashable {
        let severity: Finding.Severity
        let isKnown: Bool
    }

    private var kept: [Place: [FileFinding]] = [:]
    private var totals: [Finding.Severity: Int] = [:]
    private var knowns: [Finding.Severity: Int] = [:]
    private var doubts: [(reason: String, count: Int)] = []

    /// Nothing yet.
    package init() {}

    /// Takes a finding.
    package mutating func add(_ entry: FileFinding) {
        let finding = entry.finding
        let key = Key(finding)
        if reasons[key] == nil, order.count < Self.reasonLimit {
            order.append(key)
            reasons[key] = Reason(first: entry)
        }
        reasons[key]?.count += 1
        totals[finding.severity, default: 0] += 1
        if entry.isKnown { knowns[finding.severity, default: 0] += 1 }
        let place = Place(severity: finding.severity, isKnown: entry.isKnown)
        if kept[place]?.count ?? 0 < Self.shown { kept[place, default: []].append(entry) }
    }

    /// Takes a reason for doubt, and for how many rows it holds.
    package mutating func addDoubt(_ count: Int, _ reason: String) {
        if let index = doubts.firstIndex(where: { $0.reason == reason }) {
            doubts[index].count += count
        } else if doubts.count < Self.reasonLimit {
            doubts.append((reason, count))
        }
    }

    /// How many findings there are of a severity.
    package func total(_ severity: Finding.Severity) -> Int { totals[severity] ?? 0 }

    /// How many of them an earlier run told of the same visit.
    package func known(_ severity: Finding.Severity) -> Int { knowns[severity] ?? 0 }

    /// The first findings of a severity that are new, in the order in which they came.
    package func first(_ severity: Finding.Severity) -> [FileFinding] {
        kept[Place(severity: severity, isKnown: false)] ?? []
    }

    /// The first of those that are known; together with the new ones no more than are shown.
    package func firstKnown(_ severity: Finding.Severity) -> [FileFinding] {
        let known = kept[Place(severity: severity, isKnown: true)] ?? []
        return Array(known.prefix(Self.shown - first(severity).count))
    }

    /// How often the reason of a finding holds.
    package func count(of finding: Finding) -> Int { reasons[Key(finding)]?.count ?? 0 }

    /// The reasons of a severity that hold for several rows, the most frequent first.
    package func frequent(_ severity: Finding.Severity) -> [Reason] {
        let all = order.compactMap { $0.severity == severity ? reasons[$0] : nil }.filter { $0.count > 1 }
        return Array(all.sorted { $0.count > $1.count }.prefix(Self.shown))
    }

    /// Why rows came into doubt: `4 × in doubt: no answer within 300 s`, the most frequent first.
    package var doubtTexts: [String] {
        doubts.sorted { $0.count > $1.count }.prefix(Self.shown).map {
            "\(grouped($0.count)) × in doubt: \($0.reason)"
        }
    }
}

extension Finding.Severity {
    /// The order in which findings are told.
    package static let shown: [Finding.Severity] = [.error, .refused, .warning, .skipped]

    /// What it means for whoever looks.
    package var tone: TextStyle.Tone? {
        switch self {
        case .error, .refused: .bad
        case .warning: .careful
        case .skipped: nil
        }
    }
}

extension FileFinding {
    /// The finding in two lines: where, what and why; and what would fix it.
    package func lines(_ style: TextStyle = .plain) -> [String] {
        func shown(_ text: String) -> String { ActingCharacter.escaped(text) }
        let word = finding.severity.rawValue
        let label = finding.severity.tone.map { style.paint(word, $0) } ?? word
        let place = shown(
            "\(file):\(finding.line)" + (finding.customer.isEmpty ? "" : ", customer \(finding.customer)")
                + (finding.column.map { ", \($0)" } ?? ""))
        let isTold = finding.value.isEmpty || finding.code.namesValue
        let value = isTold ? "" : shown(" \"\(finding.value)\"")
        return [
            "\(place): \(label) \(finding.code.rawValue)\(value): \(shown(finding.message))",
            "  fix: \(shown(finding.fix))",
        ]
    }
}

extension Finding {
    /// Whether only its message says what is the matter, and not its fix: what the service or a later file said.
    fileprivate var isItsOwnReason: Bool { severity == .refused || code == .replacedByLaterFile }
}
