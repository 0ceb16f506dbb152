import Foundation
import TestSupport
import Testing

/// What was wrong, what the program said would help, and that done.
struct Advice: Sendable, CustomTestStringConvertible {
    var code: String
    /// A part of the fix.
    var fix: String
    var rows: [String]
    var flags: [String] = []
    var fixed: [String]
    var fixedFlags: [String]?
    var testDescription: String { "\(code): \(fix)" }

    init(
        _ code: String, _ fix: String, _ rows: String..., flags: [String] = [],
        then fixed: [String]? = nil,
        with fixedFlags: [String]? = nil
    ) {
        (self.code, self.fix, self.rows, self.flags) = (code, fix, rows, flags)
        self.fixed = fixed ?? rows
        self.fixedFlags = fixedFlags
    }

    static let day = SampleRows.day(10)
    static let next = SampleRows.day(11)
    static let long = String(repeating: "n", count: 2_001)
    static let header =
        "Customer ID,Technician,Date,End Date,Start,End,Service,Time Zone,All day,Notes"

    /// A row under `header`; what isn't given is right.
    static func row(
        id: String = "104882", tech: String = "12", date: String = day, endDate: String = "",
        start: String = "9:00",
        end: String = "10:00", service: String = "Install", zone: String = "", allDay: String = "",
        notes: String = ""
    ) -> String {
        SampleRows.row(id, tech, date, endDate, start, end, service, zone, allDay, notes)
    }
}

// Every kind of advice about a row.
extension Advice {
    static let values = [
        Advice("missing-value", "write the customer's ID", row(id: ""), then: [row()]),
        Advice("missing-value", "write when the appointment starts", row(start: ""), then: [row()]),
        Advice("missing-value", "write when the appointment ends", row(end: ""), then: [row()]),
        Advice(
            "missing-value", "write Install, Service or Rip-out", row(service: ""),
            then: [row(service: "Rip-out")]),
        Advice("missing-value", "write the date there", row(date: ""), then: [row()]),
        Advice(
            "missing-value", "or together with the times", row(date: ""),
            then: [row(date: "", start: "\(day) 9:00", end: "\(day) 10:00")]),
        Advice("invalid-customer-id", "digits alone", row(id: "104,882"), then: [row()]),
        Advice("invalid-customer-id", "write 104882", row(id: "#104882"), then: [row(id: "104882")]),
        Advice("invalid-customer-id", "write 104882", row(id: "'104882"), then: [row(id: "104882")]),
        Advice(
            "invalid-customer-id", "write the customer's number, not the name", row(id: "Smith"),
            then: [row()]),
        Advice(
            "invalid-customer-id", "format the column as Number", row(id: "1.04882E+12"),
            then: [row(id: "1048820000123")]),
        Advice("invalid-tech-id", "write 12", row(tech: "+12"), then: [row(tech: "12")]),
        Advice("invalid-tech-id", "leave the field empty", row(tech: "Bob"), then: [row(tech: "")]),
        Advice("invalid-tech-id", "--map TechID= leaves", row(tech: "Bob"), with: ["--map", "TechID="]),
        Advice("invalid-tech-id", "name a technician, or leave", row(tech: "0"), then: [row(tech: "")]),
        Advice(
            "several-techs", "one row for each technician", row(tech: "12,17"),
            then: [row(tech: "12"), row(tech: "17")]),
        Advice(
            "invalid-service-type", "did you mean Install?", row(service: "Instal"),
            then: [row(service: "Install")]),
        Advice("invalid-service-type", "or 1, 2 or 3", row(service: "Fix"), then: [row(service: "2")]),
        Advice(
            "unprintable-character", "remove that character", row(notes: "a\u{1}b"), then: [row(notes: "ab")]),
        Advice(
            "notes-too-long", "shorten it by 1", row(notes: long),
            then: [row(notes: String(long.dropFirst()))]),
        Advice("notes-too-long", "--max-notes 2001", row(notes: long), with: ["--max-notes", "2001"]),
        Advice("ragged-row", "put quotes around", row() + ",b", then: [row(notes: "a,b")]),
        Advice("ragged-row", "add the missing fields", "104882,12,\(day)", then: [row()]),
        Advice(
            "bad-quoting", "write two quotes", String(row().dropLast(0)) + "\"a\" b",
            then: [row(notes: "\"a\" b")]),
        Advice("conflicting-duplicate", "remove one of the two rows", row(), row(notes: "x"), then: [row()]),
        Advice(
            "conflicting-duplicate", "give them the same Notes", row(), row(notes: "x"),
            then: [row(notes: "x"), row(notes: "x")]),
        Advice(
            "already-booked-differently", "remove one of the two rows", row(tech: ""), row(), then: [row()]),
        Advice(
            "already-booked-differently", "--allow-rebooking", row(tech: ""), row(),
            with: ["--allow-rebooking"]),
        Advice(
            "tech-with-slot-scheduling", "leave Technician empty", row(), flags: ["--slot-scheduling"],
            then: [row(tech: "")]),
        Advice(
            "tech-with-slot-scheduling", "leave out --slot-scheduling", row(), flags: ["--slot-scheduling"],
            with: []),
        Advice(
            "tech-overlap", "give one to another technician", row(), row(id: "2"),
            flags: ["--check-overlaps"],
            then: [row(), row(id: "2", tech: "13")]),
        Advice(
            "tech-overlap", "move one of the two", row(), row(id: "2"), flags: ["--check-overlaps"],
            then: [row(), row(id: "2", start: "10:00", end: "11:00")]),
    ]
}
