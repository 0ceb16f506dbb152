import AppointmentLedger
import AppointmentRows
import AppointmentImport
import CSVReading
import Foundation
import SecurityTrax

extension Settings {
    /// How files are read and rows checked.
    func readingOptions(now: Date = Date()) throws(UsageError) -> ReadingOptions {
        var options = ReadingOptions(now: now)
        options.delimiter = self.delimiter
        options.encoding = self.encoding?.textEncoding
        if self.noHeader, self.columns == nil {
            throw UsageError(
                "--no-header leaves the columns without names", fix: "name them with --columns A,B,C")
        }
        if self.columns != nil, !self.noHeader {
            throw UsageError(
                "--columns names the columns of a file without a header row",
                fix: "add --no-header, or map single columns with --map")
        }
        options.columns = self.columns
        options.identityColumn = self.identityColumn
        do throws(OptionError) {
            for mapping in self.map {
                let (column, name) = try ReadingOptions.mapping("\(mapping.column)=\(mapping.name)")
                options.columnMap[column] = name
            }
            if let columns = self.columns {
                options.columns = try ReadingOptions.columns(columns.joined(separator: ","))
            }
            if let timeZone = self.timeZone { options.timeZone = try ReadingOptions.timeZone(timeZone) }
        } catch {
            throw UsageError(error.message, fix: error.fix)
        }
        if let techs = self.techs { options.roster = try roster(techs) }
        options.skips = self.skip.map { ColumnRule(column: $0.column, values: $0.values) }
        options.only = self.only.map { ColumnRule(column: $0.column, values: $0.values) }
        options.hasDefaultSkips = !self.noDefaultSkips
        options.givenDateOrder =
            switch self.dateOrder {
            case .mdy: .monthFirst
            case .dmy: .dayFirst
            case .ymd: .yearFirst
            case nil: nil
            }
        options.maxWindow = Int(self.maxWindow.components.seconds / 60)
        options.horizonDays = Int(self.horizon.components.seconds / 86_400)
        options.allowPast = self.allowPast
        options.hours = self.hours.map { $0.opening...$0.closing }
        options.slotScheduling = self.slotScheduling
        options.maxNotes = self.maxNotes
        options.isStrict = self.strict
        return options
    }

    /// The technicians by name.
    private func roster(_ choice: RosterChoice) throws(UsageError) -> TechnicianRoster {
        do throws(RosterError) {
            switch choice {
            case .file(let path): return try TechnicianRoster(path: path)
            case .numbers(let numbers): return try TechnicianRoster(settings: numbers)
            }
        } catch {
            throw UsageError("\(origin(\.techs).place): \(error.message)", fix: error.fix)
        }
    }

    /// Everything about one run but its endpoint and credentials.
    func importSettings(
        ledger: ImportSettings.LedgerChoice, endpoint: Endpoint, credentials: Credentials?
    ) throws(UsageError) -> ImportSettings {
        var settings = ImportSettings(
            ledger: ledger, endpoint: endpoint, credentials: credentials, reading: try readingOptions())
        settings.timeout = self.timeout
        settings.caFile = self.caFile
        settings.policy.batchSize = self.batchSize
        settings.policy.concurrency = self.concurrency
        settings.policy.retries = self.retries
        settings.policy.rate = self.rate
        settings.policy.handshakes = !self.noHandshake
        settings.policy.stopAfter = self.stopAfter
        settings.allOrNothing = self.allOrNothing
        settings.maxInvalid =
            switch self.maxInvalid {
            case .rows(let count): .rows(count)
            case .percent(let share): .percent(share)
            case nil: nil
            }
        settings.verifiesCustomers = self.verifyCustomers
        settings.allowsRebooking = self.allowRebooking
        settings.checksOverlaps = self.checkOverlaps
        settings.rejects = self.noRejects ? .none : self.rejects.map { .file($0) } ?? .besideInput
        return settings
    }

    /// The ledger of a run.
    func ledgerChoice() throws(UsageError) -> ImportSettings.LedgerChoice {
        .file(try ledgerPath, mustExist: self.requireLedger, wait: self.waitForLock ?? .zero)
    }
}

extension EncodingChoice {
    fileprivate var textEncoding: TextEncoding {
        switch self {
        case .utf8: .utf8
        case .windows1252: .windows1252
        case .latin1: .iso88591
        case .utf16LittleEndian: .utf16LittleEndian
        case .utf16BigEndian: .utf16BigEndian
        }
    }
}
