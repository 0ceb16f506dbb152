package import SecurityTrax

/// What a file says of a customer, beside the number or ID that leads there. Empty texts are not there.
package struct CustomerClaim: Sendable, Hashable {
    /// The name as one text: `Alvarez, Maria`, `Maria Alvarez`, `Whitaker Dental`.
    package var name = ""
    package var firstName = ""
    package var lastName = ""
    package var businessName = ""
    /// Every phone that the row has.
    package var phones: [String] = []
    package var zip = ""

    /// A claim.
    package init(
        name: String = "", firstName: String = "", lastName: String = "", businessName: String = "",
        phones: [String] = [], zip: String = ""
    ) {
        self.name = name
        self.firstName = firstName
        self.lastName = lastName
        self.businessName = businessName
        self.phones = phones
        self.zip = zip
    }
}

/// Whether a row speaks of the customer whom the service knows: a visit at the wrong house is the dearest mistake.
///
/// Compared are the name, the phone and the zip, each only where both sides have it.
/// - **Name**: first and last in either order, with or without middle names; a business's name where either side has
///   one. Titles, legal forms (LLC), accents, letter case and marks don't count. Slips are allowed as
///   ``PersonName/allowedSlips(_:_:)`` has them: none in a word of up to three letters, one up to seven, two from
///   eight on. Initials, and of given names short forms that the name begins with (Dan, Daniel), are met; nicknames
///   (Bob, Robert) are not.
/// - **Phone**: one of the file's is one of the customer's, by digits, without a leading US country code; where one of
///   them has seven digits alone, by these.
/// - **Zip**: by the first five digits, a lost leading zero put back.
package enum CustomerMatch: Sendable, Hashable {
    /// Everything that could be compared agrees.
    case match([Field])
    /// This does not.
    case mismatch([Difference])
    /// The file has nothing that the service's record has too.
    case nothingToCompare

    /// What is compared.
    package enum Field: String, Sendable, Hashable, CaseIterable {
        case name, phone, zip
    }

    /// One thing in which both sides differ.
    package struct Difference: Sendable, Hashable {
        package var field: Field
        /// As the file has it.
        package var file: String
        /// As the service has it.
        package var service: String

        /// `name “Tom Okafor” in the file, “Whitaker Dental” at SecurityTrax`
        package var words: String {
            "\(field.rawValue) “\(file)” in the file, “\(service)” at SecurityTrax"
        }
    }

    /// Compares what a row says with what the service knows.
    package init(_ claim: CustomerClaim, _ record: CustomerRecord) {
        var agreed: [Field] = []
        var differences: [Difference] = []
        func note(_ field: Field, _ sides: (isAlike: Bool, file: String, service: String)?) {
            guard let sides else { return }
            if sides.isAlike {
                agreed.append(field)
            } else {
                differences.append(Difference(field: field, file: sides.file, service: sides.service))
            }
        }
        note(.name, Self.compareNames(claim, record))
        note(.phone, Self.comparePhones(claim, record))
        note(.zip, Self.compareZips(claim, record))
        self =
            !differences.isEmpty
            ? .mismatch(differences) : agreed.isEmpty ? .nothingToCompare : .match(agreed)
    }

    /// How much of the longer business name must be met: `Dental` alone is not `Whitaker Dental`.
    private static let businessShare = 0.5

    private static func compareNames(
        _ claim: CustomerClaim, _ record: CustomerRecord
    ) -> (isAlike: Bool, file: String, service: String)? {
        let person = joined([claim.firstName, claim.lastName])
        let claimed = [
            (text: claim.name, name: PersonName(claim.name)),
            (person, PersonName(given: claim.firstName, family: claim.lastName)),
            (claim.businessName, PersonName(business: claim.businessName)),
        ].filter { !$0.name.words.isEmpty }
        let known = joined([record.firstName, record.lastName])
        let service = [known, record.businessName].filter { !PersonName($0).words.isEmpty }
        guard !claimed.isEmpty, !service.isEmpty else { return nil }
        let (owner, business) = (
            PersonName(given: record.firstName, family: record.lastName),
            PersonName(business: record.businessName)
        )
        let isAlike = claimed.contains {
            $0.name.isAlike(owner) || $0.name.isAlike(business, share: businessShare)
        }
        return (isAlike, claimed.map(\.text).joined(separator: " / "), service.joined(separator: " / "))
    }

    private static func comparePhones(
        _ claim: CustomerClaim, _ record: CustomerRecord
    ) -> (isAlike: Bool, file: String, service: String)? {
        let file = claim.phones.compactMap(PhoneNumber.init)
        let service = record.phones.compactMap(PhoneNumber.init)
        guard !file.isEmpty, !service.isEmpty else { return nil }
        let isAlike = file.contains { left in
            service.contains { right in
                left == right
                    || min(left.digits.count, right.digits.count) == 7
                        && left.digits.suffix(7) == right.digits.suffix(7)
            }
        }
        return (
            isAlike, claim.phones.filter { !$0.isEmpty }.joined(separator: ", "),
            record.phones.joined(separator: ", ")
        )
    }

    private static func compareZips(
        _ claim: CustomerClaim, _ record: CustomerRecord
    ) -> (isAlike: Bool, file: String, service: String)? {
        guard let file = zipKey(claim.zip), let service = zipKey(record.zip) else { return nil }
        return (file == service, claim.zip, record.zip)
    }

    /// Five digits, or the letters and digits of a code from elsewhere; nil where there is none.
    private static func zipKey(_ text: String) -> String? {
        var code = text.uppercased().filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-")
        }
        if code.hasSuffix(".0") { code.removeLast(2) }
        let parts = code.split { $0 == "-" || $0 == "." }
        guard let first = parts.first else { return nil }
        guard code.allSatisfy({ !$0.isLetter }) else { return parts.joined() }
        let digits = String(first)
        return switch digits.count {
        case 3, 4: String(repeating: "0", count: 5 - digits.count) + digits
        // A plus-four without its hyphen; one that lost its zero.
        case 8 where parts.count == 1: "0" + digits.prefix(4)
        case 9 where parts.count == 1: String(digits.prefix(5))
        default: digits
        }
    }

    private static func joined(_ texts: [String]) -> String {
        texts.map { Wording.trimmed($0) }.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
