import SecurityTrax

/// One request of a post, as the service's rules look at it.
struct SandboxRequest {
    /// Which one it is, from 1, the authentication aside.
    let number: Int
    let content: RequestContent
    /// Whether it was sent to where creates go.
    let isCreate: Bool
    let state: SandboxState

    /// The refusal of an appointment for a lead.
    static let leadReason = "Tech appointments cannot be created on leads"

    var configuration: SandboxConfiguration { state.configuration }

    var request: RequestContent.Request { content.requests[number] }

    /// The customer's ID, or the number that is looked up; empty where there is none.
    var customer: String {
        content.attributes[request.attributes].first {
            content.matches($0.name, "SecurityTraxUniqueID") || content.matches($0.name, "ID")
        }.map { content.text($0.value) } ?? ""
    }

    /// A create's value.
    private func value(_ field: AppointmentField) -> ArraySlice<UInt8>? {
        guard request.attributes.count == AppointmentField.allCases.count else { return nil }
        return content.bytes[content.attributes[request.attributes.lowerBound + field.rawValue].value]
    }

    /// A create's time, where it is one.
    func time(_ field: AppointmentField) -> LocalTime? {
        value(field).flatMap { RequestRules.time($0) }
    }

    /// Takes the technician's time; false where an earlier appointment has taken some of it.
    func takesSlot() -> Bool {
        guard let tech = value(.techID), let start = time(.start), let end = time(.end), start < end else {
            return true
        }
        return state.takeSlot(
            start.minutes..<end.minutes, of: String(decoding: tech, as: UTF8.self))
    }
}
