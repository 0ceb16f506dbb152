import SystemFiles
import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Synchronization

/// The two output streams. stdout carries the result, stderr progress and
/// diagnostics. Whole calls don't interleave. A reader that goes away (`| head`)
/// ends the output, never the run: later writes to that stream are dropped. Neither does a reader that stops reading
/// hold up a run: from `queueOutput` on, what goes to pipes and terminals waits in a queue.
final class Console: Sendable {
    enum Stream: Int32, Sendable {
        case output = 1
        case diagnostics = 2
    }

    /// A value for each of the two streams.
    private struct ByStream<Value: Sendable>: Sendable {
        var output: Value
        var diagnostics: Value

        subscript(stream: Stream) -> Value {
            get { stream == .output ? output : diagnostics }
            set { if stream == .output { output = newValue } else { diagnostics = newValue } }
        }
    }

    private struct State {
        /// The first failed write's errno of each stream.
        var failures = ByStream<Int32?>(output: nil, diagnostics: nil)
        var color: ColorChoice
        var log: (any DiagnosticsLog)?
        var queues = ByStream<OutputQueue?>(output: nil, diagnostics: nil)
        var isResultOwed = false
    }

    private let state: Mutex<State>
    private let descriptors: ByStream<Int32>
    private let noColor: Bool
    private let terminalType: String
    /// Whether standard error leads to systemd's journal: `$JOURNAL_STREAM` names the device and inode that it
    /// is (systemd.exec(5)); the variable alone may have been inherited past a redirection.
    let isJournal: Bool

    /// - Parameter descriptors: other descriptors than 1 and 2, for tests.
    init(
        environment: [String: String], color: ColorChoice = .auto,
        output: Int32 = Stream.output.rawValue, diagnostics: Int32 = Stream.diagnostics.rawValue
    ) {
        state = Mutex(State(color: color))
        descriptors = ByStream(output: output, diagnostics: diagnostics)
        noColor = !(environment["NO_COLOR"] ?? "").isEmpty
        terminalType = environment["TERM"] ?? ""
        let place = FileIdentity.status(ofDescriptor: diagnostics)?.identity
        isJournal = place.map { environment["JOURNAL_STREAM"] == "\($0.device):\($0.inode)" } ?? false
    }

    /// Lets warnings and errors go through a run's log from now on; through none for nil.
    func attach(_ log: (any DiagnosticsLog)?) {
        state.withLock { $0.log = log }
    }

    // MARK: Writing

