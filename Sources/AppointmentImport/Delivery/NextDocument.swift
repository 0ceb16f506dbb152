import SecurityTrax

/// Request documents, of which the next one is made while answers are awaited, as far as it can be known what it will hold.
struct NextDocument {
    private let credentials: Credentials
    private var prepared: (appointments: [Appointment], document: RequestDocument)?

    init(_ credentials: Credentials) {
        self.credentials = credentials
    }

    /// Whether one is made that nobody took yet.
    var isPrepared: Bool { prepared != nil }

    /// Makes the document of what is likely to be claimed next.
    mutating func prepare(_ appointments: [Appointment]) {
        prepared = (appointments, RequestDocument(credentials: credentials, appointments: appointments))
    }

    /// The document of what was claimed, whatever it was thought to be.
    mutating func take(of appointments: [Appointment]) -> RequestDocument {
        defer { prepared = nil }
        if let prepared, prepared.appointments == appointments { return prepared.document }
        return RequestDocument(credentials: credentials, appointments: appointments)
    }
}
