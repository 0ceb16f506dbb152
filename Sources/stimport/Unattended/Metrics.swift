import AppointmentLedger
import AppointmentRows
import AppointmentImport
import SystemFiles

/// What the textfile collector of Prometheus' node_exporter reads: how the last
/// run ended and what is open in the ledger, in the text exposition format 0.0.4.
struct Metrics: Sendable {
    /// The status that the process ends with.
    var exit: ExitStatus
    /// Nil where the run could not begin.
    var summary: RunReport?
    /// Open appointments of the whole ledger; nil where it can't be read.
    var pending: Int?
    var inDoubt: Int?
    var held: Int?
    var toDos: Int?
    /// When the last complete run ended: seconds since 1970 UTC.
    var lastSuccess: Double?
    /// Tells the files of several profiles apart: one collector refuses the same name without it.
    var profile: String?
    /// When this was written.
    var time = Date()

    /// The whole file.
    var text: String {
        var text = ""
        func add(_ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double?)]) {
            let known = samples.compactMap { sample in sample.value.map { (sample.labels, $0) } }
            guard !known.isEmpty else { return }
            text += "# HELP stimport_\(name) \(help)\n# TYPE stimport_\(name) gauge\n"
            for (labels, value) in known {
                let all = (profile.map { [("profile", $0)] } ?? []) + labels
                let list = all.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
                text += "stimport_\(name)" + (list.isEmpty ? "" : "{\(list)}") + " \(Self.number(value))\n"
            }
        }
        func add(_ name: String, _ help: String, _ value: Double?) { add(name, help, [([], value)]) }

        add("exit_status", "The exit status of the last run.", Double(exit.rawValue))
        add("run", "The number of the last run.", summary?.run.map { Double($0) })
        let totals = summary?.totals
        add(
            "rows", "Rows of the last run by state.",
            RowState.shown.map { state in ([("state", state.name)], totals.map { Double($0[state]) }) })
        add("files", "Files of the last run.", summary.map { Double($0.files.count) })
        add(
            "files_unreadable", "Files of the last run that could not be read as appointments.",
            summary.map { Double($0.files.count { $0.problem.map { !$0.isSetAside } ?? false }) })
        add(
            "files_set_aside", "Files of the last run that were set aside because of their rows.",
            summary.map { Double($0.files.count { $0.problem?.isSetAside ?? false }) })
        add(
            "stopped", "1 where the last run stopped itself, with the reason's code; otherwise 0.",
            [
                (
                    summary?.stopped.map { [("code", $0.code.rawValue)] } ?? [],
                    summary.map { $0.stopped == nil ? 0 : 1 }
                )
            ])
        add("batches", "Batches claimed by the last run.", summary.map { Double($0.batches) })
        add("posts", "Requests attempted by the last run.", summary.map { Double($0.posts) })
        add("retries", "Requests of the last run that repeated rows.", summary.map { Double($0.retries) })
        add("run_seconds", "How long the last run took.", summary?.seconds)
        add("last_run_timestamp_seconds", "When the last run ended.", time.timeIntervalSince1970.rounded())
        add("last_success_timestamp_seconds", "When the last complete run ended.", lastSuccess)
        add(
            "ledger_pending", "Appointments in the ledger that are still to be posted.",
            pending.map { Double($0) })
        add(
            "ledger_in_doubt", "Appointments in the ledger that may or may not exist.",
            inDoubt.map { Double($0) })
        add(
            "ledger_held", "Appointments in the ledger that wait for a person's word on their run.",
            held.map { Double($0) })
        add(
            "ledger_to_do", "Visits that are to be changed in SecurityTrax by hand.",
            toDos.map { Double($0) })
        add(
            "to_do_new", "Those of them that the last run found first.",
            summary.map { Double($0.toDos.new) })
        add(
            "findings_new", "Findings of the last run that no earlier run told.",
            summary.map { Double($0.findingsNew) })
        return text
    }

    private static func escaped(_ value: String) -> String {
        ActingCharacter.escaped(
            value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""), keeping: "\n"
        ).replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15
            ? String(Int(value)) : String((value * 1000).rounded() / 1000)
    }

    // MARK: The file

    /// Puts the file in its place, readable for everybody, whole or not at all.
    ///
    /// - Throws: `FileError`.
    func write(to path: String) throws(FileError) {
        let folder = PathParts(path).folder
        // The collector reads *.prom only, so it never sees the temporary name.
        let file = try AtomicFile(in: folder.isEmpty ? "." : folder, isPublic: true)
        try file.write(Array(text.utf8))
        _ = try file.install(at: path, replacing: true)
    }

    /// The time of the last success in a file that an earlier run wrote: for a run that can't read its ledger.
    static func lastSuccess(in path: String) -> Double? {
        guard let bytes = try? SmallFile.read(path) else { return nil }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first {
            $0.hasPrefix("stimport_last_success_timestamp_seconds")
        }
        return line?.split(separator: " ").last.flatMap { Double($0) }
    }
}
