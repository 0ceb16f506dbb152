import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Their words in our terms")
struct ValueMapTests {
    private func map(_ entries: (String, String, String)...) throws -> ValueMap {
        var map = ValueMap()
        for (column, theirs, ours) in entries { try map.add(column: column, theirs: theirs, ours: ours) }
        return map
    }

    @Test(
        "What a dealer calls a service, a detail and a technician is read as ours, whatever its case and spaces"
    )
    func words() throws {
        let values = try map(
            ("ServiceType", "Alarm Install - Res", "Install"), ("service type", "Sales  call", "skip"),
            ("ServiceType", "Take down", "3"), ("ServiceDetailType", "Panel swap", "14"),
            ("TechID", "Bob", "12"), ("Technician", "House", "none"), ("ServiceType", "Service", "Install"))
        let text = """
            Customer ID,Start,End,Service,Detail,Technician
            1,1/23/2014 7:30,1/23/2014 9:30, ALARM install  - res,Panel swap,bob
            2,1/23/2014 7:30,1/23/2014 9:30,Sales call,,
            3,1/23/2014 7:30,1/23/2014 9:30,take down,14,house
            4,1/23/2014 7:30,1/23/2014 9:30,Service,other,7
            5,1/23/2014 7:30,1/23/2014 9:30,Alarm,,Ann

            """
        let reading = try Reading(text, .test { $0.values = values })
        #expect(reading.rows.map(\.row.result) == [.valid, .skipped, .valid, .valid, .invalid])
        #expect(reading.rows.map(\.row.serviceType).prefix(4) == [.install, .install, .ripOut, .install])
        #expect(reading.rows.map(\.detail).prefix(4) == ["14", "", "14", "other"])
        #expect(reading.rows.map(\.row.techID).prefix(4) == [12, 0, 0, 7])
        #expect(reading.summary.first == "skipped-by-rule Service")
        #expect(
            Set(reading.summary.dropFirst()) == [
                "invalid-service-type Service", "invalid-tech-id Technician",
            ])
    }

    @Test(
        "A mapping to something that is not ours is wrong usage",
        arguments: [
            ("ServiceType", "Alarm", "Instal", "did you mean Install?"),
            ("ServiceType", "Alarm", "", "write Install"),
            ("ServiceDetailType", "Panel", "", "SecurityTrax has"),
            ("TechID", "Bob", "Robert", "technician's number"),
            ("TechID", "Bob", "0", "technician's number"), ("ServiceTyp", "Alarm", "Install", "did you mean"),
            ("StartTime", "soon", "skip", "ServiceType"), ("ServiceType", " ", "Install", "own value"),
        ])
    func faults(_ column: String, _ theirs: String, _ ours: String, _ fix: String) throws {
        let error = try #require(throws: InputError.self) { try map((column, theirs, ours)) }
        #expect(error.fix.contains(fix), "\(error)")
    }

    @Test("One word has one meaning")
    func twice() throws {
        #expect(throws: InputError.self) {
            try map(("ServiceType", "Alarm", "Install"), ("ServiceType", "alarm", "Service"))
        }
        #expect(
            try map(("ServiceType", "Alarm", "Install"), ("ServiceType", "alarm", "1")).entries.count == 1)
    }

    @Test(
        "They are read from a file, with or without a header, whatever the order of its columns",
        arguments: [
            "ServiceType,Alarm,Install\nServiceType,Sales call,skip\n",
            "column,theirs,ours\nServiceType,Alarm,Install\n\nServiceType,Sales call,skip\n",
            "Theirs;Ours;Column\r\nAlarm;Install;ServiceType\r\n\"Sales call\";skip;ServiceType\r\n",
        ])
    func file(_ text: String) throws {
        var values = ValueMap()
        try values.read(Array(text.utf8))
        #expect(values.entries.map(\.theirs) == ["Alarm", "Sales call"])
        #expect(values.entries.map(\.meaning) == [.value("Install"), .skip])
    }

    @Test(
        "A file that is wrong says in which line",
        arguments: [
            ("ServiceType,Alarm\n", "line 1 has 2 fields"),
            ("ServiceType,Alarm,Install\nServiceType,x,y\n", "line 2:"),
            ("ServiceType,\"Alarm\n", "still open"),
        ])
    func badFile(_ text: String, _ message: String) throws {
        var values = ValueMap()
        let error = try #require(throws: InputError.self) { try values.read(Array(text.utf8)) }
        #expect(error.message.contains(message))
    }
}
