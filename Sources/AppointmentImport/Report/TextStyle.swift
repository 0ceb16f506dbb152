import AppointmentLedger

/// How a text for people may look where it goes: how wide, and in which colours. A colour is never the only signal.
package struct TextStyle: Sendable {
    /// What a piece of text means.
    package enum Tone: Sendable {
        case good, careful, bad
    }

    /// The columns of the terminal; nil where lines may have any length.
    package var width: Int?
    /// Gives a text the colour of a tone.
    package var paint: @Sendable (String, Tone) -> String

    /// A style.
    package init(width: Int? = nil, paint: @escaping @Sendable (String, Tone) -> String = { text, _ in text })
    {
        self.width = width
        self.paint = paint
    }

    /// A line as it is written: broken between its words where the style has a width.
    func lines(of line: String) -> [String] { width.map { TextWrap.flow(line, width: $0) } ?? [line] }

    /// No colours, any width.
    package static let plain = TextStyle()
}
