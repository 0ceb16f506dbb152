import CSVReading
import SystemFiles
import SecurityTrax

/// The checks of one file's rows: they turn its records into checked rows. A valid row costs no memory of its own
/// and no String.
struct RowChecker {
    let options: ReadingOptions
    let delimiter: UInt8
    private var skipRules: SkipRules
    /// Where the file says who its customers are; nil where nothing is compared.
    let customerColumns: CustomerColumns?
    /// `options.now`, in minutes since 1970-01-01 00:00 UTC.
    let now: Int
    /// `options.knownTechIDs`.
    let knownTechIDs: Set<Int64>?
    /// `options.years`.
    let years: ClosedRange<Int>
    /// What the lines that are no rows say of those below them.
    var headings: SectionHeadings
    /// What stands above empty technicians.
    var merged: MergedTechnicians
    /// What is said of the times twice.
    let repeated: RepeatedTimes
    var zones = ZoneCache()
    var dateForms = DateForms()
    /// Whether the first time of the file says AM or PM; nil where there was none yet.
    var writesHalfOfDay: Bool?
    /// What numbers in columns of durations count.
    let durationUnits: WrittenDuration.Units
    /// How far the file's rows usually reach (`RowExtent`).
    let usualExtent: Int
    /// nil where no row of the file can be taken in one step.
    var plainRows: PlainRows?
    /// Whether it was said that the file's text is garbled.
    private var saidGarbled = false

    /// - Parameters:
    ///   - above: the records above the header.
    ///   - sample: the first records below it.
    /// - Throws: where a rule names a column that the file doesn't have.
    init(
        plan: ColumnPlan, options: ReadingOptions, delimiter: UInt8, line: Int, usualExtent: Int,
        above: [CSVRecord] = [], sample: [CSVRecord] = []
    ) throws(InputError) {
        headings = SectionHeadings(plan: plan, options: options, above: above, sample: sample)
        merged = MergedTechnicians(plan: plan, options: options, sample: sample)
        repeated = RepeatedTimes(plan: plan, options: options)
        self.usualExtent = usualExtent
        durationUnits = WrittenDuration.Units(plan)
        self.options = options
        self.delimiter = delimiter
        customerColumns = options.knownCustomers == nil ? nil : CustomerColumns(plan)
        skipRules = try SkipRules(plan: plan, options: options, line: line, sample: sample)
        now = Int((options.now.timeIntervalSince1970 / 60).rounded(.down))
        years = options.years
        knownTechIDs = options.knownTechIDs
        if skipRules.isEmpty {
            plainRows = PlainRows(plan: plan, options: options, repeated: repeated, now: now)
        }
        plainRows?.needsTechnician = merged.isPossible
    }

    /// Checks the record in hand and adds its row to the chunk, with all of its findings.
    mutating func run(_ check: inout RowCheck) {
        if takePlain(&check) {
            noteRow(technician: check.chunk.rows.last?.techID ?? 0, check)
            if merged.isPossible { noteTechnician(start: check.chunk.rows.last?.start, check) }
            return
        }
        check.begin()
        completeRow(&check)
        var (isRow, isHeading) = (false, false)
        if options.wantsLookUpsOnly, hasID(check) { return }
        if let (field, finding) = quoteTrouble(check) {
            // Where its fields begin and end is unknown, so nothing more can be said.
            check.report(at: field, finding)
        } else if let finding = stillRejected(check) {
            check.report(finding)
        } else if isNoAppointment(check), !isCalledOffByNumber(&check) {
            reportNoAppointment(&check)
            isHeading = true
        } else if let finding = shapeTrouble(check) {
            // Which field belongs to which column is unknown, so nothing more can be said.
            check.report(finding)
        } else if check.row.isCalledOff || skipRules.skip(&check) {
            readVisit(&check)
        } else {
            isRow = check.beginsWithDigit(.start) || !lacksTimes(check)
            findUnprintable(&check)
            checkCustomer(&check)
            verifyCustomer(&check)
            checkTechnician(&check)
            checkFurtherTechnicians(&check)
            checkServiceType(&check)
            checkTimes(&check)
            checkMoves(&check)
            checkRepeatedTimes(&check)
            checkTexts(&check)
            checkGarbled(&check)
            checkWasAsked(&check)
        }
        isHeading = isHeading || mayBeHeading(check)
        if !isHeading { checkAbove(&check, isRow: isRow) }
        check.end(isStrict: options.isStrict)
        if isHeading {
            headings.note(heading: check.record, line: check.line)
            skipRules.noteGap()
            merged.endGroup()
        } else if isRow {
            noteRow(technician: check.row.techID, check)
        }
    }

