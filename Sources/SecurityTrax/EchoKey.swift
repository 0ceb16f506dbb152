/// What an echo is compared by: every attribute but the notes, by value, so that
/// `007` is 7 and `1/3/2014 07:30` is `01/03/2014 7:30`.
struct EchoKey: Hashable {
    private let customerID: Int64
    private let techID: Int64?
    private let start: LocalTime
    private let end: LocalTime
    private let serviceType: ServiceType
    /// The free texts that are compared: all but the notes.
    private let texts: AppointmentTexts<String>

    /// The key of an appointment that was sent.
    init(_ appointment: Appointment) {
        customerID = appointment.customerID
        techID = appointment.techID
        start = appointment.start
        end = appointment.end
        serviceType = appointment.serviceType
        texts = Self.texts { appointment[$0] }
    }

    /// The key of an echo, or nil where it can't be read as an appointment. A
    /// missing attribute counts as an empty one.
    init?(_ echo: ResponseDocument.Echo) {
        /// What the digits alone tell where they are written as they were sent, else what the text does.
        func read<Value>(
            _ field: AppointmentField, _ plain: (UnsafeBufferPointer<UInt8>) -> Value?,
            _ read: (String) -> Value?
        ) -> Value? {
            echo.withValue(.init(field)) { plain($0) ?? read(String(decoding: $0, as: UTF8.self)) }
        }
        guard !echo.isUnreadable,
            let customerID = read(.customerID, PlainDigits.number, Self.number),
            let start = read(.start, PlainDigits.time, Self.time),
            let end = read(.end, PlainDigits.time, Self.time),
            let serviceType = read(
                .serviceType, { PlainDigits.number($0).flatMap { ServiceType(rawValue: Int($0)) } },
                Self.serviceType)
        else { return nil }
        if let number = echo.withValue(.init(.techID), PlainDigits.number) {
            techID = number
        } else {
            let tech = BoundedText.trimmed(echo.value(.init(.techID)))
            if tech.isEmpty {
                techID = nil
            } else {
                guard let number = Self.number(tech) else { return nil }
                techID = number
            }
        }
        self.customerID = customerID
        self.start = start
        self.end = end
        self.serviceType = serviceType
        texts = Self.texts { echo.value(.init($0)) }
    }

    /// Most keys differ in these: the rest need not be gone through to tell them apart.
    func hash(into hasher: inout Hasher) {
        hasher.combine(customerID)
        hasher.combine(start)
    }

    private static func texts(_ value: (AppointmentField) -> String) -> AppointmentTexts<String> {
        AppointmentTexts { $0 == .notes ? "" : text(value($0)) }
    }

    /// Text as a parser gives it back: trimmed, line breaks alike.
    private static func text(_ value: String) -> String {
        let text = BoundedText.trimmed(value)
        if !text.utf8.contains(0x0D) { return text }
        var output = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" {
                output.append("\n")
            } else if scalar != "\n" || !afterReturn {
                output.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        return String(output)
    }

    private static func number(_ text: String) -> Int64? {
        let text = BoundedText.trimmed(text)
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    private static func serviceType(_ text: String) -> ServiceType? {
        if let number = number(text) { return Int(exactly: number).flatMap(ServiceType.init(rawValue:)) }
        let name = BoundedText.trimmed(text).lowercased()
        return ServiceType.allCases.first { $0.name.lowercased() == name }
    }

    /// A time as month/day/year or year-month-day, with or without seconds of
    /// zero, on a 24-hour clock or with AM and PM.
    private static func time(_ text: String) -> LocalTime? {
        var words = BoundedText.trimmed(text).split { $0 == " " || $0 == "T" }.map(String.init)
        guard words.count >= 2 else { return nil }
        var half: String?
        if words.count == 3 { half = words.removeLast().uppercased() }
        guard words.count == 2, half == nil || half == "AM" || half == "PM" else { return nil }

        let day: (year: Int, month: Int, day: Int)
        let slashes = parts(words[0], separator: "/")
        let dashes = parts(words[0], separator: "-")
        if let slashes, slashes.count == 3, slashes[2] >= 1000 {
            day = (slashes[2], slashes[0], slashes[1])
        } else if let dashes, dashes.count == 3, dashes[0] >= 1000 {
            day = (dashes[0], dashes[1], dashes[2])
        } else {
            return nil
        }
        guard let clock = parts(words[1], separator: ":"), clock.count == 2 || clock.count == 3,
            clock.count == 2 || clock[2] == 0
        else { return nil }
        var hour = clock[0]
        if let half {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "PM" ? 12 : 0)
        }
        return LocalTime(year: day.year, month: day.month, day: day.day, hour: hour, minute: clock[1])
    }

    private static func parts(_ text: String, separator: Character) -> [Int]? {
        var numbers: [Int] = []
        for part in text.split(separator: separator, omittingEmptySubsequences: false) {
            guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
