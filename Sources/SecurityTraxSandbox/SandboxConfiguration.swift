package import SecurityTrax

/// How a sandbox behaves. The defaults behave like the service on a good day.
package struct SandboxConfiguration: Sendable {
    /// The port on 127.0.0.1; 0 takes any free one.
    package var port: Int
    /// The user that is let in.
    package var username: String
    /// That user's password: made up, worth nothing anywhere else.
    package var password: String
    /// The partner ID that is let in.
    package var partnerID: String

    /// How long every post takes. It passes after the creation and before the
    /// answer, so that a client that dies meanwhile leaves appointments it does not know of.
    package var latency: Duration
    /// A random part, between zero and this, added to `latency`.
    package var jitter: Duration

    /// Customers that do not exist here: their creates answer `success="false"`.
    package var refusedCustomers: Set<String>
    /// Customers from this number up do not exist here either.
    package var unknownCustomersFrom: Int64?
    /// The reason that a create for an unknown customer is refused with.
    package var refusalReason: String
    /// More requests than this in one post, the authentication aside, are answered with 413.
    package var maximumBatch: Int?
    /// A longer request body, in bytes, is answered with 413 unread.
    package var maximumRequestBytes: Int

    /// Whether each response ends with a `system_request` echo of its request, with the password in clear.
    /// The vendor's samples of create answers have none.
    package var echoes: Bool
    /// Whether the answers to queries end with such an echo, as the vendor's samples of them do.
    package var echoesQueries: Bool
    /// The customers that queries find.
    package var customers: SandboxCustomers
    /// Whether a connection may carry more than one request.
    package var keepAlive: Bool
    /// What goes wrong, and when.
    package var faults: FaultPlan

    /// Whether `created` keeps what was created; counts are kept either way.
    package var keepsAppointments: Bool
    /// How many appointments `created` keeps at most: the first ones.
    package var appointmentLimit: Int
    /// Whether the last request's head and body are kept.
    package var keepsRequests: Bool
    /// A file that gets one line a created appointment, before the answer is sent:
    /// `post-number<TAB>customer<TAB>tech<TAB>start<TAB>end<TAB>servicetype`.
    package var logFile: String?

    /// The defaults: any free port, made-up credentials, no latency, no faults.
    package init(
        port: Int = 0, username: String = "sandbox-user", password: String = "sandbox-password",
        partnerID: String = "sandbox-partner", latency: Duration = .zero, jitter: Duration = .zero,
        refusedCustomers: Set<String> = [], unknownCustomersFrom: Int64? = nil,
        refusalReason: String = "Customer not found", maximumBatch: Int? = nil,
        maximumRequestBytes: Int = 64 << 20, echoes: Bool = false, echoesQueries: Bool = true,
        customers: SandboxCustomers = .builtIn, keepAlive: Bool = true,
        faults: FaultPlan = [], keepsAppointments: Bool = true, appointmentLimit: Int = 200_000,
        keepsRequests: Bool = false, logFile: String? = nil
    ) {
        self.port = port
        self.username = username
        self.password = password
        self.partnerID = partnerID
        self.latency = latency
        self.jitter = jitter
        self.refusedCustomers = refusedCustomers
        self.unknownCustomersFrom = unknownCustomersFrom
        self.refusalReason = refusalReason
        self.maximumBatch = maximumBatch
        self.maximumRequestBytes = maximumRequestBytes
        self.echoes = echoes
        self.echoesQueries = echoesQueries
        self.customers = customers
        self.keepAlive = keepAlive
        self.faults = faults
        self.keepsAppointments = keepsAppointments
        self.appointmentLimit = appointmentLimit
        self.keepsRequests = keepsRequests
        self.logFile = logFile
    }

    /// The three values as the client's own type.
    package var credentials: Credentials {
        Credentials(username: username, password: password, partnerID: partnerID)
    }
}
