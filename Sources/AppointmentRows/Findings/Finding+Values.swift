import SecurityTrax

extension FindingCode {
    static let values: [FindingCode] = [
        .missingValue, .invalidCustomerID, .invalidTechID, .invalidServiceType, .notesTooLong,
        .unprintableCharacter,
    ]

    package static let missingValue = FindingCode(
        "missing-value",
        meaning: "A required field of the row is empty.",
        why: "SecurityTrax needs a customer, a start, an end and a service type for each appointment.",
        action: "Fill it in, in the rejects file or where the file comes from.")

    package static let invalidCustomerID = FindingCode(
        "invalid-customer-id",
        meaning: "What stands in the customer's column is no SecurityTrax customer ID.",
        why: "A number that is guessed or cut would book the visit at somebody else's house.",
        action: "Write the whole number from the customer's page in SecurityTrax.")

    package static let invalidTechID = FindingCode(
        "invalid-tech-id",
        meaning: "What stands in the technician's column is no technician ID.",
        why: "A wrong number would give the visit to somebody else.",
        action: "Write the technician's ID, or leave the field empty.")

    package static let invalidServiceType = FindingCode(
        "invalid-service-type",
        meaning: "The service type is not one of SecurityTrax's three.",
        why: "The interface takes 1 Install, 2 Service and 3 Rip-out only.",
        action: "Write one of them, by number or by name.")

    package static let notesTooLong = FindingCode(
        "notes-too-long", namesValue: false,
        meaning: "The notes are longer than --max-notes.",
        why: "SecurityTrax might cut them without a word.",
        action: "Shorten them, or raise --max-notes.")

    package static let unprintableCharacter = FindingCode(
        "unprintable-character", namesValue: false,
        meaning: "A field holds a character that XML can't carry.",
        why: "The request would be rejected as a whole, and with it the other rows of its batch.",
        action: "Remove the character that the message names.")
}

// What is said about a value that can't be read.
extension Finding {
    /// - Parameter meaning: Nil for the sender's own number.
    static func missingValue(_ place: FindingPlace, meaning: InputColumn?) -> Finding {
        let fix =
            switch meaning {
            case .customerID: "write the customer's ID, as SecurityTrax shows it"
            case .start: "write when the appointment starts"
            case .end: "write when the appointment ends"
            case .window: "write when the appointment starts and ends, as 8:00 AM - 12:00 PM"
            case .duration, .durationHours, .durationMinutes:
                "write how long the appointment takes, as 90, 1:30, 90 min or 1h 30m"
            case .serviceType: "write Install, Service or Rip-out"
            case .date: "write the date there, or together with the times"
            default: "write the number by which --identity-column tells appointments apart"
            }
        let message =
            place.value.isEmpty
            ? "\(place.column) is empty"
            : "\(Wording.quoted(place.value)) in \(place.column) stands for a value that is not there"
        return Finding(place, .missingValue, message: message, fix: fix)
    }

    /// A word that stands where a sender's number is not known yet: it tells no appointment from another.
    static func noSenderNumber(_ place: FindingPlace) -> Finding {
        Finding(
            place, .missingValue,
            message:
                "\(Wording.quoted(place.value)) in \(place.column) stands for a number that is not there",
            fix: "write the number by which --identity-column tells appointments apart")
    }

    /// A customer ID or technician ID that is no positive number.
    static func invalidNumber(_ place: FindingPlace, code: FindingCode) -> Finding {
        let isTech = code == .invalidTechID
        let what = isTech ? "technician ID" : "customer ID"
        let (message, fix) = numberTrouble(place.value, what: what, isTech: isTech)
        return Finding(
            place, code, message: message,
            fix: fix)
    }

