/// The body of one post: the shared auth block, then one request for each
/// appointment of the batch, or for each query.
///
/// The structure is the vendor's sample, attribute by attribute: all seven are
/// always present, in order, empty ones included.
package struct RequestDocument: Sendable {
    /// The type of the auth block.
    package static let authenticationType = "GetSystemAuthentication"
    /// The type of the one operation that creates something.
    package static let createType = "CreateTechScheduleBySecurityTraxUniqueID"

    /// The document in UTF-8. Holds the password in clear: only for sending.
    package let bytes: [UInt8]

    /// The document that creates these appointments.
    package init(credentials: Credentials, appointments: [Appointment]) {
        let size = appointments.reduce(0) { size, appointment in
            AppointmentField.texts.reduce(size + 512) { $0 + appointment.texts[$1].utf8.count }
        }
        self.init(credentials: credentials, size: size) { output in
            let parts = Self.createParts
            for appointment in appointments {
                for (field, head) in parts.heads {
                    output.append(contentsOf: head)
                    Self.append(field, of: appointment, to: &output)
                }
                output.append(contentsOf: parts.end)
            }
        }
    }

    /// All of a create request that is the same for every appointment: what stands before each value, and behind the
    /// last one.
    private static let createParts: (heads: [(field: AppointmentField, bytes: [UInt8])], end: [UInt8]) = {
        var heads: [(field: AppointmentField, bytes: [UInt8])] = []
        var rest: [UInt8] = []
        appendRequest(createType, to: &rest) { output in
            for field in AppointmentField.allCases {
                // An attribute ends as it began: its value goes in between.
                appendAttribute(field.name, "\u{FFFD}", to: &output)
                let parts = output.split(separator: Array("\u{FFFD}".utf8), maxSplits: 1)
                heads.append((field, Array(parts[0])))
                output = Array(parts[1])
            }
        }
        return (heads, rest)
    }()

    /// Appends one attribute's value, as ``Appointment``'s subscript has it, escaped.
    private static func append(
        _ field: AppointmentField, of appointment: Appointment, to output: inout [UInt8]
    ) {
        switch field {
        case .start: appointment.start.appendWire(to: &output)
        case .end: appointment.end.appendWire(to: &output)
        case .serviceDetailType, .notes: XMLText.appendEscaped(appointment.texts[field], to: &output)
        case .customerID, .techID, .serviceType: output.append(contentsOf: appointment[field].utf8)
        }
    }

    /// The document that asks these questions. It creates nothing.
    package init(credentials: Credentials, queries: [CustomerQuery]) {
        self.init(credentials: credentials, size: queries.count * 256) { output in
            for query in queries {
                Self.appendRequest(query.requestType, to: &output) { output in
                    for (name, value) in query.attributes {
                        Self.appendAttribute(name, value, to: &output)
                    }
                }
            }
        }
    }

    private init(credentials: Credentials, size: Int, _ appendOperations: (inout [UInt8]) -> Void) {
        var output: [UInt8] = []
        output.reserveCapacity(512 + size)
        Self.append("<?xml version='1.0' encoding='UTF-8'?>\n<root>\n <requests>\n", to: &output)
        Self.appendRequest(Self.authenticationType, to: &output) { output in
            Self.appendAttribute("Username", credentials.username, to: &output)
            Self.appendAttribute("Password", credentials.password, to: &output)
            Self.appendAttribute("PartnerID", credentials.partnerID, to: &output)
        }
        appendOperations(&output)
        Self.append(" </requests>\n</root>\n", to: &output)
        bytes = output
    }

    /// The auth block alone: a question that creates nothing, whoever answers it.
    package static func handshake(_ credentials: Credentials) -> RequestDocument {
        RequestDocument(credentials: credentials, appointments: [])
    }

    /// The same document with username, password and partner ID masked, for
    /// people to read. The rest is byte for byte what would be sent.
    package static func masked(appointments: [Appointment]) -> RequestDocument {
        let mask = Credentials.mask
        return RequestDocument(
            credentials: Credentials(username: mask, password: mask, partnerID: mask),
            appointments: appointments)
    }

    private static func appendRequest(
        _ type: String, to output: inout [UInt8], _ appendAttributes: (inout [UInt8]) -> Void
    ) {
        append("  <request type=\"", to: &output)
        output.append(contentsOf: type.utf8)
        append("\">\n", to: &output)
        appendAttributes(&output)
        append("  </request>\n", to: &output)
    }

    private static func appendAttribute(_ name: String, _ value: String, to output: inout [UInt8]) {
        append("   <attribute name=\"", to: &output)
        output.append(contentsOf: name.utf8)
        append("\">", to: &output)
        XMLText.appendEscaped(value, to: &output)
        append("</attribute>\n", to: &output)
    }

    private static func append(_ text: StaticString, to output: inout [UInt8]) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
    }
}
