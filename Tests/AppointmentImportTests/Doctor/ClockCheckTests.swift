import Foundation
import Testing

@testable import AppointmentImport

@Suite("The clock, as the doctor sees it")
struct ClockCheckTests {
    @Test(
        "This machine's clock is compared with the answer's Date",
        arguments: [
            ("Wed, 15 Jan 2025 12:00:00 GMT", DoctorCheck.State.passed),
            ("Wed, 15 Jan 2025 11:59:00 GMT", .passed),
            ("Wed, 15 Jan 2025 11:50:00 GMT", .failed), ("Wed, 15 Jan 2025 12:10:00 GMT", .failed),
            ("Thu, 16 Jan 2025 12:00:00 GMT", .failed), ("noon", .skipped), (nil, .skipped),
        ] as [(String?, DoctorCheck.State)])
    func clock(date: String?, state: DoctorCheck.State) {
        let check = ServiceChecks.clock(date, now: Date(timeIntervalSince1970: 1_736_942_400))
        #expect(check.state == state)
        #expect(check.status == (state == .failed ? .wrongUsage : .success))
    }
}
