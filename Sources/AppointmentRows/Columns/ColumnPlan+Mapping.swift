import CSVReading
import SecurityTrax

extension ColumnPlan {
    /// Finds out what the columns of a header mean.
    ///
    /// - Parameters:
    ///   - header: The names as the file has them (or `--columns`).
    ///   - isGiven: Whether they come from `--columns`.
    ///   - line: The header's line.
    ///   - map: What `--map` says: the file's name of a column; an empty one leaves it out.
    ///   - identityColumn: What `--identity-column` says.
    ///   - needs: Which columns the file can't do without.
    ///   - mayMean: Whether a column of this name may be taken for one of ours because of it.
    init(
        mapping header: [String], isGiven: Bool, line: Int, map: [InputColumn: String],
        identityColumn: String?, needs: (InputColumn) -> Bool = \.isRequired,
        mayMean: (String, InputColumn) -> Bool = { _, _ in true }
    ) throws(InputError) {
        self.init(header: header.map { Wording.trimmed($0) })

        // What `--map` says comes first, and its columns of the file mean nothing else.
        var taken: Set<Int> = []
        for (column, name) in map.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where !name.isEmpty {
            let position = try position(of: name, option: "--map \(column.name)", line: line)
            self[column] = position
            taken.insert(position)
        }
        if let name = identityColumn {
            identity = try position(of: name, option: "--identity-column", line: line)
        }

        var found: [InputColumn: [(certainty: ColumnName.Certainty, position: Int)]] = [:]
        let matches = ColumnName.matches(self.header)
        for position in self.header.indices where !taken.contains(position) {
            guard let match = matches[position], map[match.column] == nil,
                mayMean(self.header[position], match.column)
            else { continue }
            // `--identity-column Job` is not the service type too.
            if position == identity, match.certainty >= .loose { continue }
            found[match.column, default: []].append((match.certainty, position))
        }
        for column in InputColumn.allCases {
            guard let columns = found[column],
                let best = columns.min(by: { ($0.certainty, $0.position) < ($1.certainty, $1.position) })
            else { continue }
            self[column] = best.position
            if Self.numberColumns.contains(column) {
                // All of them are asked for, so none is a rival of another one.
                let asked = columns.filter { $0.certainty < .faint || best.certainty == .faint }
                numbers += asked.map { NumberColumn(column: column, position: $0.position) }
                self[column] = asked.map(\.position).min() ?? best.position
                continue
            }
            if column == .customerID { customerMayBeName = best.certainty >= .loose }
            // Which one is meant is up to their values, and those are known at the end of the file only.
            rivals += columns.filter { $0.position != best.position }.compactMap {
                ColumnRival(
                    column: column, position: $0.position, certainty: $0.certainty, chosen: best.certainty)
            }
        }

        for column in Self.numberColumns
        where numbers.allSatisfy({ $0.column != column }) && self[column] >= 0 {
            numbers.append(NumberColumn(column: column, position: self[column]))
        }
        let order = Self.numberColumns
        numbers.sort {
            ($0.column == order[0] ? 0 : 1, $0.position) < ($1.column == order[0] ? 0 : 1, $1.position)
        }
        if numbers.isEmpty { customerMayBeName = false }

        for (position, name) in self.header.enumerated() where !isUsed(position) {
            if map[.techID] == nil {
                let replacement = ReplacementColumnName.certainty(name)
                if let replacement {
                    mentionedTechnicians.append(TechnicianMention(replacementAt: position, replacement))
                    if self[.techID] < 0 { weakTechnicians.append(position) }
                } else if TechnicianColumnName.place(name) == .further {
                    furtherTechnicians.append(position)
                } else if let mention = TechnicianMention(name, position: position, matches[position]?.column)
                {
                    mentionedTechnicians.append(mention)
                } else if matches[position] == nil, mayMean(name, .techID),
                    TechnicianColumnName.weakStem(name) != nil
                {
                    weakTechnicians.append(position)
                    if self[.techID] >= 0 {
                        mentionedTechnicians.append(TechnicianMention(weakAt: position, fits: false))
                    }
                } else if matches[position] == nil {
                    strangers.append(position)
                }
            }
            if matches[position] == nil, let move = MoveColumn(name, position: position),
                // What is asked for by name is meant.
                move.part.columns.allSatisfy({ map[$0] == nil }), StatusColumns.kind(ofColumn: name) == nil
            {
                moves.append(move)
            }
            if Self.halfOfDayNames.contains(nameKey(name)) { halvesOfDay.append(position) }
        }
        takeDatesForTimes(map)
        for column in Self.timeColumns where self[column] >= 0 {
            namedZones[column] = NamedZone(in: self.header[self[column]])
        }
        let missing = InputColumn.allCases.filter { column in
            needs(column) && self[column] < 0 && column.substitutes.allSatisfy { self[$0] < 0 }
        }
        guard missing.isEmpty else {
            if !isGiven, Self.looksLikeData(self.header) { throw .noHeader(self.header, line: line) }
            let unused = self.header.indices.filter { position in
                !self.header[position].isEmpty && !ColumnName.isRejectsColumn(self.header[position])
                    // `Start Date` may well hold the time too.
                    && !InputColumn.allCases.contains { $0.field != nil && self[$0] == position }
            }
            throw .missingColumns(
                missing, header: self.header, unused: unused.map { self.header[$0] }, isGiven: isGiven,
                line: line)
        }
    }

