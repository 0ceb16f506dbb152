import CSVReading
import SecurityTrax

/// The columns of a file that say who the customer is, beside the ID: compared with what the service knows where
/// `--verify-customers` asks for it, and otherwise not read.
struct CustomerColumns: Sendable {
    /// What such a column holds.
    enum Meaning: Sendable, Hashable {
        case name, firstName, lastName, businessName, phone, zip
    }

    /// The positions of each meaning's columns, from the left.
    private var positions: [Meaning: [Int]] = [:]

    /// The columns of a header that no other meaning was found for: `Customer` beside `Customer ID` is a name.
    init(_ plan: ColumnPlan) {
        for (position, name) in plan.header.enumerated() where !plan.isUsed(position) {
            if let meaning = Self.meanings[nameKey(name)] { positions[meaning, default: []].append(position) }
        }
        if plan.customerMayBeName { positions[.name, default: []].append(plan[.customerID]) }
        let phones = plan.numbers.filter { $0.column == .customerPhone }.map(\.position)
        if !phones.isEmpty { positions[.phone] = phones }
    }

    /// What a record says of its customer.
    func claim(of record: CSVRecord) -> CustomerClaim {
        func texts(_ meaning: Meaning) -> [String] {
            (positions[meaning] ?? []).compactMap { position in
                guard position < record.count else { return nil }
                let text = Wording.trimmed(record.string(position))
                return text.isEmpty || NobodyWords.contain(text) ? nil : text
            }
        }
        return CustomerClaim(
            // An ID in the column of names says nothing to compare.
            name: texts(.name).first { $0.contains(where: \.isLetter) } ?? "",
            firstName: texts(.firstName).first ?? "",
            lastName: texts(.lastName).first ?? "", businessName: texts(.businessName).first ?? "",
            phones: texts(.phone), zip: texts(.zip).first ?? "")
    }

    /// The column to name where a field differs.
    func position(of field: CustomerMatch.Field) -> Int? {
        let meanings: [Meaning] =
            switch field {
            case .name: [.name, .lastName, .firstName, .businessName]
            case .phone: [.phone]
            case .zip: [.zip]
            }
        return meanings.lazy.compactMap { positions[$0]?.first }.first
    }

    /// What headers mean, by their keys. `Name`, `Company` and `Account` are left out: they may be anybody's.
    private static let meanings: [String: Meaning] = {
        let names: [(Meaning, String)] = [
            (
                .name,
                "Customer,Customer Name,Customer Full Name,Client,Client Name,Subscriber,Subscriber Name,Homeowner,Homeowner Name,Name of Customer"
            ),
            (.firstName, "First Name,Customer First Name,Client First Name,Invitee First Name"),
            (.lastName, "Last Name,Customer Last Name,Client Last Name,Invitee Last Name"),
            (.businessName, "Business Name,Business,Customer Company,Customer Business Name"),
            (.zip, "Zip,Zip Code,Zip/Postal Code,Postal Code,Customer Zip,Service Zip,Service Zip Code"),
        ]
        var meanings: [String: Meaning] = [:]
        for (meaning, list) in names {
            for name in list.split(separator: ",") { meanings[nameKey(String(name))] = meaning }
        }
        return meanings
    }()
}
