import AppointmentRows

extension UsageError {
    static func valueForToggle(_ typed: String) -> UsageError {
        UsageError("\(typed) takes no value", fix: "give \(typed) alone")
    }

    /// A flag that takes one value was given two.
    static func givenTwice(_ flag: Flag, _ first: String, _ second: String, fix: String) -> UsageError {
        UsageError(
            "\(flag.long) is given twice, as \(ValueParser.quoted(first)) and as \(ValueParser.quoted(second))",
            fix: fix)
    }

    /// Appointments were named to `resolve`, and nothing was said of them.
    static func withoutVerdict(_ ids: [String]) -> UsageError {
        let ids = ids.joined(separator: " ")
        return UsageError(
            "nothing is said of \(ValueParser.quoted(ids))",
            fix:
                "if SecurityTrax has the visit: stimport resolve --created \(ids); if it has not: stimport resolve --not-created \(ids); if it was to be done by hand, and is: stimport resolve --done \(ids)"
        )
    }

    /// An unknown flag. Its value is never repeated: it may be a secret.
    static func unknownFlag(_ name: String) -> UsageError {
        switch name.lowercased().replacing("-", with: "").replacing("_", with: "") {
        case "password", "pass", "passwd", "pw":
            return UsageError(
                "a password is never an option: every user of this machine could read it",
                fix: "set STIMPORT_PASSWORD, STIMPORT_PASSWORD_FILE or STIMPORT_PASSWORD_COMMAND")
        case "passwordfile", "passwordcommand":
            let variable =
                name.lowercased().hasSuffix("file") ? "STIMPORT_PASSWORD_FILE" : "STIMPORT_PASSWORD_COMMAND"
            return UsageError(
                "--\(name) is not an option", fix: "set \(variable), or the key in the settings file")
        case "username", "user", "login":
            return UsageError(
                "the user name is not an option",
                fix: "set STIMPORT_USERNAME, or username in the settings file")
        case "partnerid", "partner":
            return UsageError(
                "the partner ID is not an option",
                fix: "set STIMPORT_PARTNER_ID, or partnerID in the settings file")
        default: break
        }
        let names = FlagTable.flags.flatMap { [$0.name] + ($0.negation.map { [$0] } ?? []) }
        if names.contains(where: { name.count >= 2 && $0.hasPrefix(name) }) {
            let matches = names.filter { $0.hasPrefix(name) }.map { "--\($0)" }
            return UsageError(
                "unknown option --\(name)",
                fix: "did you mean \(matches.joined(separator: ", "))? Options can't be abbreviated")
        }
        return UsageError(
            "unknown option --\(String(name.prefix(80)))",
            fix: Suggestion.closestWord(to: name, among: names).map { "did you mean --\($0)?" }
                ?? "stimport help lists the options")
    }
}