    private static func numberTrouble(_ value: String, what: String, isTech: Bool) -> (
        message: String, fix: String
    ) {
        let quoted = Wording.quoted(value)
        // The rest goes through the value several times, which a long one is not worth.
        guard value.utf8.count <= 100 else {
            return (
                "\(quoted) is too long for a \(what)",
                "the \(what) is a whole number above 0, as SecurityTrax shows it"
            )
        }
        if let damage = spreadsheetDamage(value) { return damage }
        let digits = value.filter { ("0"..."9").contains($0) }
        let number = Int64(digits).flatMap { $0 > 0 ? String($0) : nil }
        let whole = "the \(what) is a whole number above 0, as SecurityTrax shows it"
        let empty = isTech ? ", or leave the field empty" : ""
        if digits == value, !value.isEmpty {
            return digits.allSatisfy { $0 == "0" }
                ? (
                    "\(quoted) is not a \(what): it must be above 0",
                    isTech ? "name a technician, or leave the field empty" : whole
                )
                : ("\(quoted) is too large for a \(what)", whole)
        }
        if value.hasPrefix("-"), !digits.isEmpty, value.dropFirst() == digits {
            return ("\(quoted) is negative, and a \(what) is not", whole)
        }
        // A number is proposed only where the value holds it in one piece.
        let isWhole = value.split(whereSeparator: { !("0"..."9").contains($0) }).count == 1
        if isWhole, let number, let mark = value.first, value.dropFirst() == digits {
            if mark == "'" || mark == "’" {
                return (
                    "\(quoted) is a number with an apostrophe before it, not a \(what)", "write \(number)"
                )
            }
            if mark == "#" || mark == "+" {
                return ("\(quoted) has a \(mark) in it, and a \(what) has only digits", "write \(number)")
            }
        }
        let separators: Set<Character> = [",", "'", "’", " ", "\u{A0}", "\u{202F}", "."]
        let pieces = value.split { separators.contains($0) }
        // `104.5` has decimals, `104.500` may have thousands.
        let isOneWithDecimals = pieces.count == 2 && pieces[1].count != 3 && value.contains(".")
        if !isWhole, !isOneWithDecimals, value.filter({ !separators.contains($0) }) == digits {
            let reason = value.contains(".") ? "separators or decimals" : "separators"
            return (
                "\(quoted) has \(reason) in it, and may be several numbers",
                "write the \(what) with digits alone, as SecurityTrax shows it"
            )
        }
        if digits.isEmpty {
            return (
                "\(quoted) is not a number",
                isTech
                    ? "write the technician's number, not the name\(empty); --techs FILE gives the names their numbers, --map TechID= leaves the whole column out"
                    : "write the customer's number, not the name; " + whole
            )
        }
        return ("\(quoted) is not a \(what): it has more than digits", whole + empty)
    }

    static func invalidServiceType(_ place: FindingPlace) -> Finding {
        let all = "write Install, Service or Rip-out, or 1, 2 or 3"
        var message = "\(Wording.quoted(place.value)) is not a service type"
        var fix = all
        if let damage = spreadsheetDamage(place.value) {
            (message, fix) = damage
        } else if let name = serviceTypeMeant(place.value) {
            fix = "did you mean \(name)? \(all)"
        } else if place.value.utf8.count <= 80, place.value.contains(where: \.isLetter) {
            // The word is in it, so that each is listed once, with its count.
            fix = "\(all); or say once what \(Wording.quoted(place.value)) stands for, in a file for --values"
        }
        return Finding(
            place, .invalidServiceType,
            message: message,
            fix: fix)
    }

    /// Other words for a service type.
    private static let serviceMeanings: [String: ServiceType] = [
        "removal": .ripOut, "remove": .ripOut, "uninstall": .ripOut, "repair": .service,
    ]
    /// What a text holds that names a service type; what holds another one comes before it.
    private static let serviceStems: [(stem: String, type: ServiceType)] = [
        ("uninstall", .ripOut), ("deinstall", .ripOut), ("ripout", .ripOut), ("remov", .ripOut),
        ("install", .install), ("service", .service), ("repair", .service),
    ]
    private static let serviceWords =
        (ServiceType.allCases.map(\.name) + serviceMeanings.keys.sorted()).map { Suggestion.Candidate($0) }

    private static func serviceTypeMeant(_ value: String) -> String? {
        // `Install or Service` names two, and `Do not install` none.
        guard value.utf8.count <= 200 else { return nil }
        var key = nameKey(value)
        if key.hasPrefix("no") || key.contains("not") || key.contains("cancel") { return nil }
        var named: Set<ServiceType> = []
        for (stem, type) in serviceStems where key.contains(stem) {
            named.insert(type)
            key = key.replacing(stem, with: " ")
        }
        if named.count > 1 { return nil }
        if let type = named.first { return type.name }
        if let word = Suggestion.closest(to: value, among: serviceWords) {
            return serviceMeanings[word]?.name ?? word
        }
        guard value.utf8.count <= 8 else { return nil }
        // `#2`: a single digit, never one that is put together from several.
        let digits = value.filter { ("0"..."9").contains($0) }
        guard digits.count == 1, value.count <= 4,
            let type = Int(digits).flatMap({ ServiceType(rawValue: $0) })
        else { return nil }
        return type.name
    }

