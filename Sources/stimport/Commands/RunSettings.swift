import SystemFiles
import AppointmentLedger
import AppointmentRows
import AppointmentImport
import CSVReading
import SecurityTrax

extension Settings {
    /// How files are read and rows checked.
    ///
    /// - Parameter makesLayout: whether `--layout` names a layout that is to be made.
    func readingOptions(now: Date = Date(), makesLayout: Bool = false) throws(UsageError) -> ReadingOptions {
        var options = ReadingOptions(now: now)
        put(into: &options)
        if self.noHeader, self.columns == nil {
            throw UsageError(
                "--no-header leaves the columns without names", fix: "name them with --columns A,B,C")
        }
        if self.columns != nil, !self.noHeader {
            throw UsageError(
                "--columns names the columns of a file without a header row",
                fix: "add --no-header, or map single columns with --map")
        }
        if let techs = self.techs { options.roster = try roster(techs, options.encoding) }
        options.values = try self.words.map(encoding: options.encoding)
        options.dateOrderYields = origin(\.dateOrder).kind == "file"
        options.timeZoneYields = origin(\.timeZone).kind == "file"
        options.layouts = file?.layouts(profile: profile) ?? []
        if let name = self.layout, !makesLayout, name != Layout.noLayout,
            !options.layouts.contains(where: { $0.name == name })
        {
            let names = options.layouts.map(\.name)
            throw UsageError(
                "--layout: the settings have no layout \(ValueParser.quoted(name))",
                fix: names.isEmpty
                    ? "make it with stimport map --layout \(ShellArgument.quoted(name)) FILE"
                    : ValueParser.wordsFix(name, names + [Layout.noLayout]))
        }
        options.hasDefaultSkips = !self.noDefaultSkips
        options.maxWindow = Int(self.maxWindow.components.seconds / 60)
        options.horizonDays = Int(self.horizon.components.seconds / 86_400)
        return options
    }

    /// The technicians by name.
    private func roster(_ choice: RosterChoice, _ encoding: TextEncoding?) throws(UsageError)
        -> TechnicianRoster
    {
        do throws(InputError) {
            switch choice {
            case .file(let path): return try TechnicianRoster(path: path, encoding: encoding)
            case .numbers(let numbers): return try TechnicianRoster(settings: numbers)
            }
        } catch {
            throw UsageError(error, at: origin(\.techs).place)
        }
    }

    /// Everything about one run but its endpoint and credentials.
    func importSettings(
        ledger: ImportSettings.LedgerChoice, endpoint: Endpoint, credentials: Credentials?
    ) throws(UsageError) -> ImportSettings {
        var settings = ImportSettings(
            ledger: ledger, endpoint: endpoint, credentials: credentials, reading: try readingOptions())
        put(into: &settings)
        settings.policy.handshakes = !self.noHandshake
        settings.postingWindow = self.postBetween.map { PostingWindow(hours: $0, zone: clockZone) }
        settings.expected = expectedFiles
        settings.rejects = self.noRejects ? .none : self.rejects.map { .file($0) } ?? .besideInput
        return settings
    }

    /// Whose clocks times of the day are meant by: the customers' where a zone is set, else the machine's.
    private var clockZone: SystemZone {
        self.timeZone?.zone ?? .current
    }

    /// The files that must have come; nil where none is expected.
    var expectedFiles: ExpectedFiles? {
        self.expect.isEmpty ? nil : ExpectedFiles(self.expect, zone: clockZone)
    }

    /// Refuses a rejects file for an inbox; the command line itself refuses one for several files.
    func checkInputs(inbox: String?) throws(UsageError) {
        if inbox != nil, self.rejects != nil {
            throw UsageError(
                "--rejects names one file, and there are several inputs",
                fix: "leave it out: an import gives each a rejects file of its own beside it")
        }
    }

    /// The ledger of a run.
    func ledgerChoice() throws(UsageError) -> ImportSettings.LedgerChoice {
        .file(try ledgerPath, mustExist: self.requireLedger, wait: self.waitForLock ?? .zero)
    }
}
