import AppointmentRows
import Foundation
import SecurityTrax

/// How fast batches become request documents and answers outcomes, beside copying the same bytes.
enum DocumentBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let batchSize = 50
        let batches = max(1, (arguments.rows ?? 500_000) / batchSize)
        let credentials = Credentials(username: "user", password: "pass & word", partnerID: "partner")
        let batch = (0..<batchSize).map { row in
            let start = LocalTime(minutes: 20_000_000 + Int32(row) * 60)
            return Appointment(
                customerID: Int64(100_000 + row), techID: Int64(row % 40 + 1), start: start,
                end: LocalTime(minutes: start.minutes + 90), serviceType: .install,
                serviceDetailType: "Basic Package",
                notes: row % 4 == 0 ? "Says \"again\" & rings twice <sic>\nthen waits" : "Gate code 4471#")
        }
        var size = 0
        let building = Measuring.fastest(of: 3) {
            size = 0
            for _ in 0..<batches {
                size += RequestDocument(credentials: credentials, appointments: batch).bytes.count
            }
        }
        let document = RequestDocument(credentials: credentials, appointments: batch).bytes
        var copy: [UInt8] = []
        let copying = Measuring.fastest(of: 3) {
            for _ in 0..<batches {
                copy.removeAll(keepingCapacity: true)
                for byte in document { copy.append(byte) }
            }
        }
        Measuring.line(
            "copied byte by byte", Measuring.megabytes(copy.count * batches, in: copying))
        Measuring.line(
            "\(batches) documents of \(batchSize)", Measuring.megabytes(size, in: building),
            Measuring.rows(batches * batchSize, in: building),
            "\(Measuring.text(building / copying)) × copying's time")
        readAnswers(batches: batches, rows: 100, echoing: false)
        readAnswers(batches: batches, rows: 100, echoing: true)
    }

    /// Reads the answer to a batch again and again, as after each post.
    private static func readAnswers(batches: Int, rows: Int, echoing: Bool) {
        let batch = (0..<rows).map { row in
            let start = LocalTime(minutes: 20_000_000 + Int32(row) * 60)
            return Appointment(
                customerID: Int64(100_000 + row), techID: Int64(row % 40 + 1), start: start,
                end: LocalTime(minutes: start.minutes + 90), serviceType: .install,
                serviceDetailType: "Basic Package", notes: "Gate code 4471#")
        }
        var text = "<?xml version=\"1.0\"?>\n<root>\n<responses>\n<response type=\""
        text +=
            "\(RequestDocument.authenticationType)\" success=\"true\"><data><message>Authenticated To System"
        text += "</message></data></response>\n"
        for appointment in batch {
            text += "<response type=\"\(RequestDocument.createType)\" success=\"true\">\n<data>\n"
            text += "<ConfirmationStatusName>Not Confirmed</ConfirmationStatusName>\n</data>\n"
            if echoing {
                text += "<system_request>\n"
                for field in AppointmentField.allCases {
                    text += "<attribute name=\"\(field.name)\">\(appointment[field])</attribute>\n"
                }
                text += "</system_request>\n"
            }
            text += "</response>\n"
        }
        text += "</responses>\n</root>\n"
        let body = Array(text.utf8)
        let scrubber = SecretScrubber(
            Credentials(username: "user", password: "pass & word", partnerID: "partner"))
        let goes = max(1, batches / 10)
        var created = 0
        let reading = Measuring.fastest(of: 3) {
            for _ in 0..<goes {
                let verdict = PostVerdict(
                    of: PostReading(.answered(HTTPAnswer(status: 200, body: body))), sent: batch,
                    scrubber: scrubber,
                    authenticatedBefore: true, now: Date())
                if case .answered(let outcomes) = verdict.outcome { created += outcomes.count }
            }
        }
        Measuring.line(
            "answers of \(rows)" + (echoing ? ", with echoes" : ""),
            Measuring.megabytes(body.count * goes, in: reading), Measuring.rows(rows * goes, in: reading),
            "\(Measuring.text(reading / Double(goes) * 1e6)) µs each\(created == 0 ? ", unread" : "")")
    }
}
