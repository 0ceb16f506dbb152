import AppointmentImport
import SystemFiles

/// The settings file that `config --init` writes: every key with what it means, all
/// of them commented out, so that it changes nothing before somebody edits it.
enum StarterFile {
    /// What a folder that is imported every night should have, in the order in which somebody thinks of it.
    private static var nightly: [Flag] {
        let table = FlagTable.shared
        return [
            table.inbox.flag, table.requireLedger.flag, table.identityColumn.flag, table.completeExport.flag,
            table.holdIf.flag, table.maxInvalid.flag, table.expect.flag, table.notifyCommand.flag,
            table.notifyOn.flag, table.pingURL.flag,
        ]
    }

    static func text() -> String {
        var text = """
            // Settings of stimport: JSON with comments and trailing commas.
            // Options and STIMPORT_* variables go before what is set here; stimport config
            // shows what holds. Relative paths start at this file's folder, ~/ at home.
            {
                // ---- Who posts ----
                // "site": "SITE",
                // "username": "USER",
                // "partnerID": "ID",
                // The password: in a file of its own that only you can read, or printed by a command.
                // "passwordFile": "password",
                // "passwordCommand": "pass show securitytrax",

                // ---- Files of other programs: stimport map FILE writes them, take one out to forget it ----
                // "layouts": { "jobs": { "header": ["Kunde", "Beginn"], "columns": { "StartTime": "Beginn" } } },

                // ---- Several dealers: stimport --profile acme ----
                // "profiles": { "acme": { "site": "acme", "ledger": "acme.sqlite3" } },

            """
        text +=
            "\n    // ---- An inbox, every night: the lines to begin with. Finished files go to its done/, those with\n"
        text += "    // rejected rows to its rejects/, those in doubt to its doubt/ ----\n"
        for flag in nightly { text += entry(flag) }
        let written = Set(nightly.map(\.name) + [FlagTable.shared.site.flag.name])
        for section in Flag.Section.allCases {
            let flags = FlagTable.flags.filter {
                $0.section == section && $0.isSetting && !written.contains($0.name)
            }
            guard !flags.isEmpty else { continue }
            text += "\n    // ---- \(section.rawValue) ----\n"
            for flag in flags { text += entry(flag) }
        }
        return text + "}\n"
    }

    /// What a setting means, and an example of it.
    private static func entry(_ flag: Flag) -> String {
        let words = flag.words(for: nil)
        return "    // \(flag.help)\(words.isEmpty ? "" : ": " + words.joined(separator: ", "))\n"
            + "    // \"\(flag.settingsKey ?? flag.name)\": \(example(flag)),\n"
    }

    /// A value of the flag's type as JSON: the default where there is one.
    private static func example(_ flag: Flag) -> String {
        let table = FlagTable.shared
        let special = [
            table.delimiter.flag.name: ";", table.hours.flag.name: "07:00-20:00",
            table.postBetween.flag.name: "08:00-18:00",
            table.pingURL.flag.name: "https://hc-ping.com/UUID", table.inbox.flag.name: "/srv/stimport/inbox",
            table.encoding.flag.name: "windows-1252", table.timeZone.flag.name: "America/Denver",
        ]
        let text = special[flag.name] ?? flag.defaultText
        switch flag.kind {
        case .toggle: return "true"
        case .integer, .number, .seconds: return text ?? "1"
        case .countOrPercent: return "\"5%\""
        case .duration: return "\"\(text ?? "90m")\""
        case .fileOrNumbers: return "{ \"John Smith\": 12 }"
        case .texts where flag.name == table.expect.flag.name:
            return "[\"housecall-*.csv by 02:30 Mon-Fri\", \"*.csv by 06:00 daily\"]"
        case .pairs where flag.name == table.map.flag.name: return "{ \"StartTime\": \"Appt start\" }"
        case .pairs: return "{ \"Status\": \"On hold,Draft\" }"
        case .words:
            return "{ \"ServiceType\": { \"Alarm Install\": \"Install\", \"Sales call\": \"skip\" } }"
        case .list where flag.name == table.holdIf.flag.name:
            return "[\"rows>3x\", \"rows<50%\", \"same-file\"]"
        case .list: return "[\"SecurityTraxUniqueID\", \"StartTime\", \"EndTime\", \"ServiceType\"]"
        case .choice(let words): return "\"\(text ?? words[0])\""
        case .file, .folder, .text, .texts, .identifiers: return "\"\(text ?? flag.valueName ?? "")\""
        }
    }

    /// Writes the file, readable by its owner only. An existing one is left alone.
    static func write(to path: String) throws(UsageError) {
        let folder = PathParts(path).folder
        do throws(SystemError) {
            if !folder.isEmpty { try NewFile.makeFolders(folder) }
            try NewFile.write(Array(text().utf8), to: path)
        } catch {
            if error.code == EEXIST {
                throw UsageError(
                    "\(path) exists, and is not overwritten",
                    fix: "edit it, or write to another file: stimport config --init --config FILE")
            }
            throw UsageError(
                "\(path) can't be written: \(error.reason)", fix: "name another file with --config")
        }
    }
}
