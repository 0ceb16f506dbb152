import AppointmentLedger
package import SecurityTrax
import SystemFiles

/// Whether a run could open its ledger, found out without making one.
package struct LedgerChecks: Sendable {
    /// The ledger's path.
    package let path: String
    /// Whether a run refuses to make one.
    package let mustExist: Bool

    package init(path: String, mustExist: Bool) {
        self.path = path
        self.mustExist = mustExist
    }

    /// What was found.
    package struct Result: Sendable {
        package var checks: [DoctorCheck]
        /// Whether an appointment was ever created by it.
        package var hasCreated: Bool
    }

    /// Looks at the ledger and tries the locks of its folder.
    package func run() async -> Result {
        do {
            let ledger = try await Ledger.read(path)
            let hasCreated = try await ledger.hasCreated()
            if let objection = try await ledger.objectionToRuns() {
                return failed(objection.message, fix: objection.fix, hasCreated)
            }
            guard Self.isUsable(path, W_OK), Self.isUsable(folder, W_OK | X_OK) else {
                return failed(
                    "the ledger \(path) can be read but not written",
                    fix:
                        "run as the user that owns it: a run with another ledger would book again what this one knows of",
                    hasCreated)
            }
            return Result(checks: [.passed(.ledger, path), locks(in: folder)], hasCreated: hasCreated)
        } catch let error as LedgerError where error.code == .missing && !mustExist {
            return missing()
        } catch let error as LedgerError {
            return failed(error.message, fix: error.fix, false)
        } catch {
            return failed("the ledger \(path) can't be read", fix: "check the disk that it lies on", false)
        }
    }

    /// After a login was accepted: lets runs that nobody watches log in again, where refused ones keep them from it.
    ///
    /// - Parameter endpoint: where the login was accepted.
    /// - Returns: what is to be said of it, not escaped; nil where nothing keeps them from it.
    package func liftLoginGuard(at endpoint: Endpoint) async -> String? {
        guard let reading = try? await Ledger.read(path),
            let refused = try? await reading.refusedLogins(at: endpoint.identity, limit: LoginGuard.limit),
            LoginGuard(refused: refused).objection(at: Date()) != nil
        else { return nil }
        do {
            try await Ledger.openSettled(path).recordAcceptedLogin(at: endpoint.identity)
            return "runs that nobody watches may log in again"
        } catch {
            let reason = LedgerError(error, path: path).message
            return "runs that nobody watches don't log in yet, since \(reason): start doctor again"
        }
    }

    private func failed(_ message: String, fix: String, _ hasCreated: Bool) -> Result {
        Result(
            checks: [
                .failed(.ledger, .ledgerUnusable, message, fix: fix),
                .skipped(.locks, "the ledger failed"),
            ], hasCreated: hasCreated)
    }

    /// The first run makes the folders that are not there.
    private func missing() -> Result {
        let place = NewFile.nearestFolder(to: path)
        guard Self.isUsable(place, W_OK | X_OK) else {
            return failed(
                "the ledger \(path) can't be made: \(place): \(SystemError.last.reason)",
                fix: "name a place that you may write to with --ledger", false)
        }
        return Result(
            checks: [.passed(.ledger, "\(path) is not there yet: the first run makes it"), locks(in: place)],
            hasCreated: false)
    }

    private var folder: String {
        let folder = PathParts(path).folder
        return folder.isEmpty ? "." : folder
    }

    private static func isUsable(_ path: String, _ mode: Int32) -> Bool {
        ForeignPath.withBytes(of: path) { access($0, mode) } == 0
    }

    /// Tries both kinds of lock that a run takes on a file whose name is gone before it is locked.
    private func locks(in folder: String) -> DoctorCheck {
        func failed(_ what: String) -> DoctorCheck {
            .failed(
                .locks, .ledgerUnusable, "\(folder): \(what)",
                fix:
                    "move the ledger, its log and its lock file to a local disk (--ledger): this may be a network folder"
            )
        }
        var template =
            ForeignPath.bytes(of: folder + "/.stimport-doctor-XXXXXX").map { CChar(bitPattern: $0) } + [0]
        let first = mkstemp(&template)
        guard first >= 0 else { return failed("no file can be made there: \(SystemError.last.reason)") }
        defer { close(first) }
        let second = open(template, O_RDWR | O_CLOEXEC)
        unlink(template)
        guard second >= 0 else { return failed("a file can't be opened twice: \(SystemError.last.reason)") }
        defer { close(second) }
        guard flock(first, LOCK_EX | LOCK_NB) == 0 else {
            return failed("files can't be locked: \(SystemError.last.reason)")
        }
        guard flock(second, LOCK_EX | LOCK_NB) != 0 else {
            return failed("a locked file could be locked again")
        }
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_len = 1
        guard fcntl(first, F_SETLK, &range) == 0 else {
            return failed("parts of a file can't be locked: \(SystemError.last.reason)")
        }
        return .passed(.locks, "files in \(folder) can be locked")
    }
}
