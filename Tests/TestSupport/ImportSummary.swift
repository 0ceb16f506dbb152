import Foundation

/// The summary that `--format json` prints, read back.
public struct ImportSummary: Sendable, Decodable {
    /// Rows by state, under the states' stable names.
    public struct Counts: Sendable, Decodable, Equatable, CustomStringConvertible {
        /// The eight states, in the order in which they are shown.
        public static let states = [
            "created", "already_created", "duplicate", "skipped", "invalid", "refused", "in_doubt", "pending",
        ]
        /// All rows, as the summary says.
        public var rows: Int
        /// The states that any row is in.
        public var states: [String: Int]

        /// Reads it from JSON.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            rows = try container.decode(Int.self, forKey: Key(stringValue: "rows"))
            states = [:]
            for state in Self.states {
                let count = try container.decode(Int.self, forKey: Key(stringValue: state))
                if count != 0 { states[state] = count }
            }
        }

        /// `created 4, in_doubt 2`
        public var description: String {
            Self.states.compactMap { state in states[state].map { "\(state) \($0)" } }.joined(separator: ", ")
        }

        private struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }

    /// One input file.
    public struct File: Sendable, Decodable {
        /// As it was named.
        public var file: String
        /// Its rows.
        public var counts: Counts
        /// Its rejects file.
        public var rejects: String?
        /// Why it has none.
        public var rejectsError: String?
        /// Why it could not be read.
        public var error: String?
        /// The stable code of that.
        public var errorCode: String?

        /// Reads it from JSON.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            file = try container.decode(String.self, forKey: .file)
            rejects = try container.decodeIfPresent(String.self, forKey: .rejects)
            rejectsError = try container.decodeIfPresent(String.self, forKey: .rejectsError)
            error = try container.decodeIfPresent(String.self, forKey: .error)
            errorCode = try container.decodeIfPresent(String.self, forKey: .errorCode)
            counts = try Counts(from: decoder)
        }

        private enum CodingKeys: String, CodingKey {
            case file, rejects, error
            case rejectsError = "rejects_error"
            case errorCode = "error_code"
        }
    }

    /// Why a run stopped itself.
    public struct Stopped: Sendable, Decodable {
        /// Its stable code.
        public var code: String
        /// Why.
        public var message: String
        /// What would help.
        public var fix: String
    }

    /// One finding.
    public struct Finding: Sendable, Decodable {
        /// The file as it was named.
        public var file: String
        /// The record's first line.
        public var line: Int
        /// The column, if it is about one.
        public var column: String?
        /// Its stable code.
        public var code: String
        /// `error`, `warning`, `skipped` or `refused`.
        public var severity: String
        /// What is wrong.
        public var message: String
        /// What would help.
        public var fix: String
    }

    /// The form's version.
    public var version: Int
    /// The run's number, if a ledger has it.
    public var run: Int?
    /// The exit status.
    public var exit: Int32?
    /// Why the run stopped itself.
    public var stopped: Stopped?
    /// The input files.
    public var files: [File]
    /// The rows of all of them.
    public var totals: Counts
    /// Claims.
    public var batches: Int
    /// Requests attempted.
    public var posts: Int
    /// Those that repeated rows.
    public var retries: Int
    /// How long it took.
    public var seconds: Double
    /// Whether it made its ledger.
    public var ledgerCreated: Bool
    /// All findings.
    public var findingsTotal: Int
    /// The first thousand.
    public var findings: [Finding]

    /// Reads the one object on standard output.
    public init(_ json: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .useDefaultKeys
        self = try decoder.decode(Self.self, from: Data(json.utf8))
    }

    private enum CodingKeys: String, CodingKey {
        case version, run, exit, stopped, files, totals, batches, posts, retries, seconds, findings
        case ledgerCreated = "ledger_created"
        case findingsTotal = "findings_total"
    }
}
