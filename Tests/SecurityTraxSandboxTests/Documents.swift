import SecurityTraxSandbox

/// Request documents for the tests: right ones by default, wrong ones part by part.
enum Documents {
    static func auth(_ server: SandboxServer, password: String? = nil) -> String {
        """
        <request type="GetSystemAuthentication">
        <attribute name="Username">\(server.username)</attribute>
        <attribute name="Password">\(password ?? server.password)</attribute>
        <attribute name="PartnerID">\(server.partnerID)</attribute>
        </request>

        """
    }

    static func create(_ customer: String, start: String = "01/23/2030 7:30", notes: String = "") -> String {
        create([
            ("SecurityTraxUniqueID", customer), ("TechID", "12"), ("StartTime", start),
            ("EndTime", "01/23/2030 23:30"), ("ServiceType", "1"), ("ServiceDetailType", ""),
            ("Notes", notes),
        ])
    }

    static func create(_ attributes: [(String, String)]) -> String {
        "<request type=\"CreateTechScheduleBySecurityTraxUniqueID\">\n"
            + attributes.map { "<attribute name=\"\($0)\">\($1)</attribute>\n" }.joined() + "</request>\n"
    }

    static func lookUp(_ type: String, _ id: String) -> String {
        """
        <request type="AllAccess-GetSecurityTraxUniqueID">
        <attribute name="IDType">\(type)</attribute>
        <attribute name="ID">\(id)</attribute>
        </request>

        """
    }

    static func customer(_ id: String) -> String {
        """
        <request type="AllAccess-GetCustomerStatusBySecurityTraxUniqueID">
        <attribute name="SecurityTraxUniqueID">\(id)</attribute>
        </request>

        """
    }

    static func whole(_ requests: String) -> String {
        "<?xml version='1.0' encoding=\"UTF-8\"?>\n<root>\n<requests>\n\(requests)</requests>\n</root>\n"
    }

    /// A right document with one create for each customer.
    static func post(_ server: SandboxServer, _ customers: [String]) -> String {
        whole(auth(server) + customers.map { create($0) }.joined())
    }
}
