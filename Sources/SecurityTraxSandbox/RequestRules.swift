import SecurityTrax

/// What the service says of the requests of one document, row by row, before anything is created.
///
/// Stricter than the vendor says it is: the sandbox is how mistakes in our own documents are found.
enum RequestRules {
    static let authType: StaticString = "GetSystemAuthentication"
    static let createType: StaticString = "CreateTechScheduleBySecurityTraxUniqueID"
    static let lookUpType: StaticString = "AllAccess-GetSecurityTraxUniqueID"
    static let customerType: StaticString = "AllAccess-GetCustomerStatusBySecurityTraxUniqueID"

    /// Whether the document starts with an auth block of these credentials.
    static func authenticates(_ content: RequestContent, as configuration: SandboxConfiguration) -> Bool {
        guard let request = content.requests.first, content.matches(request.type, authType),
            request.attributes.count == 3
        else { return false }
        let attributes = content.attributes[request.attributes]
        let names: [StaticString] = ["Username", "Password", "PartnerID"]
        guard zip(attributes, names).allSatisfy({ content.matches($0.name, $1) }) else { return false }
        return attributes.map { content.text($0.value) } == [
            configuration.username, configuration.password, configuration.partnerID,
        ]
    }

    /// Why a query is malformed, or nil.
    static func defect(ofQuery request: RequestContent.Request, in content: RequestContent) -> String? {
        let names: [StaticString]
        if content.matches(request.type, lookUpType) {
            names = ["IDType", "ID"]
        } else if content.matches(request.type, customerType) {
            names = ["SecurityTraxUniqueID"]
        } else {
            return "Unknown request type"
        }
        let attributes = content.attributes[request.attributes]
        guard attributes.count == names.count,
            zip(attributes, names).allSatisfy({ content.matches($0.name, $1) })
        else { return "Expected the attributes \(names.map { "\($0)" }.joined(separator: ", "))" }
        let values = attributes.map { content.text($0.value) }
        guard let id = values.last, !id.isEmpty else {
            return "\(names.last.map { "\($0)" } ?? "ID") is empty"
        }
        switch values.count == 2 ? values[0] : nil {
        case nil: return isID(Array(id.utf8)[...]) ? nil : "SecurityTraxUniqueID is not a positive integer"
        case "PhoneNumber":
            return id.utf8.allSatisfy { (0x30...0x39).contains($0) } ? nil : "ID is not digits only"
        case "AccountNumber": return nil
        default: return "IDType is not PhoneNumber or AccountNumber"
        }
    }

    /// Why a create request is malformed, or nil.
    static func defect(of request: RequestContent.Request, in content: RequestContent) -> String? {
        guard content.matches(request.type, createType) else { return "Unknown request type" }
        let attributes = content.attributes[request.attributes]
        let fields = AppointmentField.allCases
        guard attributes.count == fields.count else {
            return "Expected \(fields.count) attributes, found \(attributes.count)"
        }
        for (attribute, field) in zip(attributes, fields) {
            guard content.matches(attribute.name, field.name) else {
                return "Expected the attribute \(field.name), found \(content.text(attribute.name))"
            }
        }
        let values = content.attributes
        let first = request.attributes.lowerBound
        func value(_ field: AppointmentField) -> ArraySlice<UInt8> {
            content.bytes[values[first + field.rawValue].value]
        }
        guard isID(value(.customerID)) else { return "SecurityTraxUniqueID is not a positive integer" }
        guard value(.techID).isEmpty || isID(value(.techID)) else {
            return "TechID is not a positive integer"
        }
        guard let start = time(value(.start)) else { return "StartTime is not MM/DD/YYYY H:MM" }
        guard let end = time(value(.end)) else { return "EndTime is not MM/DD/YYYY H:MM" }
        guard end > start else { return "EndTime is not after StartTime" }
        let type = value(.serviceType)
        guard type.count == 1, let digit = type.first, (0x31...0x33).contains(digit) else {
            return "ServiceType is not 1, 2 or 3"
        }
        return nil
    }

    /// Digits without a leading zero, of a size that fits into 64 bits.
    private static func isID(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, (0x31...0x39).contains(first) else { return false }
        if bytes.count < 19 { return bytes.allSatisfy { (0x30...0x39).contains($0) } }
        return Int64(String(decoding: bytes, as: UTF8.self)) != nil
    }

    /// A time in the one form that the vendor's sample shows: `01/23/2014 7:30`.
    static func time(_ bytes: ArraySlice<UInt8>) -> LocalTime? {
        let start = bytes.startIndex
        guard bytes.count == 15 || bytes.count == 16 else { return nil }
        func number(_ from: Int, _ count: Int) -> Int? {
            var value = 0
            for index in (start + from)..<(start + from + count) {
                guard (0x30...0x39).contains(bytes[index]) else { return nil }
                value = value * 10 + Int(bytes[index] - 0x30)
            }
            return value
        }
        let hourDigits = bytes.count - 14
        guard bytes[start + 2] == UInt8(ascii: "/"), bytes[start + 5] == UInt8(ascii: "/"),
            bytes[start + 10] == 32, bytes[start + 11 + hourDigits] == UInt8(ascii: ":"),
            let month = number(0, 2), let day = number(3, 2), let year = number(6, 4),
            let hour = number(11, hourDigits), let minute = number(12 + hourDigits, 2),
            hourDigits == 1 || hour >= 10
        else { return nil }
        return LocalTime(year: year, month: month, day: day, hour: hour, minute: minute)
    }
}