    /// Writes the text as it is: what came from files or servers is escaped by the caller.
    ///
    /// - Parameter mayWait: false for a thread that must go on, such as the one that handles signals.
    func write(_ text: String, to stream: Stream = .output, mayWait: Bool = true) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0), to: stream, mayWait: mayWait) }
    }

    /// Writes what is out of date soon: it is dropped where the stream's reader is behind.
    ///
    /// - Returns: whether it will be written.
    func writeProgress(_ text: String) -> Bool {
        guard let queue = queue(.diagnostics) else {
            write(text, to: .diagnostics)
            return true
        }
        return queue.addProgress(Array(text.utf8), to: descriptors.diagnostics)
    }

    /// Writes bytes, for output that isn't made of strings.
    func write(_ bytes: UnsafeRawBufferPointer, to stream: Stream = .output, mayWait: Bool = true) {
        if let queue = queue(stream) {
            return queue.add(Array(bytes), to: descriptors[stream], mayWait: mayWait)
        }
        state.withLock { state in
            guard state.failures[stream] == nil else { return }
            if let failure = Descriptor.write(bytes, to: descriptors[stream]) {
                state.failures[stream] = failure.code
            }
        }
    }

    /// Writes a result that holds texts of files and servers as they are, such as CSV or XML. A file or a pipe gets its
    /// bytes; on a terminal, what it would act on is made visible.
    func writeData(_ bytes: [UInt8], to stream: Stream = .output) {
        if isTerminal(stream) {
            write(TerminalText.escapedLines(String(decoding: bytes, as: UTF8.self)), to: stream)
        } else {
            bytes.withUnsafeBytes { write($0, to: stream) }
        }
    }

    /// Writes the text and a line break.
    func line(_ text: String = "", to stream: Stream = .output, mayWait: Bool = true) {
        write(text + "\n", to: stream, mayWait: mayWait)
    }

    /// Why results could not be written to standard output. That its reader has gone counts only where the result is
    /// owed: whoever leafs through a list and has seen enough goes without a word.
    var outputFailure: String? {
        let queued = queue(.output)?.failure(of: descriptors.output)
        let (failure, isOwed) = state.withLock { ($0.failures.output, $0.isResultOwed) }
        guard let code = queued ?? failure, code != EPIPE || isOwed else { return nil }
        return SystemError(code).reason
    }

    /// Writes a line for people: on a terminal that is narrower, broken between its words. Escaped by the caller.
    func text(_ text: String, to stream: Stream = .output, mayWait: Bool = true) {
        for line in lines(text, on: stream) { self.line(line, to: stream, mayWait: mayWait) }
    }

    private func lines(_ text: String, on stream: Stream) -> [String] {
        guard isTerminal(stream), let width = width(stream) else { return [text] }
        return TextWrap.flow(text, width: width)
    }

    /// From now on a reader who has gone has missed the account of what was posted.
    func oweResult() { state.withLock { $0.isResultOwed = true } }

    // MARK: Queues

    func descriptor(of stream: Stream) -> Int32 { descriptors[stream] }

    /// The queue of a stream; nil where it is written to directly.
    func queue(_ stream: Stream) -> OutputQueue? {
        state.withLock { $0.queues[stream] }
    }

    func setQueue(_ queue: OutputQueue, of stream: Stream) {
        state.withLock { $0.queues[stream] = queue }
    }

    /// Every queue once.
    var queues: [OutputQueue] {
        let all = state.withLock { $0.queues }
        return [all.output, all.output === all.diagnostics ? nil : all.diagnostics].compactMap { $0 }
    }

    // MARK: Diagnostics

    /// `stimport: error: MESSAGE`, and the fix on a line of its own. Escapes both.
    func error(_ message: String, fix: String? = nil) {
        diagnostic(.error, styled("error:", .red, on: .diagnostics), message, fix)
    }

    /// As `error`, for what doesn't stop the run.
    func warning(_ message: String, fix: String? = nil) {
        diagnostic(.warning, styled("warning:", .yellow, on: .diagnostics), message, fix)
    }

    /// What the errors before it mean for the appointments; a log on standard error has its own last line.
    func meaning(_ text: String) {
        if state.withLock({ $0.log != nil }) { return }
        let priority = isJournal ? "<\(DiagnosticLevel.error.rawValue)>" : ""
        self.text("\(priority)stimport: \(text)", to: .diagnostics)
    }

    func error(_ error: UsageError) {
        self.error(error.message, fix: error.fix)
        for other in error.more { self.error(other) }
    }

    private func diagnostic(_ level: DiagnosticLevel, _ label: String, _ message: String, _ fix: String?) {
        if let log = state.withLock({ $0.log }), log.takes(level, message, fix: fix) { return }
        let priority = isJournal ? "<\(level.rawValue)>" : ""
        var lines = lines("\(priority)stimport: \(label) \(TerminalText.escaped(message))", on: .diagnostics)
        if let fix { lines += self.lines("\(priority)  fix: \(TerminalText.escaped(fix))", on: .diagnostics) }
        write(lines.joined(separator: "\n") + "\n", to: .diagnostics)
    }

    // MARK: Terminals and colours

    /// Whether the stream is a terminal.
    func isTerminal(_ stream: Stream) -> Bool {
        isatty(descriptors[stream]) == 1
    }

    /// The columns of the stream's terminal, or nil where it is none.
    func width(_ stream: Stream) -> Int? {
        var size = winsize()
        guard ioctl(descriptors[stream], UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    enum Style: String, Sendable {
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// Whether the stream is a terminal that can be written over.
    func canBeDrawnOn(_ stream: Stream) -> Bool { isTerminal(stream) && terminalType != "dumb" }

    /// Follows `--color` from now on.
    func setColor(_ choice: ColorChoice) {
        state.withLock { $0.color = choice }
    }

    /// Whether the stream shows colours: as `--color` says; for `auto` on a terminal
    /// that isn't `dumb`, unless NO_COLOR is set and not empty.
    func usesColor(on stream: Stream) -> Bool {
        switch state.withLock({ $0.color }) {
        case .always: true
        case .never: false
        case .auto: !noColor && terminalType != "dumb" && isTerminal(stream)
        }
    }

    /// The text in a style where the stream shows colours.
    func styled(_ text: String, _ style: Style, on stream: Stream = .output) -> String {
        usesColor(on: stream) ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
