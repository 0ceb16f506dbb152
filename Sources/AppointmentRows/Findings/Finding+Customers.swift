import SecurityTrax

extension FindingCode {
    static let customers: [FindingCode] = [
        .customerNotFound, .customerAmbiguous, .customerMismatch,
    ]

    package static let customerNotFound = FindingCode(
        "customer-not-found",
        meaning:
            "SecurityTrax was asked for the row's customer, by the ID, the phone or the account number that it names, and gave none.",
        why:
            "There is no such customer, or the answer about this one alone could not be read; nobody is booked on a guess.",
        action: "Correct the ID or the number, there or in the customer's record, and import the row again.")

    package static let customerAmbiguous = FindingCode(
        "customer-ambiguous",
        meaning:
            "The phone or account number leads to several customers, or the row's numbers lead to different ones.",
        why:
            "A family or a business may share one phone, and the visit would be booked at one of their houses by chance.",
        action: "Write the ID of the right customer into SecurityTraxUniqueID: it stands before every number."
    )

    package static let customerMismatch = FindingCode(
        "customer-mismatch",
        meaning:
            "The name, the phone or the zip in the file is not that of the row's customer in SecurityTrax.",
        why: "A visit at the wrong house is the dearest mistake there is.",
        action:
            "Correct the customer's ID, or what the file says of the customer; without --verify-customers nothing is compared."
    )
}

// What is said of customers after the service was asked.
extension Finding {
    /// - Parameters:
    ///   - customer: The ID that the row has, or that its number led to.
    ///   - foundBy: The numbers that led there, in words; empty for an ID of the row's own.
    ///   - reason: What the service said; may be empty.
    static func customerNotFound(
        _ place: FindingPlace, _ customer: Int64, foundBy: String = "", reason: String
    ) -> Finding {
        Finding(
            place, .customerNotFound,
            message: "SecurityTrax knows no customer \(Wording.quoted("\(customer)"))"
                + (foundBy.isEmpty ? "" : ", to whom \(foundBy) leads")
                + (reason.isEmpty ? "" : ": \(reason)"),
            fix: foundBy.isEmpty
                ? "correct the ID: the customer's record shows it in the portal"
                : "look in the portal whose it is, and correct the number there or in the file, or \(writeID)"
        )
    }

    /// The service's answer about this customer alone tells nothing.
    ///
    /// - Parameter reason: What is wrong with it.
    static func customerUnclear(_ place: FindingPlace, _ customer: Int64, reason: String) -> Finding {
        Finding(
            place, .customerNotFound,
            message:
                "SecurityTrax gave no clear answer about customer \(Wording.quoted("\(customer)")): \(reason)",
            fix: "look the customer up in the portal, and import the row again; "
                + "without --verify-customers nobody is asked")
    }

    /// What a phone or an account should be is none.
    static func noNumber(_ place: FindingPlace, isPhone: Bool) -> Finding {
        if let damage = numberDamage(place.value) {
            return Finding(
                place, .customerNotFound, message: damage.message, fix: "\(damage.fix), or \(writeID)")
        }
        return Finding(
            place, .customerNotFound,
            message: "\(Wording.quoted(place.value)) is no \(isPhone ? "phone number" : "account number") "
                + "that a customer can be looked up by",
            fix: "write \(isPhone ? "one phone number with its area code" : "the account number"), "
                + "or \(writeID)")
    }

    /// What a spreadsheet has made of a phone or an account number. `12E4` may be an account's own: a number that was
    /// rounded has a sign in its exponent.
    static func numberDamage(_ value: String) -> (message: String, fix: String)? {
        let isCode = value.first?.isNumber == true && !value.contains { "+-".contains($0) }
        return isCode ? nil : spreadsheetDamage(value)
    }

    /// None of a row's numbers is known.
    ///
    /// - Parameter reason: What the service said; may be empty.
    static func numbersNotFound(_ place: FindingPlace, _ numbers: [CustomerQuery], reason: String) -> Finding
    {
        Finding(
            place, .customerNotFound,
            message: "SecurityTrax knows no customer with "
                + numbers.map(\.description).joined(separator: " or ")
                + (reason.isEmpty ? "" : ": \(reason)"),
            fix: "correct the number, there or in the customer's record, or \(writeID)")
    }

    /// One number leads to several customers.
    static func customerAmbiguous(_ place: FindingPlace, _ number: CustomerQuery, _ ids: [Int64]) -> Finding {
        let listed = ids.prefix(8).map { String($0) }.joined(separator: ", ") + (ids.count > 8 ? ", …" : "")
        return Finding(
            place, .customerAmbiguous, message: "\(number) leads to \(ids.count) customers: \(listed)",
            fix: writeID)
    }

    /// Two numbers of one row lead to two customers.
    static func customerAmbiguous(
        _ place: FindingPlace, _ one: (CustomerQuery, Int64), _ other: (CustomerQuery, Int64)
    ) -> Finding {
        Finding(
            place, .customerAmbiguous,
            message: "\(one.0) leads to customer \(one.1), and \(other.0) to customer \(other.1)",
            fix: writeID)
    }

    /// The service's answer about this number alone tells nothing.
    static func numberUnclear(_ place: FindingPlace, _ number: CustomerQuery, reason: String) -> Finding {
        Finding(
            place, .customerNotFound, message: "SecurityTrax gave no clear answer about \(number): \(reason)",
            fix: "import the row again later, or \(writeID)")
    }

    private static let writeID = "write the customer's own SecurityTrax ID into SecurityTraxUniqueID"

    /// - Parameters:
    ///   - customer: The ID that the row has, or that its number led to.
    ///   - foundBy: The numbers that led there, in words; empty for an ID of the row's own.
    ///   - differences: What the file and the service have it differently, in words.
    static func customerMismatch(
        _ place: FindingPlace, customer: Int64, foundBy: String = "", differences: [String]
    ) -> Finding {
        Finding(
            place, .customerMismatch,
            message:
                "customer \(customer)\(foundBy.isEmpty ? "" : ", to whom \(foundBy) leads,") seems to be somebody else: "
                + differences.joined(separator: "; "),
            fix: (foundBy.isEmpty
                ? "correct the customer's ID, or what the file says of the customer; "
                : "correct the number, or what the file says of the customer, or \(writeID); ")
                + "without --verify-customers nothing is compared")
    }
}
