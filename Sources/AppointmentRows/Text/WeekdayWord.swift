/// The days of the week, as a column of them names them.
enum WeekdayWord {
    /// Whether a column of that name has them.
    static func isColumn(_ name: String) -> Bool { columns.contains(nameKey(name)) }

    private static let columns: Set<String> = [
        "day", "dow", "weekday", "dayofweek", "dayoftheweek", "dayname", "appointmentday", "visitday",
        "scheduledday",
        "wochentag", "tag", "jour", "día", "dia", "giorno", "dag",
    ]

    /// 0 for Sunday to 6 for Saturday; nil where a text is none.
    static func number(_ text: String) -> Int? { numbers[text.lowercased().filter(\.isLetter)] }

    /// The English name.
    static func name(of number: Int) -> String {
        let day = english[number]
        return day.prefix(1).uppercased() + day.dropFirst()
    }

    /// Sunday first.
    static let english = days.map { $0[0] }

    /// Each name and what it may be cut down to: to three letters, and to two in the first two languages.
    private static let numbers: [String: Int] = {
        var numbers: [String: Int] = [:]
        for (number, names) in days.enumerated() {
            for (language, name) in names.enumerated() {
                for length in (language < 2 ? 2 : 3)...name.count {
                    let word = String(name.prefix(length))
                    numbers[word] = numbers[word] ?? number
                }
            }
        }
        return numbers
    }()

    /// English, German, Spanish, French, Italian, Dutch, Portuguese.
    private static let days = [
        ["sunday", "sonntag", "domingo", "dimanche", "domenica", "zondag"],
        ["monday", "montag", "lunes", "lundi", "lunedì", "maandag", "segunda"],
        ["tuesday", "dienstag", "martes", "mardi", "martedì", "dinsdag", "terça"],
        ["wednesday", "mittwoch", "miércoles", "miercoles", "mercredi", "mercoledì", "woensdag", "quarta"],
        ["thursday", "donnerstag", "jueves", "jeudi", "giovedì", "donderdag", "quinta"],
        ["friday", "freitag", "viernes", "vendredi", "venerdì", "vrijdag", "sexta"],
        ["saturday", "samstag", "sábado", "sabado", "samedi", "sabato", "zaterdag"],
    ]
}
