/// How a header and the layouts that are known go together.
enum LayoutFit {
    /// No layout is for it, nor for one that is nearly the same.
    case none
    /// It is one of the layout's files, perhaps without columns that nothing was read from, perhaps with new ones.
    case used(Layout, gone: [String], new: [String])
    /// It looks like one of the layout's files, and lacks columns that something was read from.
    case columnsGone(Layout, [String])
    /// It has all columns of these layouts, as many of each: which one is meant, only a person knows.
    case several([Layout])

    /// - Parameters:
    ///   - names: The header.
    ///   - options: The layouts, the one that was named, and the columns that were said for this run.
    init(_ names: [String], _ options: ReadingOptions) {
        self = .none
        guard options.layoutName != Layout.noLayout, !options.layouts.isEmpty else { return }
        let header = HeaderFingerprint(names)
        guard !header.keys.isEmpty else { return }
        if let name = options.layoutName {
            guard let layout = options.layouts.first(where: { $0.name == name }) else { return }
            let gone = layout.fingerprint.subtracting(header)
            // A title above the header is no header.
            guard gone.count * 2 <= layout.fingerprint.keys.count else { return }
            self = Self.fit(layout, header, gone, options)
            return
        }
        if let layout = options.layouts.first(where: { $0.fingerprint == header }) {
            self = .used(layout, gone: [], new: [])
            return
        }
        if let fit = Self.whole(header, options) {
            self = fit
            return
        }
        let near = options.layouts.compactMap { layout -> (layout: Layout, gone: [String], count: Int)? in
            let (gone, new) = (
                layout.fingerprint.subtracting(header), header.subtracting(layout.fingerprint)
            )
            // A few names are in many headers: one that is gone, or a quarter of them. New ones say less.
            let count = layout.fingerprint.keys.count
            guard gone.count <= max(1, count / 4), new.count <= max(2, count / 2), gone.count < count
            else { return nil }
            return (layout, gone, gone.count + new.count)
        }.min { $0.count < $1.count }
        guard let near else { return }
        self = Self.fit(near.layout, header, near.gone, options)
    }

    /// The layout with the most columns of those that the header has whole, beside new ones.
    private static func whole(_ header: HeaderFingerprint, _ options: ReadingOptions) -> LayoutFit? {
        let whole = options.layouts.filter { $0.fingerprint.subtracting(header).isEmpty }
        guard let most = whole.map(\.fingerprint.keys.count).max(), most > 0 else { return nil }
        let best = whole.filter { $0.fingerprint.keys.count == most }
        // A profile's layout goes before one of the same header that is for all.
        guard let layout = best.first, best.allSatisfy({ $0.fingerprint == layout.fingerprint }) else {
            return .several(best)
        }
        return .used(layout, gone: [], new: header.subtracting(layout.fingerprint))
    }

    private static func fit(
        _ layout: Layout, _ header: HeaderFingerprint, _ gone: [String], _ options: ReadingOptions
    ) -> LayoutFit {
        let meanings = layout.meanings
        let ours = gone.filter { key in
            if layout.isStatus(key) { return true }
            guard let columns = meanings[key] else { return false }
            // What this run says of a column goes first.
            return columns.contains { options.columnMap[$0] == nil }
        }
        func names(_ keys: [String]) -> [String] {
            keys.map { key in layout.header.first { nameKey($0) == key } ?? key }.map { Wording.trimmed($0) }
        }
        if !ours.isEmpty { return .columnsGone(layout, names(ours)) }
        return .used(layout, gone: names(gone), new: header.subtracting(layout.fingerprint))
    }

    /// The layout that holds for the header.
    var layout: Layout? {
        if case .used(let layout, _, _) = self { return layout }
        return nil
    }

    /// Whether a column of this name may be taken for one of ours because of its name: one that is new to the layout is
    /// not taken for what the layout has already.
    var mayMean: (String, InputColumn) -> Bool {
        guard case .used(let layout, _, let new) = self, !new.isEmpty else { return { _, _ in true } }
        let own = Set(layout.fingerprint.keys)
        let added = Set(new).subtracting(own)
        let known = Set(layout.meanings.values.joined())
        return { name, column in !added.contains(nameKey(name)) || !column.isCovered(by: known) }
    }

    /// What is to be said of it: sentences without their full stops, not escaped. New columns are said of the file
    /// (`FileFacts.newColumns`).
    var remarks: [String] {
        guard case .used(let layout, let gone, _) = self else { return [] }
        return [layout.title]
            + (gone.isEmpty
                ? []
                : [
                    "column-gone: earlier files of the layout had \(Wording.list(gone)) too, which nothing was read from"
                ])
    }

    /// What each column of the file is that its layout did not have; nil where there is none.
    func newColumns(_ plan: ColumnPlan, hasDefaultSkips: Bool) -> String? {
        guard case .used(let layout, _, let new) = self, !new.isEmpty else { return nil }
        let keys = Set(new)
        let columns = plan.header.enumerated().filter { keys.contains(nameKey($0.element)) }.map {
            position, name in
            let uses =
                InputColumn.allCases.filter { plan.has($0, at: position) }.map { "read as \($0.name)" }
                + (plan.identity == position ? ["read as your own appointment number"] : [])
                + (hasDefaultSkips && StatusWords.kind(ofColumn: name) != nil
                    ? ["looked at for visits that are called off"] : [])
            return "\(Wording.quoted(name)), \(uses.first ?? "ignored")"
        }
        let (it, them) = new.count == 1 ? ("a column", "it is") : ("\(new.count) columns", "they are")
        return
            "it has \(it) that the layout \(layout.name) did not have: \(columns.joined(separator: "; ")). "
            + "If that is not what \(them), map the file anew with stimport map"
    }
}

extension InputColumn {
    /// Whether what the column says of a visit is read from others already, so that one that comes later and is named so
    /// is not meant.
    fileprivate func isCovered(by known: Set<InputColumn>) -> Bool {
        switch self {
        // They only add to what others say, and a row that has them is looked at more closely.
        case .durationUnit, .timeZone, .allDay: known.contains(self)
        case .date, .endDate: known.contains { [.start, .end].contains($0.purpose) }
        default: known.contains { $0.purpose == purpose }
        }
    }
}
