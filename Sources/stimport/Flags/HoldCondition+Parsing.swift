import AppointmentLedger
import AppointmentRows

extension HoldCondition {
    private static let example =
        "give for example rows>3x, rows<50%, new-customers>30%, new>200, same-file or older-export"

    /// The conditions of a list.
    ///
    /// - Throws: `UsageError` where one can't be read.
    static func list(_ text: String) throws(UsageError) -> [HoldCondition] {
        var conditions: [HoldCondition] = []
        for part in text.split(separator: ",") {
            guard let condition = HoldCondition(part) else {
                throw UsageError(
                    "\(ValueParser.quoted(String(part))) is no condition",
                    fix: example)
            }
            conditions.append(condition)
        }
        // A guard that nobody has set must not look like one that is.
        guard !conditions.isEmpty else {
            throw UsageError("\(ValueParser.quoted(text)) has no condition", fix: example)
        }
        return conditions
    }
}