    /// Looks whether a row that may be booked says itself what was said above it.
    @inline(__always)
    private mutating func noteRow(technician id: Int64, _ check: RowCheck) {
        if headings.isOpen {
            headings.note(row: check, technician: id)
        } else {
            headings.noteRow(technician: id)
        }
    }

    /// Says that the header stands between the rows once more.
    mutating func noteGap() {
        skipRules.noteGap()
        merged.endGroup()
    }

    /// Why nothing of the file may be kept, as far as its rows together show it.
    func problem(isAtEnd: Bool) -> InputError? {
        headings.problem ?? skipRules.problem ?? (isAtEnd ? headings.problemAtEnd : nil)
    }

    /// Takes the record in hand in one step, where it has nothing unusual.
    @inline(__always)
    private mutating func takePlain(_ check: inout RowCheck) -> Bool {
        // A field of several lines may be several rows.
        if plainRows == nil || headings.asksRows || check.record.lineCount > 1 && quoteTrouble(check) != nil {
            return false
        }
        return plainRows?.take(
            &check, startForm: dateForms.first(of: .start), endForm: dateForms.first(of: .end),
            needsHalfOfDay: writesHalfOfDay == true) ?? false
    }

    /// Reads which visit a row that is left out is about: an earlier file may have left it pending, or had it created.
    /// Nothing is said of the row besides.
    private mutating func readVisit(_ check: inout RowCheck) {
        keepSenderNumber(&check)
        let (said, forms) = (check.findingCount, dateForms)
        findUnprintable(&check)
        checkCustomer(&check)
        checkTechnician(&check)
        checkServiceType(&check)
        checkTimes(&check)
        check.takeBackFindings(since: said)
        dateForms = forms
    }

    /// Whether a record that names neither a customer nor a time has the sender's number of a visit, and says that it
    /// was called off: exports empty the rest.
    private mutating func isCalledOffByNumber(_ check: inout RowCheck) -> Bool {
        let identity = check.plan.identity
        guard identity >= 0, check.text(at: identity).contains(where: \.isNumber) else { return false }
        let said = check.findingCount
        if skipRules.skip(&check), check.row.isCalledOff { return true }
        check.takeBackFindings(since: said)
        check.row.isCalledOff = false
        return false
    }

    /// Keeps the sender's own number of a row: it tells which visit is meant even where the row's times say nothing.
    private func keepSenderNumber(_ check: inout RowCheck) {
        let identity = check.plan.identity
        guard identity >= 0, !check.isUnusable(identity),
            SenderNumber.damage(check.text(at: identity)) == nil,
            !SenderNumber.isPlaceholder(check.text(at: identity))
        else { return }
        check.row.senderNumber = check.keep(SenderNumber.canonical(check.text(at: identity)))
    }

    /// Reports the characters that can't be sent, the first of each field.
    private func findUnprintable(_ check: inout RowCheck) {
        for field in 0..<check.record.count {
            guard check.record.withField(field, { ForbiddenCharacter.isPossible(in: $0) }),
                let character = check.record.withField(field, { ForbiddenCharacter.first(in: $0) })
            else { continue }
            // Elsewhere only a NUL matters: it says that the file is damaged.
            guard character.scalar == 0 || check.plan.isUsed(field) else { continue }
            // A phone is not looked at where the row has its customer's ID.
            if character.scalar != 0, check.plan.holdsNumber(field), hasID(check) { continue }
            check.report(at: field) { .unprintable($0, character: character) }
            check.markUnusable(field)
        }
    }

