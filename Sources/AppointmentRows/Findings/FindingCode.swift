/// What there can be to say about a row. Each code is declared with its explanation beside its wording, in the
/// `Finding+…` file of its kind, and named in that file's list.
package struct FindingCode: RawRepresentable, CaseIterable, Sendable, Hashable {
    /// Every code, by kind.
    package static let allCases: [FindingCode] =
        values + times + contradictions + rules + suspicions + technicians + customers + comparisons + skipped

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    private final class Declaration: Sendable {
        let name: String
        let severity: Finding.Severity
        let namesValue: Bool
        let meaning, why, action: String

        init(
            _ name: String, _ severity: Finding.Severity, _ namesValue: Bool, _ meaning: String,
            _ why: String, _ action: String
        ) {
            (self.name, self.severity, self.namesValue) = (name, severity, namesValue)
            (self.meaning, self.why, self.action) = (meaning, why, action)
        }
    }

    private let declaration: Declaration

    /// - Parameters:
    ///   - name: Stable: people script against it.
    ///   - severity: What it means for its row where nobody asks for more.
    ///   - namesValue: Whether its reasons themselves say what stands there, as it was written or as it was read:
    ///     whoever shows both would say it twice.
    ///   - meaning: What it means: whole sentences, like the others.
    ///   - why: Why there is such a thing.
    ///   - action: What to do about it.
    init(
        _ name: String, severity: Finding.Severity = .error, namesValue: Bool = true, meaning: String,
        why: String, action: String
    ) {
        declaration = Declaration(name, severity, namesValue, meaning, why, action)
    }

    /// The code of that name, if there is one.
    package init?(rawValue: String) {
        guard let known = Self.byName[rawValue] else { return nil }
        self = known
    }

    /// Its name, as it stands in files, logs and JSON.
    package var rawValue: String { declaration.name }
    /// What it means for its row where nobody asks for more (`--strict`).
    package var severity: Finding.Severity { declaration.severity }
    /// Whether its reasons themselves say what stands there.
    package var namesValue: Bool { declaration.namesValue }
    /// What it means.
    package var meaning: String { declaration.meaning }
    /// Why there is such a thing.
    package var why: String { declaration.why }
    /// What to do about it.
    package var action: String { declaration.action }

    package static func == (one: FindingCode, other: FindingCode) -> Bool {
        one.declaration === other.declaration
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(declaration)) }
}
