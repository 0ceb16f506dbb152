import Foundation

/// The summary that `--format json` prints, read back.
package struct ImportSummary: Sendable, Decodable {
    /// Rows by state, under the states' stable names.
    package struct Counts: Sendable, Decodable, Equatable, CustomStringConvertible {
        /// The eight states, in the order in which they are shown.
        package static let states = [
            "created", "already_created", "duplicate", "skipped", "invalid", "refused", "in_doubt", "pending",
        ]
        /// All rows, as the summary says.
        package var rows: Int
        /// The states that any row is in.
        package var states: [String: Int]

        /// Reads it from JSON.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            rows = try container.decode(Int.self, forKey: Key(stringValue: "rows"))
            states = [:]
            for state in Self.states {
                let count = try container.decode(Int.self, forKey: Key(stringValue: state))
                if count != 0 { states[state] = count }
            }
        }

        /// `created 4, in_doubt 2`
        package var description: String {
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
    package struct File: Sendable, Decodable {
        /// As it was named.
        package var file: String
        /// Its rows.
        package var counts: Counts
        /// Its rejects file.
        package var rejects: String?
        /// Why it has none.
        package var rejectsError: String?
        /// Why it could not be read.
        package var error: String?
        /// The stable code of that.
        package var errorCode: String?
        /// What is odd about it.
        package var remarks: [Remark]

        /// Reads it from JSON.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            file = try container.decode(String.self, forKey: .file)
            rejects = try container.decodeIfPresent(String.self, forKey: .rejects)
            rejectsError = try container.decodeIfPresent(String.self, forKey: .rejectsError)
            error = try container.decodeIfPresent(String.self, forKey: .error)
            errorCode = try container.decodeIfPresent(String.self, forKey: .errorCode)
            remarks = try container.decodeIfPresent([Remark].self, forKey: .remarks) ?? []
            counts = try Counts(from: decoder)
        }

        private enum CodingKeys: String, CodingKey {
            case file, rejects, error, remarks
            case rejectsError = "rejects_error"
            case errorCode = "error_code"
        }
    }

    /// Why a run stopped itself.
    package struct Stopped: Sendable, Decodable {
        /// Its stable code.
        package var code: String
        /// Why.
        package var message: String
        /// What would help.
        package var fix: String
    }

    /// One finding.
    package struct Finding: Sendable, Decodable {
        /// The file as it was named.
        package var file: String
        /// The record's first line.
        package var line: Int
        /// The column, if it is about one.
        package var column: String?
        /// Its stable code.
        package var code: String
        /// `error`, `warning`, `skipped` or `refused`.
        package var severity: String
        /// What is wrong.
        package var message: String
        /// What would help.
        package var fix: String
        /// Whether an earlier run told it.
        package var known: Bool
    }

    /// What is to be done by hand.
    package struct ToDo: Sendable, Decodable {
        /// What this run found first.
        package var new: Int
        /// What is open after it.
        package var open: Int
        /// What its files closed.
        package var closed: Int
        /// The new ones.
        package var items: [Item]
        /// The kinds of the new ones.
        package var codes: [String] { items.map(\.code) }

        /// A new one.
        package struct Item: Sendable, Decodable {
            /// The appointment's ID in the ledger.
            package var id: Int
            /// What kind of news it is.
            package var code: String
        }
    }

    /// What is odd about a file.
    package struct Remark: Sendable, Decodable {
        /// Its stable code.
        package var code: String
        /// What is odd.
        package var message: String
    }

    /// The form's version.
    package var version: Int
    /// The run's number, if a ledger has it.
    package var run: Int?
    /// The exit status.
    package var exit: Int32?
    /// Why the run stopped itself.
    package var stopped: Stopped?
    /// The input files.
    package var files: [File]
    /// The rows of all of them.
    package var totals: Counts
    /// Claims.
    package var batches: Int
    /// Requests attempted.
    package var posts: Int
    /// Those that repeated rows.
    package var retries: Int
    /// How long it took.
    package var seconds: Double
    /// Whether it made its ledger.
    package var ledgerCreated: Bool
    /// What is to be done by hand.
    package var toDo: ToDo
    /// All findings.
    package var findingsTotal: Int
    /// Those that an earlier run told.
    package var findingsKnown: Int
    /// The first thousand.
    package var findings: [Finding]

    /// Reads the one object on standard output.
    package init(_ json: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .useDefaultKeys
        self = try decoder.decode(Self.self, from: Data(json.utf8))
    }

    private enum CodingKeys: String, CodingKey {
        case version, run, exit, stopped, files, totals, batches, posts, retries, seconds, findings
        case ledgerCreated = "ledger_created"
        case toDo = "to_do"
        case findingsKnown = "findings_known"
        case findingsTotal = "findings_total"
    }
}
