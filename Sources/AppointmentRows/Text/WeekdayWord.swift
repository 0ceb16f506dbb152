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
    static func number(_ text: String) -> Int? {
        let word = text.lowercased().filter(\.isLetter)
        guard word.count >= 2 else { return nil }
        return days.firstIndex { day in
            day.contains { word == $0 || word.count >= 3 && $0.hasPrefix(word) }
                || shortest(of: day).contains(word)
        }
    }

    /// The English name.
    static func name(of number: Int) -> String {
        let day = days[number].first ?? ""
        return day.prefix(1).uppercased() + day.dropFirst()
    }

    private static func shortest(of day: [String]) -> Set<String> {
        Set(day.prefix(2).map { String($0.prefix(2)) })
    }

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
