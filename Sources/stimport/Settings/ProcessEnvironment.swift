import AppointmentRows
import SystemFiles

/// The environment as the process found it, with the password and every other secret taken out of the
/// process's own environment, so that no child inherits them.
struct ProcessEnvironment: Sendable, CustomStringConvertible, CustomReflectable {
    /// Every variable but STIMPORT_PASSWORD.
    let values: [String: String]
    /// STIMPORT_PASSWORD. Never print it.
    let password: String?

    /// For tests: an environment of these values.
    init(_ values: [String: String]) {
        var values = values
        password = values.removeValue(forKey: Self.passwordVariable)
        self.values = values
    }

    static let passwordVariable = "STIMPORT_PASSWORD"

    /// Reads the process's environment, then overwrites and removes what is secret:
    /// `/proc/PID/environ` doesn't show it either. To be called once, before any other thread exists.
    static func capture() -> ProcessEnvironment {
        var values: [String: String] = [:]
        ProcessVariables.forEach { name, value in
            // A path may be no UTF-8.
            values[name] = name == passwordVariable ? String(cString: value) : ForeignPath.text(of: value)
        }
        let captured = ProcessEnvironment(values)
        for name in [passwordVariable] + FlagTable.flags.filter(\.isSecret).compactMap(\.variable) {
            guard let place = getenv(name) else { continue }
            memset(place, Int32(UInt8(ascii: "x")), strlen(place))
            unsetenv(name)
        }
        return captured
    }

    /// A variable's value. One that is set to nothing counts as not set: that is how
    /// service files and shells take a variable back.
    subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    var description: String { "ProcessEnvironment(\(values.count) variables)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
