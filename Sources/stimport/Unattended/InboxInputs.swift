import AppointmentRows
import AppointmentImport

/// The files that an inbox has for a run.
struct InboxInputs {
    let inbox: Inbox
    private let console: Console

    /// - Throws: `UsageError` where the folder can't be used.
    init(_ path: String, _ console: Console) throws(UsageError) {
        do throws(ImportError) {
            inbox = try Inbox(path)
        } catch {
            throw UsageError(error.message, fix: error.fix)
        }
        self.console = console
    }

    /// Looks for them, and says which are left for the next run.
    func look(_ stop: StopSignal) async throws -> Inbox.Content {
        do {
            let content = try await inbox.look(stop: stop)
            for file in content.unfinished {
                console.warning("\(file) is still being written: left for the next run")
            }
            for file in content.leftAlone { console.warning("left alone: \(file.path): \(file.fix)") }
            return content
        } catch let error as ImportError {
            throw UsageError(error.message, fix: error.fix)
        }
    }
}
