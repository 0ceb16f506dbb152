import AppointmentRows
import AppointmentImport
import SystemFiles

/// What a command writes, and what it must not write over: told by which file it is, not by how it is spelled.
struct OutputPlaces {
    /// A path, and what it is to whoever named it.
    struct Named {
        /// For messages: `--metrics`, `the ledger`.
        let what: String
        let path: String
    }

    /// How a file comes to be at its place.
    enum Manner {
        /// Lines are added to what is there, which may be a pipe.
        case appended
        /// A whole file is put there.
        case placed
    }

    private var outputs: [(named: Named, manner: Manner)] = []
    private var kept: [Named] = []
    /// Descriptors that are read.
    private var openInputs: [(what: String, descriptor: Int32)] = []
    private var inbox: String?

    mutating func add(_ what: String, _ path: String?, _ manner: Manner = .placed) {
        if let path { outputs.append((Named(what: what, path: path), manner)) }
    }

    mutating func keep(_ what: String, _ path: String?) {
        if let path { kept.append(Named(what: what, path: path)) }
    }

    /// Keeps what a run reads: files, or standard input.
    mutating func keep(inputs: [String], inbox: String?) {
        for name in inputs {
            if name == "-" {
                openInputs.append(("standard input", 0))
            } else {
                keep("the input", name)
            }
        }
        self.inbox = inbox
    }

    /// Refuses an output that is something that must be kept, a device, a folder, or another output.
    func check() throws(UsageError) {
        for (index, (output, manner)) in outputs.enumerated() {
            let place = Place(output.path)
            // A log that is one says so when it is opened, before anything else happens.
            if place.isFolder, manner == .placed {
                throw UsageError("\(output.what) names a folder, \(output.path)", fix: "name a file in it")
            }
            if place.isDevice(manner) {
                throw UsageError(
                    "\(output.what) names a device, \(output.path)",
                    fix: manner == .appended
                        ? "name a file; without --log, the log goes to standard error" : "name a file")
            }
            for other in kept where place.isSame(as: Place(other.path)) {
                let path = other.path == output.path ? "" : " \(other.path)"
                throw UsageError(
                    "\(output.what) \(output.path) is \(other.what)\(path), which would be written over",
                    fix: "name another file")
            }
            for (what, descriptor) in openInputs
            where place.identity != nil
                && place.identity == FileIdentity.status(ofDescriptor: descriptor)?.identity
            {
                throw UsageError(
                    "\(output.what) \(output.path) is what \(what) is read from", fix: "name another file")
            }
            if let inbox, Inbox.isToImport(PathParts(place.path).name),
                Place(inbox).isSame(as: Place(PathParts(place.path).folder))
            {
                throw UsageError(
                    "\(output.what) \(output.path) lies in the inbox, and would be imported",
                    fix: "name a file elsewhere, or one that does not end in .csv")
            }
            for (other, _) in outputs[..<index] where place.isSame(as: Place(other.path)) {
                throw UsageError(
                    "\(other.what) and \(output.what) name one file, \(output.path)",
                    fix: "give each a file of its own")
            }
        }
    }

    /// Where a path leads.
    private struct Place {
        let path: String
        private let named: String
        private let status: FileIdentity.Status?

        init(_ path: String) {
            named = path
            self.path = ResolvedPath.future(path)
            status = FileIdentity.status(of: path)
        }

        /// Nil where there is nothing yet.
        var identity: FileIdentity? { status?.identity }
        var isFolder: Bool { status?.kind == .folder || named.utf8.last == UInt8(ascii: "/") }

        func isSame(as other: Place) -> Bool {
            path == other.path || identity != nil && identity == other.identity
        }

        func isDevice(_ manner: Manner) -> Bool {
            switch status?.kind {
            case .device: return true
            case .pipe, .other: return manner == .placed
            case .file, .folder, nil: break
            }
            // A log may be a pipe of its own, `/dev/stdout` for instance, but nothing new is made there.
            guard manner == .placed || status == nil else { return false }
            // A name of a descriptor: what is put there takes the name away.
            let parent = PathParts(named).folder
            let folder = ResolvedPath.future(parent.isEmpty ? "." : parent)
            return folder == "/dev" || folder.utf8.starts(with: "/proc/".utf8)
        }
    }
}

extension Settings {
    /// Refuses a setting that would write over the ledger, an input, a settings or password file, or into a device.
    /// Called before anything is opened for writing.
    ///
    /// - Parameters:
    ///   - inputs: what the command reads.
    ///   - inbox: the folder that it imports.
    ///   - others: outputs that are no setting of a run.
    func checkOutputs(
        of command: CommandName, inputs: [String] = [], inbox: String? = nil,
        others: [(what: String, path: String?)] = []
    ) throws(UsageError) {
        var places = OutputPlaces()
        func isTaken(_ flag: Flag) -> Bool { flag.commands.contains(command) }
        let table = FlagTable.shared
        if isTaken(table.log.flag), command != .sandbox || origin(\.log).kind == "flag" {
            places.add("--log", self.log, .appended)
        }
        if isTaken(table.metrics.flag) { places.add("--metrics", self.metrics) }
        if isTaken(table.rejects.flag) { places.add("--rejects", self.rejects) }
        for (what, path) in others { places.add(what, path) }

        if let ledger = try? ledgerPath {
            // The log and the lock lie beside the file itself, wherever a link to it is.
            let resolved = ResolvedPath.future(ledger)
            places.keep("the ledger", ledger)
            places.keep("the ledger's log", resolved + "-wal")
            places.keep("the ledger's log", resolved + "-shm")
            places.keep("the ledger's log", resolved + "-journal")
            places.keep("the ledger's lock file", resolved + ".lock")
        }
        places.keep(inputs: inputs, inbox: inbox)
        places.keep("the settings file", file?.path)
        for path in secrets.files { places.keep("the password file", path) }
        // Whatever else a setting has this program read.
        let written = [table.log.flag, table.metrics.flag, table.rejects.flag, table.csv.flag].map(\.name)
        for flag in FlagTable.flags
        where !written.contains(flag.name) && flag.name != table.ledger.flag.name {
            let path: String?
            switch flag.kind {
            case .file: path = values[flag.name]?.texts.last
            case .words: path = values[flag.name]?.texts.last(where: WordSources.isFile)
            case .fileOrNumbers:
                path = if case .file(let path) = self.techs { path } else { nil }
            default: path = nil
            }
            places.keep("the file of --\(flag.name)", path)
        }
        try places.check()
    }
}
