// What is said of a sender's number that a spreadsheet has damaged.
extension SenderNumber {
    /// What a spreadsheet has left of another number, in its own words; nil where it is one. Such a number counts as a new
    /// one, and its visit would be booked once more.
    static func damage(_ text: String) -> (message: String, fix: String)? {
        guard text.utf8.count <= 100 else { return nil }
        let quoted = Wording.quoted(text)
        var number = canonical(text)
        if number.withUTF8({ DateInsteadOfNumber.isOne($0) }) {
            return ("\(quoted) is a date, as a spreadsheet makes it of a number like 1-2 or MAR-1", fix)
        }
        if number.withUTF8({ isRounded($0) }) {
            return (
                "\(quoted) ends in the zeros that a spreadsheet writes for the digits behind the fifteenth",
                fix
            )
        }
        guard let damage = Finding.spreadsheetDamage(text) else { return nil }
        return Finding.isScientific(text) ? (damage.message, fix) : damage
    }

    private static let fix =
        "import the file as it was exported, without a spreadsheet; or format the column as Text in the spreadsheet before the export is opened there"
}
