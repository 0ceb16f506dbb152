import SecurityTrax
import Testing

@testable import AppointmentImport

@Suite("A request document made ahead") struct NextDocumentTests {
    private let credentials = Credentials(username: "u", password: "secret", partnerID: "1")

    private func appointments(_ customers: ClosedRange<Int64>, notes: String = "") -> [Appointment] {
        customers.map {
            Appointment(
                customerID: $0, techID: nil, start: LocalTime(minutes: 600), end: LocalTime(minutes: 660),
                serviceType: .service, texts: AppointmentTexts { _ in notes })
        }
    }

    @Test(
        "What is sent is the document of what was claimed, whatever was expected",
        arguments: [
            ("the same", 1...3, "a", 1...3, "a"), ("fewer", 1...3, "a", 1...2, "a"),
            ("more", 1...3, "a", 1...4, "a"), ("others", 1...3, "a", 2...4, "a"),
            ("other notes", 1...3, "a", 1...3, "b"),
        ] as [(String, ClosedRange<Int64>, String, ClosedRange<Int64>, String)])
    func claimed(
        name: String, expected: ClosedRange<Int64>, notes: String, claimed: ClosedRange<Int64>, text: String
    ) {
        var next = NextDocument(credentials)
        next.prepare(appointments(expected, notes: notes))
        #expect(next.isPrepared)
        let batch = appointments(claimed, notes: text)
        let document = RequestDocument(credentials: credentials, appointments: batch)
        #expect(next.take(of: batch).bytes == document.bytes)
        #expect(!next.isPrepared, "it is made for one batch")
        #expect(next.take(of: batch).bytes == document.bytes)
    }
}
