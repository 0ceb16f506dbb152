import AppointmentImport
import AppointmentLedger
import AppointmentRows

/// `--log-format`.
enum LogFormat: String, Sendable, CaseIterable {
    case text, json
}

/// `--color`.
enum ColorChoice: String, Sendable, CaseIterable {
    case auto, always, never
}

/// `--notify-on`: after which runs the notify command is run.
enum NotifyOccasion: String, Sendable, CaseIterable {
    case any, new, change, never
}

/// `--techs`: a file, or the settings file's own numbers by name.
enum RosterChoice: Sendable, Hashable {
    case file(String)
    case numbers([String: String])

    /// Takes a path, or what the settings file's reader makes of an object: `NAME=NUMBER` each.
    init(parsing texts: [String]) throws {
        var numbers: [String: String] = [:]
        for text in texts {
            guard let mark = text.lastIndex(of: "="), let number = Int64(text[text.index(after: mark)...]),
                number > 0, numbers.updateValue(String(number), forKey: String(text[..<mark])) == nil
            else {
                self = .file(try ValueParser.text(texts))
                return
            }
        }
        self = .numbers(numbers)
    }
}
