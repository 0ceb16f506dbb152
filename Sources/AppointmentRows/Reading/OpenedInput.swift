import Synchronization
import SystemFiles

/// An input file of a run, opened before anything else is touched, and kept open
/// until its rejects are written: a file that is renamed meanwhile stays the same file.
package final class OpenedInput: Sendable {
    /// As the user named it; `-` for standard input.
    package let name: String
    private let file: Result<InputFile, InputError>

    private init(name: String, file: Result<InputFile, InputError>) {
        self.name = name
        self.file = file
    }

    /// Opens a file; copies standard input to its end. A file that can't be opened says so when it is read.
    ///
    /// - Throws: `RunStopped` where the user stops the run meanwhile: standard input may be silent for hours.
    package static func open(_ name: String, stop: StopSignal) async throws -> OpenedInput {
        let answer = FirstAnswer()
        return try await withCheckedThrowingContinuation { continuation in
            stop.onRequest { answer.give { continuation.resume(throwing: RunStopped()) } }
            let open = { @Sendable in
                let file = Result { () throws(InputError) in try InputFile(name) }
                answer.give { continuation.resume(returning: OpenedInput(name: name, file: file)) }
            }
            // Reading may block, which the threads of Swift's tasks should not.
            do throws(SystemError) { try WorkerThread.start("stimport-open", open) } catch { open() }
        }
    }

    /// Lets the first of two answers through.
    private final class FirstAnswer: Sendable {
        private let isGiven = Mutex(false)

        func give(_ body: () -> Void) {
            let isFirst = isGiven.withLock { isGiven in
                defer { isGiven = true }
                return !isGiven
            }
            if isFirst { body() }
        }
    }

    /// Reads the file's rows from its start.
    package func rows(_ options: ReadingOptions) throws(InputError) -> AppointmentReader {
        try AppointmentReader(file: file.get(), options: options)
    }

    /// The opened file; nil where it could not be opened.
    package var opened: InputFile? { try? file.get() }
}