    private func checkServiceType(_ check: inout RowCheck) {
        let field = check.plan[.serviceType]
        guard !check.isUnusable(field) else { return }
        // The dealer's mapping of a word takes precedence over our own reading of it.
        var written = options.values.maps(.serviceType) ? ours(.serviceType, check) : nil
        if let type = written?.withUTF8({ ServiceType(written: $0) })
            ?? check.record.withField(field, { ServiceType(written: trim($0)) })
        {
            check.row.serviceType = type
            check.row.named.insert(.serviceType)
        } else if check.hasNoValue(at: field) {
            check.report(.serviceType) { .missingValue($0, meaning: .serviceType) }
        } else {
            check.report(.serviceType) { .invalidServiceType($0) }
        }
    }

    /// Our value for what the file says in a column, nil where nobody has said what it stands for.
    private func ours(_ column: InputColumn, _ check: RowCheck) -> String? {
        options.values.ours(for: check.value(column), in: column)
    }

    func isMapped(_ column: InputColumn, _ check: RowCheck) -> Bool {
        options.values.maps(column) && ours(column, check) != nil
    }

    /// Says once for the file, or of each row where that makes it invalid, that its text is garbled.
    private mutating func checkGarbled(_ check: inout RowCheck) {
        if saidGarbled, !options.isStrict { return }
        for field in 0..<check.record.count where check.plan.isUsed(field) && !check.isUnusable(field) {
            guard let garbled = check.record.withField(field, { GarbledText.first(in: $0) }) else { continue }
            saidGarbled = true
            let encoding = options.encoding == .utf8 ? nil : options.encoding?.name
            check.report(at: field) { .garbledText($0, garbled, encoding: encoding) }
            return
        }
    }

    private func checkTexts(_ check: inout RowCheck) {
        let (notes, identity) = (check.plan[.notes], check.plan.identity)
        let limit = options.maxNotes
        if notes >= 0, !check.isUnusable(notes) {
            let length = check.record.withField(notes) { bytes -> Int in
                let text = trim(bytes)
                // A character has at least one byte.
                guard text.count > limit else { return text.count }
                return text.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
            }
            if length > limit { check.report(.notes) { .notesTooLong($0, length: length, limit: limit) } }
        }
        for column in [InputColumn.notes, .serviceDetailType] {
            let position = check.plan[column]
            guard position >= 0, !check.isUnusable(position),
                check.record.withField(position, { Finding.mayBeLostText(trim($0)) }),
                Finding.isLostText(check.text(at: position))
            else { continue }
            check.report(column) { .lostValue($0) }
        }
        if identity >= 0, !check.isUnusable(identity) {
            if check.isEmpty(at: identity) {
                check.report(at: identity) { .missingValue($0, meaning: nil) }
            } else if SenderNumber.damage(check.text(at: identity)) != nil {
                check.report(at: identity) { .lostSenderNumber($0) }
            } else if SenderNumber.isPlaceholder(check.text(at: identity)) {
                check.report(at: identity) { .noSenderNumber($0) }
            }
        }
        // It tells which visit a row is about that can't be posted.
        if check.hasError { return keepSenderNumber(&check) }
        let texts = AppointmentTexts { field in
            let column = InputColumn(field)
            if options.values.maps(column), let ours = ours(column, check) { return check.keep(ours) }
            let position = check.plan[column]
            if position >= 0, check.hasNoValue(at: position) { return check.keep("") }
            return check.keepText(at: position)
        }
        check.row.texts = texts
        keepSenderNumber(&check)
    }
}
