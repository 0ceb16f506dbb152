import CSVReading

extension ColumnPlan {
    /// What is said where a second table seems to stand beside the first one, behind a column without a name and without
    /// values: a legend, a list of technicians. Its columns have values beside the first rows only.
    ///
    /// - Parameter sample: The first records below the header.
    func secondTable(in sample: [CSVRecord], _ options: ReadingOptions, line: Int) -> InputError? {
        guard self[.customerID] >= 0, self[.start] >= 0 else { return nil }
        let first = max(self[.customerID], self[.start])
        guard
            let gap = header.indices.first(where: { position in
                position > first && header[position].isEmpty
                    && sample.allSatisfy { position >= $0.count || $0.string(position).isEmpty }
            })
        else { return nil }
        let asked = Set(options.columnMap.values.map { nameKey($0) })
        let behind = header.indices.filter { $0 > gap && !header[$0].isEmpty }
        // Texts may be lacking from any row on.
        guard
            let read = behind.first(where: { position in
                !asked.contains(nameKey(header[position]))
                    && (isUsed(position) && !isText(position)
                        || StatusWords.kind(ofColumn: header[position]) != nil)
            })
        else { return nil }
        let isFilled = sample.filter { $0.count > first && !$0.string(self[.customerID]).isEmpty }.map {
            record in
            behind.contains { $0 < record.count && !record.string($0).isEmpty }
        }
        let filled = isFilled.prefix { $0 }.count
        guard filled > 0, filled < isFilled.count, !isFilled[filled...].contains(true) else { return nil }
        return .secondTable(column: header[read], gap: gap + 1, rows: filled, line: line)
    }
}