    /// A character that can't be sent, the first of its field.
    static func unprintable(_ place: FindingPlace, character: ForbiddenCharacter)
        -> Finding
    {
        let name = character.scalar == 0 ? "\(character.name) (NUL)" : character.name
        return Finding(
            place, .unprintableCharacter,
            message: "\(place.column) has \(name) as its character \(character.number), "
                + "which can't be sent",
            fix: "remove that character")
    }

    static func notesTooLong(_ place: FindingPlace, length: Int, limit: Int) -> Finding {
        Finding(
            place, .notesTooLong,
            message: "\(place.column) has \(length) characters, and \(limit) are allowed",
            fix: "shorten it by \(length - limit)"
                // The flag takes no more.
                + (length <= 1_000_000 ? ", or allow more with --max-notes \(length)" : ""))
    }

    /// A sender's number of which a spreadsheet has left something else.
    static func lostSenderNumber(_ place: FindingPlace) -> Finding {
        let (message, fix) = SenderNumber.damage(place.value) ?? ("", "")
        return Finding(place, .missingValue, message: message, fix: fix)
    }

    /// A text of which a spreadsheet has left something else.
    static func lostValue(_ place: FindingPlace) -> Finding {
        let (message, fix) = spreadsheetDamage(place.value) ?? ("", "")
        return Finding(place, .missingValue, message: message, fix: fix)
    }

    /// Whether a free text is nothing but what a spreadsheet leaves behind where a value was. `5E10` may be a code.
    static func isLostText(_ text: String) -> Bool {
        text.contains { $0 == "#" || $0 == "+" || $0 == "=" } && spreadsheetDamage(text) != nil
    }

    /// Whether it could be: a quick look that is sure where it says no.
    @inline(__always)
    static func mayBeLostText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        if first == UInt8(ascii: "=") { return true }
        return first <= UInt8(ascii: "9") && (first < UInt8(ascii: "0") || bytes.contains(UInt8(ascii: "+")))
    }

    /// What spreadsheets leave behind where a value was: said in its own words.
    static func spreadsheetDamage(_ value: String) -> (message: String, fix: String)? {
        guard value.utf8.count <= 100 else { return nil }
        let quoted = Wording.quoted(value)
        if value.count > 1, value.allSatisfy({ $0 == "#" }) {
            return (
                "\(quoted) is what a spreadsheet shows where a column is too narrow: the value is lost",
                "widen the column in the spreadsheet and export it again"
            )
        }
        let errors = [
            "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#N/A", "#SPILL!", "#CALC!",
            "#ERROR!",
        ]
        if errors.contains(value.uppercased()) {
            return (
                "\(quoted) is a formula's error, not a value",
                "correct the formula in the spreadsheet and export it again"
            )
        }
        if isFormula(value) {
            return (
                "\(quoted) is a formula, and not what it comes to",
                "export the file with its values: a spreadsheet that shows formulas writes them too"
            )
        }
        if isScientific(value) {
            return (
                "\(quoted) is a number that a spreadsheet has rounded: its last digits are lost",
                "format the column as Number without decimals (or as Text) in the spreadsheet and export it again"
            )
        }
        return nil
    }

    /// `=F2&" x"`, `=CONCAT(A1,B1)`, `=$B$4`: a name and a bracket, or a cell. `="0123"` is a text, as Excel is made to keep one.
    static func isFormula(_ value: String) -> Bool {
        guard value.hasPrefix("=") else { return false }
        let rest = value.dropFirst().filter { $0 != "$" }
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0 == ".") }
        let behind = rest.dropFirst(name.count)
        guard !name.isEmpty else { return false }
        if behind.first == "(" { return true }
        let row = behind.prefix { $0.isASCII && $0.isNumber }
        let end = behind.dropFirst(row.count).first
        return name.count <= 3 && !row.isEmpty && (end.map { "&+-*/:^,;()".contains($0) } ?? true)
    }

    /// `1.23457E+12`
    static func isScientific(_ value: String) -> Bool {
        let parts = value.uppercased().split(separator: "E", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parts[0].first, ("0"..."9").contains(first) else { return false }
        let exponent = parts[1].drop { $0 == "+" || $0 == "-" }
        return !exponent.isEmpty && exponent.allSatisfy { ("0"..."9").contains($0) }
            && parts[0].allSatisfy { ("0"..."9").contains($0) || $0 == "." || $0 == "," }
    }
}
