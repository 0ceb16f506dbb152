/// What people and programs write for yes and for no: spreadsheets write `TRUE` and `FALSE` in the language of their
/// owner.
enum YesNoWords {
    /// Whether a text says yes or no; nil where it says something else.
    ///
    /// Nothing at all, a dash and an empty box are a no.
    static func answer(_ text: String) -> Bool? {
        let text = Wording.trimmed(text).lowercased()
        let hasWord = text.contains { $0.isLetter || $0.isNumber }
        if !hasWord { return text.contains(where: checks.contains) ? true : crosses(text) ? nil : false }
        if let number = number(text) { return number == 0 ? false : number == 1 || number == -1 ? true : nil }
        let key = String(text.filter { $0.isLetter || $0.isNumber })
        if yeses.contains(key) { return true }
        return noes.contains(key) ? false : nil
    }

    /// `0`, `0.0`, `0,00`, `-1`
    private static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 12, text.allSatisfy({ "0123456789.,-".contains($0) }) else { return nil }
        return Double(text.replacing(",", with: "."))
    }

    /// A cross ticks a box for some, and says no for others.
    private static func crosses(_ text: String) -> Bool { text.contains { "✗✘❌☒×✖".contains($0) } }

    /// Whether a text has a sign that strikes something out, or forbids it.
    static func isCross(_ text: String) -> Bool {
        crosses(text)
            || text.contains { "🚫⛔🛑❎✕⨯⊘".contains($0) || $0.unicodeScalars.first == "\u{2716}" }
    }

    private static let checks: Set<Character> = ["✓", "✔", "☑", "✅", "●", "√", "✔️", "☑️"]

    private static let yeses: Set<String> = [
        "yes", "y", "true", "t", "on", "x", "checked", "ticked", "set", "yesyes", "yep", "yeah",
        // The true and the yes of German, French, Spanish, Italian, Portuguese, Dutch and their neighbours.
        "wahr", "ja", "j", "vrai", "oui", "verdadero", "sí", "si", "vero", "sì", "verdadeiro", "sim", "waar",
        "sant", "sand", "sandt", "prawda", "tak", "pravda", "ano", "áno", "doğru", "evet", "tosi", "kyllä",
        "igaz", "igen", "истина", "да", "da", "adevărat", "adevarat",
    ]

    static let noes: Set<String> = [
        "no", "n", "false", "f", "off", "none", "null", "nil", "na", "nan", "nat", "blank", "empty", "never",
        "unchecked", "unticked", "unset", "undefined", "nope", "not", "notset",
        "falsch", "nein", "faux", "non", "falso", "não", "nao", "onwaar", "nee", "falskt", "falsk", "usann",
        "nej", "nei", "fałsz", "falsz", "nie", "nepravda", "ne", "yanlış", "yanlis", "hayır", "hayir",
        "epätosi", "ei", "hamis", "nem", "ложь", "нет", "fals", "nu",
    ]
}
