import CSVReading
import SecurityTrax
import SystemFiles

/// The customers whom queries find.
package struct SandboxCustomers: Sendable {
    private var byID: [String: SandboxCustomer] = [:]
    private var byPhone: [String: [SandboxCustomer]] = [:]
    private var byAccount: [String: [SandboxCustomer]] = [:]
    /// Whether some of them are leads.
    private(set) var hasLeads = false

    /// How many there are.
    package var count: Int { byID.count }

    /// These customers; of two with one ID the later one counts.
    package init(_ customers: [SandboxCustomer]) {
        var order: [String] = []
        for customer in customers where byID.updateValue(customer, forKey: customer.id) == nil {
            order.append(customer.id)
        }
        for customer in order.compactMap({ byID[$0] }) {
            for phone in Set(customer.phones) { byPhone[phone, default: []].append(customer) }
            if !customer.accountNumber.isEmpty {
                byAccount[customer.accountNumber.lowercased(), default: []].append(customer)
            }
            hasLeads = hasLeads || customer.isLead
        }
    }

    func customer(_ id: String) -> SandboxCustomer? { byID[id] }

    func phone(_ number: String) -> [SandboxCustomer] { byPhone[SandboxCustomer.digits(number)] ?? [] }

    func account(_ number: String) -> [SandboxCustomer] { byAccount[number.lowercased()] ?? [] }

    // MARK: From a file

    /// The columns that a table may have, besides the elements of an answer, by what they stand for.
    private static let aliases = [
        "securitytraxuniqueid": "ID", "customerid": "ID", "id": "ID", "accountnumber": "AccountNumber",
        "account": "AccountNumber", "phone": "Phone1", "phonenumber": "Phone1", "customerphone": "Phone1",
        "mobile": "Phone2", "address": "Address1", "street": "Address1", "zipcode": "Zip",
        "postalcode": "Zip",
        "company": "BusinessName", "lead": "Lead", "islead": "Lead", "name": "Name", "customername": "Name",
    ]

    /// Reads a CSV table with a header: `SecurityTraxUniqueID` and any of `AccountNumber`, `FirstName`, `LastName`,
    /// `BusinessName`, `City`, `State`, `Zip`, `Address1`, `Address2`, `Phone1` to `Phone4`, `Email` and `Lead`
    /// (`yes`), or `Name` for both names. Letter case, spaces, `_` and `-` in a header don't matter; other columns
    /// are ignored.
    ///
    /// - Throws: `SandboxError.invalidCustomers`.
    package init(path: String) throws(SandboxError) {
        let known = Self.aliases.merging(SandboxCustomer.elementNames.map { ($0.lowercased(), $0) }) { $1 }
        var customers: [SandboxCustomer] = []
        do {
            let reader = try CSVReader(bytes: SmallFile.read(path))
            var record = CSVRecord()
            guard try reader.next(&record) else {
                throw SandboxError.invalidCustomers(path: path, reason: "it is empty")
            }
            let columns = record.strings.map { known[Self.folded($0)] }
            guard columns.contains("ID") else {
                throw SandboxError.invalidCustomers(
                    path: path, reason: "its header has no column SecurityTraxUniqueID")
            }
            while try reader.next(&record) {
                if record.isBlank { continue }
                var values: [String: String] = [:]
                for (column, value) in zip(columns, record.strings) {
                    guard let column else { continue }
                    let value = BoundedText.trimmed(value)
                    if values[column]?.isEmpty ?? true { values[column] = value }
                }
                customers.append(try Self.customer(values, path: path, line: record.position.line))
            }
        } catch let error as SandboxError {
            throw error
        } catch let error as CSVError {
            throw .invalidCustomers(path: path, reason: error.message)
        } catch let error as SystemError {
            throw .invalidCustomers(path: path, reason: error.reason)
        } catch {
            throw .invalidCustomers(path: path, reason: "\(error)")
        }
        self.init(customers)
    }

    private static func customer(
        _ values: [String: String], path: String, line: Int
    ) throws(SandboxError) -> SandboxCustomer {
        var values = values
        let id = values.removeValue(forKey: "ID") ?? ""
        guard let number = Int64(id), number > 0 else {
            throw .invalidCustomers(path: path, reason: "line \(line): the ID is not a positive number")
        }
        if let name = values.removeValue(forKey: "Name"), values["FirstName"] ?? "" == "",
            values["LastName"] ?? "" == ""
        {
            let words = name.split(separator: " ", maxSplits: 1).map(String.init)
            values["FirstName"] = words.count > 1 ? words[0] : ""
            values["LastName"] = words.last ?? ""
        }
        let lead = values.removeValue(forKey: "Lead")?.lowercased() ?? ""
        return SandboxCustomer(
            id: String(number), accountNumber: values.removeValue(forKey: "AccountNumber") ?? "",
            values: values,
            isLead: ["yes", "true", "1", "y", "x", "lead"].contains(lead))
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
    }

    // MARK: Built in

    /// Customers of `samples/appointments.csv`, with made-up numbers (555-01xx is nobody's). Two share a phone.
    package static let builtIn = SandboxCustomers([
        builtIn("104882", "Maria", "Alvarez", phone: "5085550101", zip: "01602"),
        builtIn("104890", business: "Whitaker Dental", phone: "5085550102", zip: "01605"),
        builtIn("103317", "Tom", "Okafor", phone: "5085550103", zip: "01610"),
        builtIn("104901", "Linh", "Nguyen", phone: "5085550104", zip: "01603"),
        builtIn("102664", business: "Bridger Storage LLC", phone: "5085550105", zip: "01607"),
        builtIn("104915", "Dana", "Price", phone: "5085550106", zip: "01602"),
        builtIn("104733", "Erik", "Petersen", phone: "5085550107", zip: "01604"),
        builtIn("104920", business: "Casa Lupita Restaurant", phone: "5085550108", zip: "01608"),
        builtIn("104922", "Kathleen", "O'Brien", phone: "5085550109", zip: "01609"),
        builtIn("101250", "Sergei", "Ivanov", phone: "5085550110", zip: "01606"),
        builtIn("104970", "Latoya", "Johnson", phone: "5085550111", zip: "01602"),
        builtIn("104971", "Latoya", "Johnson", phone: "5085550111", zip: "01545"),
    ])

    private static func builtIn(
        _ id: String, _ first: String = "", _ last: String = "", business: String = "", phone: String,
        zip: String
    ) -> SandboxCustomer {
        SandboxCustomer(
            id: id, accountNumber: "A-\(id)",
            values: [
                "FirstName": first, "LastName": last, "BusinessName": business, "City": "Worcester",
                "State": "MA",
                "Zip": zip, "Address1": "\(id.suffix(2)) Main St", "Phone1": phone,
            ])
    }
}