    /// Takes the zone that a line above the header says for the times whose column says none.
    mutating func takeZone(above records: [CSVRecord]) {
        guard let zone = records.lazy.compactMap({ NamedZone(above: $0) }).first else { return }
        for column in Self.timeColumns where self[column] >= 0 && namedZones[column] == nil {
            namedZones[column] = zone
        }
    }

    private static let timeColumns: [InputColumn] = [.start, .end, .window]

    /// Names of columns that say AM or PM, as keys.
    private static let halfOfDayNames: Set<String> = [
        "am/pm", "ampm", "a/p", "meridiem", "meridian", "startam/pm", "startampm", "endam/pm", "endampm",
        "timeam/pm",
        "starttimeam/pm", "endtimeam/pm", "am/pmstart", "am/pmend", "fromam/pm", "toam/pm",
    ]

    /// What leads to a customer besides the ID, an account number first: a phone may be a whole family's.
    private static let numberColumns: [InputColumn] = [.accountNumber, .customerPhone]

    /// The position of a column that `--skip` or `--only` names.
    func position(ofRule name: String, option: String, line: Int) throws(InputError) -> Int {
        guard !positions(named: name).isEmpty else {
            throw .noSuchRuleColumn(Wording.trimmed(name), option: option, header: header, line: line)
        }
        return try position(of: name, option: option, line: line)
    }

    /// The positions of the columns that have this name; where none has it exactly, of those that it may mean.
    private func positions(named name: String) -> [Int] {
        let wanted = Wording.trimmed(name)
        let positions = header.indices.filter { header[$0] == wanted }
        if !positions.isEmpty { return positions }
        let key = nameKey(wanted)
        return header.indices.filter { !header[$0].isEmpty && nameKey(header[$0]) == key }
    }

    /// The position of a column that an option names by the file's own name.
    private func position(of name: String, option: String, line: Int) throws(InputError) -> Int {
        let wanted = Wording.trimmed(name)
        let positions = positions(named: name)
        guard let position = positions.first else {
            throw .noSuchColumn(wanted, option: option, header: header, line: line)
        }
        guard positions.count == 1 else {
            throw .ambiguousColumn(wanted, option: option, count: positions.count, line: line)
        }
        return position
    }

    /// Whether what should be a header is data: a time or a number stands in it, and no name that surely is one. A type of
    /// service is a value as well as a name.
    static func looksLikeData(_ fields: [String]) -> Bool {
        func isName(_ field: String) -> Bool {
            guard let match = ColumnName.match(field), match.certainty < .loose else { return false }
            var text = Wording.trimmed(field)
            return text.withUTF8 { ServiceType(written: $0) } == nil
        }
        guard !fields.contains(where: isName) else { return false }
        var hasNumber = false
        var hasTime = false
        for field in fields {
            var field = field
            field.withUTF8 { bytes in
                guard !bytes.isEmpty else { return }
                if positiveNumber(bytes) > 0 { hasNumber = true }
                switch TimeText.read(bytes, order: .monthFirst) {
                case .time: hasTime = true
                case .problem(let problem): if problem != .unreadable { hasTime = true }
                }
            }
        }
        return hasTime || hasNumber
    }
}
