import AppointmentLedger
import AppointmentRows
import CSVReading
import SystemFiles
import SecurityTrax

/// Writes the rejects files of a run: the rows that are invalid or refused, as
/// they were, with what is wrong and what would fix it. Corrected and imported
/// again, such a file completes the import.
struct RejectsWriter {
    /// What became of one input's rejects.
    struct Written: Sendable, Hashable {
        /// The file that was written, named relative to where its input is named from.
        var name: String?
        /// Why none could be written.
        var error: String?
    }

    private let choice: ImportSettings.RejectsChoice
    private let writesBesideInput: Bool
    private let options: ReadingOptions
    private let ledger: Ledger

    init(_ settings: ImportSettings, ledger: Ledger) {
        choice = settings.rejects
        writesBesideInput = settings.purpose == .post && settings.ledger != .temporary
        options = settings.reading
        self.ledger = ledger
    }

    /// Writes the rejects of staged files, or removes those of an earlier run
    /// that nobody has touched since, where nothing is left to reject.
    ///
    /// - Parameters:
    ///   - files: the files' IDs in the ledger: one, or all of a run that has no input.
    ///   - hasRejects: whether there are invalid or refused rows.
    ///   - input: the file itself; nil for rows that `resume` took from the ledger.
    func write(staged files: ClosedRange<Int>, hasRejects: Bool, _ input: OpenedInput?) async -> Written {
        let original = input.flatMap { $0.opened?.isSpooled == false ? $0.name : nil }
        let place: RejectsPlace
        switch choice {
        case .none: return Written()
        case .file(let path): place = RejectsPlace(explicit: path, input: original)
        case .besideInput:
            guard writesBesideInput, let original else { return Written() }
            place = RejectsPlace(beside: original)
        }
        do {
            guard hasRejects else {
                try await removeOld(of: place)
                return Written()
            }
            let output = try await content(of: files, input, in: try place.absoluteFolder())
            return Written(name: try await put(output, at: place))
        } catch {
            return Written(error: Self.words(error))
        }
    }

    // MARK: Content

    private func content(of files: ClosedRange<Int>, _ input: OpenedInput?, in folder: String) async throws
        -> AtomicFile
    {
        let hasFound = try await ledger.hasFoundCustomers(inFiles: files)
        let hasShapeless = try await ledger.hasShapelessRows(inFiles: files)
        let added = RejectsColumn.allCases.filter {
            switch $0 {
            case .customer: hasFound
            case .shape: hasShapeless
            default: true
            }
        }
        if let input {
            do {
                return try await fill(
                    RejectsContent(copying: input, options, in: folder, adding: added), files)
            } catch is InputError {
                // It changed since it was read: the ledger still knows the seven columns.
            }
        }
        return try await fill(RejectsContent(in: folder, adding: added), files)
    }

    private func fill(_ content: RejectsContent, _ files: ClosedRange<Int>) async throws -> AtomicFile {
        for try await rows in ledger.rejected(ofFiles: files) {
            for row in rows { try content.add(row) }
        }
        return try content.finish()
    }

    // MARK: Files

    private func put(_ output: AtomicFile, at place: RejectsPlace) async throws -> String {
        for number in place.firstNumber...999 {
            let name = place.name(number)
            let path = try place.absolutePath(number)
            if place.isInput(path) { continue }
            if let found = FileStamp(path) {
                // Replaced only where it is ours, of the same input, and as we left it.
                let ours = try await ledger.writtenRejects(at: path)
                guard let ours, ours.input == place.inputIdentity, ours.size == found.size,
                    ours.modified == found.modified
                else { continue }
                _ = try output.install(at: path, replacing: true)
            } else {
                guard try output.install(at: path, replacing: false) else { continue }
            }
            if let stamp = FileStamp(path) {
                try await ledger.remember(
                    WrittenRejects(
                        path: path, input: place.inputIdentity, size: stamp.size, modified: stamp.modified))
            }
            return name
        }
        throw ImportError.tooManyRejectsFiles
    }

    private func removeOld(of place: RejectsPlace) async throws {
        for ours in try await ledger.writtenRejects(ofInput: place.inputIdentity)
        where !place.isInput(ours.path) {
            if let found = FileStamp(ours.path), found.size == ours.size, found.modified == ours.modified {
                guard ForeignPath.withBytes(of: ours.path, { unlink($0) }) == 0 else { continue }
            }
            try await ledger.forgetRejects(at: ours.path)
        }
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as ImportError: error.message
        case let error as FileError: error.message
        case let error as LedgerError: error.message
        case let error as InputError: error.message
        case let error as CSVError: error.message
        default: "\(error)"
        }
    }
}
