// What is said of customers after the service was asked.
extension Finding {
    /// - Parameter reason: What the service said; may be empty.
    static func customerNotFound(_ place: FindingPlace, reason: String) -> Finding {
        Finding(
            place, .customerNotFound,
            message: "SecurityTrax knows no customer \(Wording.quoted(place.value))"
                + (reason.isEmpty ? "" : ": \(reason)"),
            fix: "correct the ID: the customer's record shows it in the portal")
    }

    /// The service's answer about this customer alone tells nothing.
    ///
    /// - Parameter reason: What is wrong with it.
    static func customerUnclear(_ place: FindingPlace, reason: String) -> Finding {
        Finding(
            place, .customerNotFound,
            message:
                "SecurityTrax gave no clear answer about customer \(Wording.quoted(place.value)): \(reason)",
            fix: "look the customer up in the portal, and import the row again; "
                + "without --verify-customers nobody is asked")
    }

    /// - Parameters:
    ///   - customer: The ID that the row has.
    ///   - differences: What the file and the service have it differently, in words.
    static func customerMismatch(
        _ place: FindingPlace, customer: Int64, differences: [String]
    ) -> Finding {
        Finding(
            place, .customerMismatch,
            message: "customer \(customer) seems to be somebody else: \(differences.joined(separator: "; "))",
            fix: "correct the customer's ID, or what the file says of the customer; "
                + "without --verify-customers nothing is compared")
    }
}
