import AppointmentLedger
import AppointmentRows

extension HoldCondition {
    private static let example =
        "give for example rows>3x, rows<50%, new-customers>30%, new>200, same-file or older-export"

    /// The conditions of a list.
    ///
    /// - Throws: `OptionError` where one can't be read.
    static func list(_ text: String) throws(OptionError) -> [HoldCondition] {
        var conditions: [HoldCondition] = []
        for part in text.split(separator: ",") {
            guard let condition = HoldCondition(part) else {
                throw OptionError(
                    message: "\(ValueParser.quoted(String(part))) is no condition",
                    fix: example)
            }
            conditions.append(condition)
        }
        // A guard that nobody has set must not look like one that is.
        guard !conditions.isEmpty else {
            throw OptionError(message: "\(ValueParser.quoted(text)) has no condition", fix: example)
        }
        return conditions
    }
}
