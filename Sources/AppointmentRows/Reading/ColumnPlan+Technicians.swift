import CSVReading

// Columns that may name the technician by what they hold: a `Resource` is a technician, a van or a room.
extension ColumnPlan {
    /// Keeps of the columns with unknown names those in which somebody of a roster may be who goes.
    mutating func keepStrangers(_ options: ReadingOptions) {
        strangers =
            options.roster == nil ? [] : strangers.filter { TechnicianColumnName.mayBeOfWhoGoes(header[$0]) }
    }

    /// Takes such a column for the technician, where no other one is, and its first values are technicians.
    ///
    /// - Parameter sample: the first records below the header.
    /// - Returns: what is to be said of it: a sentence without its full stop.
    mutating func takeWeakTechnician(from sample: [CSVRecord], _ options: ReadingOptions) -> String? {
        guard self[.techID] < 0, options.columnMap[.techID] == nil else { return nil }
        let fitting = weakTechnicians.filter { fits($0, sample, options) }
        guard let first = fitting.first else { return nobodyGoes(sample, options) }
        self[.techID] = first
        let stem = TechnicianColumnName.weakStem(header[first])?.stem
        for position in weakTechnicians where position != first {
            if TechnicianColumnName.weakStem(header[position])?.stem == stem {
                furtherTechnicians.append(position)
            } else {
                mentionedTechnicians.append(
                    TechnicianMention(weakAt: position, fits: fitting.contains(position)))
            }
        }
        mentionedTechnicians.removeAll { $0.position == first }
        return
            "the column \(Wording.quoted(name(at: first))) is read as the technician, since its first values are technicians'; "
            + "if that is wrong, say --map TechID="
    }

    /// What is said where a roster is given for a file that names no technician.
    private func nobodyGoes(_ sample: [CSVRecord], _ options: ReadingOptions) -> String? {
        guard let roster = options.roster, !roster.isEmpty, furtherTechnicians.isEmpty else { return nil }
        let stranger = strangers.first { position in
            sample.contains { position < $0.count && roster.names($0.string(position)) }
        }
        let named =
            (stranger ?? weakTechnicians.first).map { Wording.argument(header[$0]) }
            ?? "\"its name in the file\""
        return
            "no column is read as the technician, so all visits are booked without one although --techs says who there is; "
            + "if a column names them, say --map TechID=\(named); if none does, --map TechID="
    }

    /// Whether the values of a column are technicians: names of the roster or, without one, numbers that may be theirs.
    private func fits(_ position: Int, _ sample: [CSVRecord], _ options: ReadingOptions) -> Bool {
        let values = sample.filter { position < $0.count }.map { Wording.trimmed($0.string(position)) }
            .filter { !NobodyWords.contain($0) && $0 != header[position] }
        guard !values.isEmpty else { return false }
        let mayHoldNumbers =
            TechnicianColumnName.weakStem(header[position])?.mayHoldNumbers == true
            || ReplacementColumnName.certainty(header[position]) != nil
        var names = 0
        for value in values {
            let isNumber = !value.contains(where: \.isLetter)
            guard case .technician(let id) = options.technician(value) else {
                if options.roster?.namesSeveral(value) == true { names += 1 }
                if isNumber { return false }
                continue
            }
            if isNumber {
                if !mayHoldNumbers || id > Self.largestTechID { return false }
                if let known = options.knownTechIDs, !known.contains(id) { return false }
            }
            names += 1
        }
        // A name that the roster lacks is said of its row.
        return options.roster == nil ? names == values.count : names * 2 >= values.count
    }

    /// Numbers above it are of customers and orders.
    private static let largestTechID = 99_999
}
