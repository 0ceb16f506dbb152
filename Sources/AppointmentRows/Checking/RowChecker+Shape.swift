import CSVReading

// Whether a record's fields stand under the names that they were meant for.
extension RowChecker {
    /// Why a record's fields may not be what was meant, and the position of the field that shows it.
    func quoteTrouble(_ check: RowCheck) -> (Int, (FindingPlace) -> Finding)? {
        let record = check.record
        if record.lineCount > 1 {
            for field in 0..<record.count
            where record.innerLinesSplit(field: field, into: check.plan.width, delimiter: delimiter) {
                let (lines, rows) = lines(of: field, check)
                return (field, { .badQuoting($0, lines: lines, rows: rows) })
            }
        }
        guard let field = record.firstMisquotedField else { return nil }
        let hasBackslash = record.hasBackslashBeforeQuote(field)
        return (field, { .strayQuote($0, hasBackslash: hasBackslash) })
    }

    /// How many lines a field has, and how many of them behind the first one have as many fields as a row.
    private func lines(of field: Int, _ check: RowCheck) -> (count: Int, rows: Int) {
        let mark = Character(UnicodeScalar(delimiter))
        let lines = check.text(at: field).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return (
            lines.count, lines.dropFirst().count { line in 1 + line.count { $0 == mark } == check.plan.width }
        )
    }

    /// Says that a row of a rejects file stands as it did when it was rejected, where its fields may stand under the
    /// wrong names: they were written down one by one, and look like any others now.
    func stillRejected(_ check: RowCheck) -> Finding? {
        guard let columns = check.plan.rejection else { return nil }
        let code = check.text(at: columns.code)
        guard let code = FindingCode.shapeless.first(where: { $0.rawValue == code }),
            check.text(at: columns.shape) == RowShape.text(of: columns.others.lazy.map { check.text(at: $0) })
        else { return nil }
        return .stillRejected(line: check.line, code, column: check.plan.name(at: columns.code))
    }

    /// Why a record is no row of its header.
    func shapeTrouble(_ check: RowCheck) -> Finding? {
        let (count, width) = (check.record.count, check.plan.width)
        guard count >= check.plan.minimumWidth else { return ragged(check, extra: nil) }
        if count > width, let field = (width..<count).first(where: { !check.isEmpty(at: $0) }) {
            return ragged(check, extra: check.text(at: field))
        }
        // Spreadsheets end rows with empty fields, and people write remarks beside them.
        guard RowExtent.of(check.record, check.plan) > usualExtent, mayBeShifted(check) else { return nil }
        guard count <= width else { return ragged(check, extra: "") }
        let names = check.plan.minimumWidth
        return .textBehindNames(
            line: check.line, delimiter: delimiter,
            text: check.text(at: (names..<count).last { !check.isEmpty(at: $0) } ?? names))
    }

    /// Gives a record the empty fields that a spreadsheet leaves out: where the last columns are empty in sixteen rows, Excel
    /// ends these rows before them. Only texts may be lacking so, and only behind a field that can't be part of a text:
    /// anything else may be a row that was cut.
    func completeRow(_ check: inout RowCheck) {
        let (count, width) = (check.record.count, check.plan.minimumWidth)
        guard count > 0, count < width else { return }
        let plan = check.plan
        guard !check.record.isUnterminated, !plan.isText(count - 1),
            !check.isEmpty(at: count - 1), !check.record.isQuoted(count - 1)
        else { return }
        let mayLack = (count..<width).allSatisfy { position in
            plan.isText(position) && position != plan.identity && !plan.furtherTechnicians.contains(position)
                && StatusWords.kind(ofColumn: plan.header[position]) == nil
        }
        if mayLack { check.record.pad(to: width) }
    }

    private func ragged(_ check: RowCheck, extra: String?) -> Finding {
        .raggedRow(
            line: check.line, count: check.record.count, expected: check.plan.width,
            hasHeader: options.columns == nil, delimiter: delimiter, otherDelimiter: otherDelimiter(check),
            extra: extra)
    }

    /// Whether a text of a record that is longer than the file's others could have been cut in two by a delimiter in
    /// it: then what stands behind it belongs one column further to the left.
    private func mayBeShifted(_ check: RowCheck) -> Bool {
        let names = check.plan.minimumWidth
        let surplus = RowExtent.of(check.record, check.plan) - names
        // `ring, then knock` as the last text: nobody begins a remark beside a row with a space.
        if names < check.record.count, check.plan.isText(names - 1), !check.isEmpty(at: names - 1),
            check.record.withField(names, { $0.first == 0x20 && !trim($0).isEmpty })
        {
            return true
        }
        return (0..<names).contains { field in
            !check.isEmpty(at: field) && check.plan.isText(field)
                && (field + 1..<max(field + 1, min(names, field + 1 + surplus))).contains {
                    !check.isEmpty(at: $0)
                }
        }
    }
}
