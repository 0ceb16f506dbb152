import AppointmentRows
import AppointmentImport
import SecurityTrax

/// Where user name, partner ID and password are to be had. Nothing secret is read before `credentials`.
struct CredentialSources: Sendable {
    /// One way to the password.
    enum PasswordSource: Sendable {
        /// It is at hand. Never print it.
        case value(Secret)
        case file(String)
        case command(String)
        /// A systemd credential.
        case credential(String)
        case prompt
    }

    /// Keeps a text out of dumps and interpolations.
    struct Secret: Sendable, CustomStringConvertible, CustomReflectable {
        let text: String
        var description: String { Credentials.mask }
        var customMirror: Mirror { Mirror(self, children: []) }
    }

    static let usernameVariable = "STIMPORT_USERNAME"
    static let partnerVariable = "STIMPORT_PARTNER_ID"
    static let passwordFileVariable = "STIMPORT_PASSWORD_FILE"
    static let passwordCommandVariable = "STIMPORT_PASSWORD_COMMAND"
    /// The name of the systemd credential.
    static let credentialName = "stimport.password"
    static let variables = [
        usernameVariable, partnerVariable, ProcessEnvironment.passwordVariable, passwordFileVariable,
        passwordCommandVariable,
    ]

    let username: (text: String, origin: SettingOrigin)?
    let partnerID: (text: String, origin: SettingOrigin)?
    /// The first source of the password that there is, in this order: the variables
    /// (value, file, command), systemd's credential, the settings file (value, file,
    /// command), the terminal.
    let password: (source: PasswordSource, origin: SettingOrigin)?
    /// The other sources, which count for nothing: `config` names them.
    let passedOver: [SettingOrigin]
    /// Every file that the password may be in, whether it is the one that counts or not.
    let files: [String]
    private let credentialsFolder: String?

    init(
        environment: ProcessEnvironment, file: SettingsFile?, profile: String?,
        canPrompt: Bool = PasswordPrompt.isPossible, exists: (String) -> Bool = { PrivateFile.exists($0) }
    ) {
        func text(_ variable: String, _ key: String) -> (text: String, origin: SettingOrigin)? {
            if let text = environment[variable] { return (text, .variable(variable)) }
            guard let entry = file?.entry(for: key, profile: profile), let text = entry.texts.last else {
                return nil
            }
            return (text, entry.origin)
        }
        username = text(Self.usernameVariable, "username")
        partnerID = text(Self.partnerVariable, "partnerID")
        credentialsFolder = environment["CREDENTIALS_DIRECTORY"]

        var sources: [(source: PasswordSource, origin: SettingOrigin)] = []
        if let password = environment.password, !password.isEmpty {
            sources.append((.value(Secret(text: password)), .variable(ProcessEnvironment.passwordVariable)))
        }
        if let path = environment[Self.passwordFileVariable] {
            sources.append((.file(path), .variable(Self.passwordFileVariable)))
        }
        if let command = environment[Self.passwordCommandVariable] {
            sources.append((.command(command), .variable(Self.passwordCommandVariable)))
        }
        if let folder = credentialsFolder {
            let path = folder + "/" + Self.credentialName
            if exists(path) { sources.append((.credential(path), .credential(path: path))) }
        }
        // The profile's way to the password goes before the rest of the file's, whichever they are.
        for entries in [profile.flatMap { file?.profiles[$0] }, file?.top] {
            for key in ["password", "passwordFile", "passwordCommand"] {
                guard let entry = entries?[key], let text = entry.texts.last else { continue }
                let source: PasswordSource =
                    switch key {
                    case "password": .value(Secret(text: text))
                    case "passwordFile": .file(text)
                    default: .command(text)
                    }
                sources.append((source, entry.origin))
            }
        }
        files =
            [
                environment[Self.passwordFileVariable],
                credentialsFolder.map { $0 + "/" + Self.credentialName },
            ]
            .compactMap { $0 }
            + ([file?.top].compactMap { $0 } + (file.map { Array($0.profiles.values) } ?? []))
            .compactMap { $0["passwordFile"]?.texts.last }
        password = sources.first ?? (canPrompt ? (.prompt, .prompt) : nil)
        passedOver = sources.dropFirst().map(\.origin)
    }

    /// Whether a person is asked for the password.
    var isAsked: Bool {
        if case .prompt = password?.source { return true }
        return false
    }

