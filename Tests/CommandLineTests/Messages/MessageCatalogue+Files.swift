import CSVReading
import Foundation
import SystemFiles

@testable import AppointmentLedger
@testable import AppointmentRows

extension MessageCatalogue {
    mutating func addFiles() {
        title(
            "Files",
            "Why a file, or the roster of technicians, can't be read. Nothing of it is posted (exit 3, or 2)."
        )
        for code in InputError.Code.allCases where !code.isUsage {
            heading(code.rawValue)
            for problem in Self.problems(code) { error(problem.message, fix: problem.fix) }
        }
        heading("a character that a file of rejects can't hold")
        let unencodable = CSVError.unencodable(scalar: "“", encoding: .windows1252, field: 7)
        error(unencodable.message, fix: unencodable.fix)
        for code in InputError.Code.allCases where code.isUsage {
            heading(code.rawValue)
            for problem in Self.problems(code) { error(problem.message, fix: problem.fix) }
        }
    }

    private static func problems(_ code: InputError.Code) -> [InputError] {
        let name = "monday.csv"
        func read(_ errors: CSVError...) -> [InputError] { errors.map { InputError($0, name: name) } }
        let start = CSVPosition(line: 14, record: 14)
        let header = ["Customer", "Begin", "Job"]
        switch code {
        case .noSuchFile: return [.cannotOpen(name, errno: ENOENT)]
        case .noPermission: return [.cannotOpen(name, errno: EACCES)]
        case .notAFile: return [.isFolder("exports"), .notAFile(name)]
        case .cannotRead: return read(.cannotRead(errno: EIO)) + [.cannotRead("-", errno: EIO)]
        case .cannotSpool: return [.cannotSpool(name, folder: "/tmp", errno: ENOSPC)]
        case .changedWhileReading: return [.changedWhileReading(name)]
        case .interrupted: return [.interrupted]
        case .notCSV: return ContentKind.allCases.map { InputError(.notCSV($0), name: name) }
        case .utf16WithoutMark: return read(.utf16WithoutByteOrderMark(.utf16LittleEndian))
        case .invalidEncoding:
            func text(
                _ reason: CSVError.InvalidText.Reason, _ encoding: TextEncoding,
                _ candidates: [EncodingCandidate] = []
            ) -> CSVError {
                .invalidText(
                    CSVError.InvalidText(
                        line: 14, byteOffset: 812, byte: 0xE9, encoding: encoding, reason: reason,
                        candidates: candidates))
            }
            return read(
                text(
                    .malformed, .utf8,
                    [
                        EncodingCandidate(encoding: .windows1252, sample: "café"),
                        EncodingCandidate(encoding: .macintosh, sample: "cafÈ"),
                    ]), text(.malformed, .utf8), text(.loneSurrogate, .utf16LittleEndian),
                text(.truncated, .utf8))
        case .unclosedQuote: return read(.unclosedQuote(line: 14, record: start))
        case .recordTooLong:
            return read(
                .recordTooLong(record: start, limit: 1_048_576, quoteLine: 14),
                .recordTooLong(record: start, limit: 1_048_576, quoteLine: nil))
        case .noHeader:
            return [
                .empty, .noHeader(["103317", "1/11/2027 9:00", "Service"], line: 1),
                .rowsAboveHeader(line: 2, header: 9),
            ]
        case .duplicateHeader:
            return [
                .otherHeader(line: 40, first: 1), .otherHeader(line: 40, first: nil),
                .otherHeader(line: 40, first: 1, isJoined: true),
            ]
        case .duplicateColumn:
            return [
                .rivalColumns(
                    .date, names: ["Date", "Appointment Date"], values: ["1/4/2027", "1/11/2027"], line: 3),
                .rivalColumns(.date, names: ["Date", "Date"], values: ["1/4/2027", "1/11/2027"], line: 3),
                .ambiguousColumn("Notes", option: "--map", count: 2, line: 1),
            ]
        case .missingColumn:
            return [
                .missingColumns([.serviceType], header: header, unused: ["Job"], isGiven: false, line: 1),
                .missingColumns(
                    [.customerID, .end], header: header, unused: ["X"], isGiven: false, line: 1),
                .missingColumns([.start], header: ["Customer;Begin"], unused: [], isGiven: false, line: 1),
                .missingColumns([.start], header: header, unused: [], isGiven: true, line: 1),
                .noSuchColumn("Beginn", option: "--map StartTime", header: header, line: 1),
                .noSuchColumn("Technician", option: "--map TechID", header: header, line: 1),
            ]
        case .columnGone:
            let layout = Layout(name: "housecall", header: header, day: "2026-11-25", person: "ana")
            return [
                .columnGone(layout, ["Tech"], line: 1), .columnGone(layout, ["Tech", "Status"], line: 1),
            ]
        case .severalLayouts:
            return [
                .severalLayouts(
                    ["housecall", "jobs"].map {
                        Layout(name: $0, header: header, day: "2026-11-25", person: "ana")
                    },
                    line: 1)
            ]
        case .secondTable:
            return [
                .secondTable(column: "TechID", gap: 6, rows: 2, line: 1),
                .secondTable(column: "Status", gap: 6, rows: 1, line: 1),
            ]
        case .unknownRuleColumn:
            return [.noSuchRuleColumn("Stat", option: "--skip", header: ["Status"], line: 1)]
        case .dateOrder:
            let examples = [
                DateOrderProof.Example(line: 4, text: "23/1/2027"),
                DateOrderProof.Example(line: 9, text: "31/1/2027"),
            ]
            return [
                .dayFirst(Array(examples.prefix(1)), count: 1, provable: 1),
                .dayFirst(examples, count: 11, provable: 12),
            ]
        case .readOtherwise:
            return [
                ["--date-order": "dmy"], ["--map StartTime": "Confirmed Start", "--techs": ""],
            ].map { .readOtherwise("monday.csv", run: 12, missing: $0) }
        case .tooManyInvalid:
            var counts = RowCounts()
            counts[.invalid] = 4
            counts[.pending] = 38
            return [InvalidLimit.percent(5), .rows(3)].map { .tooManyInvalid(counts, limit: $0) }
        case .invalidOption: return invalidOptions
        case .rosterUnreadable: return [.rosterUnreadable(SystemError(ENOENT).reason, file: "techs.csv")]
        case .rosterEmpty: return [.rosterEmpty()]
        case .rosterUnclearColumns:
            return [
                .rosterUnclearColumns("name", ["“Name”", "“Manager”"]),
                .rosterUnclearColumns("IDs", ["“Phone”"]),
            ]
        case .rosterInvalidID: return [.rosterInvalidID("x7", name: "Ana Ruiz", line: 3)]
        case .rosterNoName: return [.rosterNoName(id: "23")]
        case .rosterAmbiguousName:
            return [
                .rosterAmbiguousName(
                    .init(name: "Ana Ruiz", id: 24, line: 9), .init(name: "Ana Ruiz", id: 23, line: 3))
            ]
        }
    }

    private static var invalidOptions: [InputError] {
        [
            .unknownColumn("StratTime"), .mappedToNothing(.start),
            .mappedTwice("StartTime", "Begin", "Start"), .notAMapping("StartTime"),
            .noKnownColumn(in: "a,b"), .notARule("Status"), .notHours("7-25"), .notADateOrder("md"),
            .notATimeZone("Mountian"), .notADelimiter(";;"),
            .notAnEncoding("utf9", usual: ["utf-8", "windows-1252"]), .notAMappableColumn("ServiceTyp"),
            .emptyValueMapped(.serviceType, to: "Install"), .twoMeanings("Alarm", .serviceType),
            .notOurValue("Alarm", .serviceType, "Instal", fix: "did you mean Install?"),
            .unreadableWords("the disk failed"), .notThreeFields(2, line: 4),
            InputError.twoMeanings("Alarm", .serviceType).inLine(4),
        ]
    }
}
