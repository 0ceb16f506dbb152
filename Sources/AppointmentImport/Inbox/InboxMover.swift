import AppointmentLedger
import AppointmentRows
import SystemFiles

/// Takes the files of a run out of their inbox, while the run still holds the ledger.
///
/// No file is ever overwritten or lost: a name that is taken gets a number, and
/// what was moved is looked at again afterwards. Where a producer has put a new
/// file in its place meanwhile, that one goes back.
struct InboxMover {
    let inbox: Inbox

    /// The folders below the inbox.
    enum Place: String {
        case done, rejects, doubt
    }

    /// Where a file belongs; nil where it stays.
    ///
    /// - Parameter stoppedRun: whether it is the file that stopped its run: nothing of it will be posted.
    static func place(of file: RunReport.File, stoppedRun: Bool = false) -> Place? {
        if let problem = file.problem {
            // What may be different the next time stays: a missing permission, a disk that fails, a writer at work.
            return problem.mayPass ? nil : .rejects
        }
        if stoppedRun { return .rejects }
        if file.counts[.pending] > 0 { return nil }
        if file.counts[.inDoubt] > 0 { return .doubt }
        return file.counts[.invalid] + file.counts[.refused] > 0 ? .rejects : .done
    }

    /// Moves a file, and its rejects file with it.
    func move(_ file: inout RunReport.File, _ input: OpenedInput, stoppedRun: Bool) {
        guard let place = Self.place(of: file, stoppedRun: stoppedRun),
            let descriptor = input.opened?.descriptor,
            let stamp = InboxStamp(descriptor: descriptor)
        else { return }
        do {
            guard ForeignPath.withBytes(of: file.name, { access($0, F_OK) }) == 0 else {
                throw ImportError.movedByOthers
            }
            guard InboxStamp(file.name) == stamp, (try? input.opened?.checkUnchanged()) != nil else {
                throw ImportError.changedSinceRead
            }
            let folder = ForeignPath.text(of: Array(place.rawValue.utf8), in: inbox.path)
            try make(folder)
            let number = Self.freeNumber(for: [file.name] + (file.rejects.map { [$0] } ?? []), in: folder)
            // The rejects file first: a kill in between leaves the input, and with it everything.
            if let rejects = file.rejects {
                file.rejects = try Self.move(rejects, into: folder, from: number)
            }
            let moved = try Self.move(file.name, into: folder, from: number)
            guard InboxStamp(moved) == stamp else {
                try giveBack(moved, to: file.name)
                throw ImportError.changedSinceRead
            }
            file.movedTo = moved
        } catch let error as ImportError {
            file.moveError = error.message
            file.moveFix = error.fix
        } catch {
            file.moveError = "\(error)"
        }
    }

    private func make(_ folder: String) throws {
        // Whoever may use the inbox may use its folders.
        guard let status = FileIdentity.status(of: inbox.path) else {
            throw ImportError.folderNotFound(inbox.path, .last)
        }
        if ForeignPath.withBytes(of: folder, { mkdir($0, 0o700) }) == 0 {
            _ = ForeignPath.withBytes(of: folder) { chmod($0, mode_t(status.permissions)) }
        } else if errno != EEXIST {
            throw ImportError.folderNotMade(folder, .last)
        }
        guard FileIdentity.status(ofLink: folder)?.kind == .folder else {
            throw ImportError.notAFolder(folder)
        }
    }

    /// Puts back what was not ours to move; under another name where a third file has come meanwhile.
    private func giveBack(_ moved: String, to name: String) throws {
        _ = try Self.move(moved, into: inbox.path, as: name, from: 1)
    }

    /// Moves a file into a folder of the same file system, under its own name or a numbered one.
    ///
    /// - Parameter wished: a path whose last name it is to have instead.
    /// - Returns: where it is now.
    package static func move(_ path: String, into folder: String, as wished: String? = nil, from first: Int)
        throws
        -> String
    {
        for number in first...9_999 {
            let target = target(of: wished ?? path, in: folder, number)
            do throws(SystemError) {
                try ExclusiveRename.rename(path, to: target)
                return target
            } catch {
                guard error.code == EEXIST else { throw ImportError.notMoved(to: target, error) }
            }
        }
        throw ImportError.tooManyOfItsName(in: folder)
    }

    /// The first number under which all of the files are free to go to a folder: a pair is to look like one.
    private static func freeNumber(for paths: [String], in folder: String) -> Int {
        (1...9_999).first { number in
            paths.allSatisfy { FileIdentity.status(ofLink: target(of: $0, in: folder, number)) == nil }
        } ?? 1
    }

    /// Where a file goes in a folder: its name, byte for byte, with a number.
    private static func target(of path: String, in folder: String, _ number: Int) -> String {
        let bytes = ForeignPath.bytes(of: path)
        let name = bytes[(bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
        return ForeignPath.text(of: numbered(Array(name), number), in: folder)
    }

    /// `a.csv`, `a-2.csv`; `a.rejects.csv`, `a-2.rejects.csv`.
    static func numbered(_ name: [UInt8], _ number: Int) -> [UInt8] {
        if number == 1 { return name }
        let lowercased = String(decoding: name, as: UTF8.self).lowercased()
        let ending = [".rejects.csv", ".csv"].first { lowercased.hasSuffix($0) } ?? ""
        return name.dropLast(ending.utf8.count) + Array("-\(number)".utf8) + name.suffix(ending.utf8.count)
    }
}