    /// What nobody has said, each with what would say it.
    var missing: [MissingSetting] {
        var missing: [MissingSetting] = []
        if username == nil {
            missing.append(
                MissingSetting(
                    "the SecurityTrax user name",
                    fix: "set \(Self.usernameVariable), or username in the settings file"))
        }
        if partnerID == nil {
            missing.append(
                MissingSetting(
                    "the SecurityTrax partner ID",
                    fix: "set \(Self.partnerVariable), or partnerID in the settings file"))
        }
        if password == nil {
            missing.append(
                MissingSetting(
                    "the SecurityTrax password",
                    fix:
                        "set STIMPORT_PASSWORD, STIMPORT_PASSWORD_FILE or STIMPORT_PASSWORD_COMMAND, or passwordFile or passwordCommand in the settings file"
                ))
        }
        return missing
    }

    /// The credentials: reads the password's file, runs its command, or asks for it.
    ///
    /// - Parameters:
    ///   - limit: how long a command may take.
    ///   - stop: ends a command or a question.
    /// - Throws: `UsageError`; `CommandFailure` where a signal came.
    func credentials(limit: Duration = .seconds(30), stop: StopSignal = StopSignal()) throws -> Credentials {
        guard let username, let partnerID, let password else { throw UsageError(missing: missing) }
        // Before anybody is asked for the password.
        try Self.check(username.text, username.origin)
        try Self.check(partnerID.text, partnerID.origin)
        let text = try read(password.source, password.origin, username.text, limit, stop)
        try Self.check(text, password.origin)
        return Credentials(username: username.text, password: text, partnerID: partnerID.text)
    }

    /// What XML 1.0 can't carry would break every document; a line break is a slip.
    private static func check(_ value: String, _ origin: SettingOrigin) throws(UsageError) {
        var value = value
        guard value.utf8.allSatisfy({ $0 >= 0x20 }),
            value.withUTF8({ XMLText.firstForbidden(in: $0) }) == nil
        else {
            throw UsageError(
                "\(origin.place): the value holds a control character or more than one line",
                fix: "give the value alone, on one line")
        }
        // A template that was filled in with nothing would be sent, and two refused logins lock the account out.
        guard value.contains(where: { !$0.isWhitespace }) else {
            throw UsageError(
                "\(origin.place): the value is blank", fix: "give the value, or take the setting away")
        }
    }

    private func read(
        _ source: PasswordSource, _ origin: SettingOrigin, _ username: String, _ limit: Duration,
        _ stop: StopSignal
    ) throws -> String {
        let bytes: [UInt8]
        switch source {
        case .value(let secret): return secret.text
        case .prompt:
            bytes = try PasswordPrompt.ask(
                "SecurityTrax password for \(TerminalText.escaped(username)): ", limit: Self.limit, stop: stop
            )
        case .file(let path):
            let isCredential = credentialsFolder.map { path.hasPrefix($0 + "/") } ?? false
            bytes = try content(of: path, origin, isCredential: isCredential)
        case .credential(let path):
            bytes = try content(of: path, origin, isCredential: true)
        case .command(let command):
            bytes = try PasswordCommand.run(command, origin, limit: limit, stop: stop)
        }
        return try Self.text(bytes, origin)
    }

    private func content(of path: String, _ origin: SettingOrigin, isCredential: Bool) throws(UsageError)
        -> [UInt8]
    {
        guard let file = try PrivateFile.read(path, limit: Self.limit, what: "password file") else {
            throw UsageError("\(origin.place): there is no file \(path)", fix: "correct the path")
        }
        try PrivateFile.requirePrivate(file, path, what: "password file", groupMayRead: isCredential)
        return file.bytes
    }

    /// The longest password, in bytes.
    static let limit = 4_096

    /// The password of a file or a command: UTF-8, without one line break at its end.
    static func text(_ bytes: [UInt8], _ origin: SettingOrigin) throws(UsageError) -> String {
        var bytes = bytes[...]
        if bytes.last == 10 { bytes = bytes.dropLast() }
        if bytes.last == 13 { bytes = bytes.dropLast() }
        guard !bytes.isEmpty else {
            if origin == .prompt { throw UsageError("no password was given", fix: "type it when asked") }
            throw UsageError("\(origin.place): the password is empty", fix: "put the password there")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UsageError("\(origin.place): the password is not UTF-8", fix: "save it as UTF-8")
        }
        return text
    }
}

extension Settings {
    /// Who posts. Reads the password's file, runs its command, or asks on the terminal.
    ///
    /// - Parameter stop: ends the command or the question.
    func credentials(_ stop: StopSignal) throws -> Credentials {
        try secrets.credentials(limit: self.commandTimeout, stop: stop)
    }
}
