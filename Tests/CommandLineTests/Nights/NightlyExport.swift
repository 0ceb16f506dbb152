import Foundation
import TestSupport
import Testing

/// One visit as an export has it.
struct ExportedVisit: Hashable {
    var number: Int
    var customer: Int
    var tech = 5
    /// Days from today.
    var day = 5
    var hour = 9
    var service = 3
    var status = "Scheduled"

    /// As a row of `NightlyExport`.
    var row: String {
        let date = SampleRows.day(day)
        return
            "\(number),\(customer),\(tech),\(date) \(hour):00,\(date) \(hour + 1):00,\(service),\(status)"
    }
}

/// A file with the sender's own numbers and a status.
enum NightlyExport {
    static let header = "Number,SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,Status"

    static func text(_ visits: [ExportedVisit]) -> String {
        ([header] + visits.map(\.row)).joined(separator: "\n") + "\n"
    }
}

extension SandboxFixture.Import {
    /// What the run says is to be done by hand.
    var toDo: ImportSummary.ToDo { summary.toDo }
}

extension SandboxFixture {
    /// Imports an export of these visits.
    func night(_ visits: [ExportedVisit], _ arguments: String...) throws -> Import {
        try night(visits, arguments)
    }

    /// Imports an export of these visits.
    func night(_ visits: [ExportedVisit], _ arguments: [String]) throws -> Import {
        try folder.write("export.csv", NightlyExport.text(visits))
        return try run(["export.csv", "--identity-column", "Number"] + arguments)
    }

    /// What is to be done by hand, as `review` lists it: `id code`.
    func toDos() throws -> [String] {
        let process = try stimport.run("review", "--format", "json")
        let list = try JSONSerialization.jsonObject(with: Data(process.output)) as? [String: Any]
        let items = list?["to_do"] as? [[String: Any]] ?? []
        return items.map { item in
            let was = item["was"] as? [String: Any]
            return "\(was?["SecurityTraxUniqueID"] ?? "?") \(item["code"] ?? "?")"
        }.sorted()
    }
}
