import AppointmentImport

/// How texts of the library look here.
extension Console {
    /// The style of results.
    var textStyle: TextStyle { textStyle(of: .output) }

    /// The style of a stream: its width, and colours where it shows them.
    func textStyle(of stream: Stream) -> TextStyle {
        TextStyle(width: isTerminal(stream) ? width(stream) : nil) { text, tone in
            self.styled(text, Style(tone), on: stream)
        }
    }
}

extension Console.Style {
    fileprivate init(_ tone: TextStyle.Tone) {
        self =
            switch tone {
            case .good: .green
            case .careful: .yellow
            case .bad: .red
            }
    }
}
