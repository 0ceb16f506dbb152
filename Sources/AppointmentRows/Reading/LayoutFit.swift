/// How a header and the layouts that are known go together.
enum LayoutFit {
    /// No layout is for it, nor for one that is nearly the same.
    case none
    /// It is one of the layout's files, perhaps without columns that nothing was read from.
    case used(Layout, gone: [String], new: [String])
    /// It looks like one of the layout's files, and lacks columns that something was read from.
    case columnsGone(Layout, [String])
    /// It is nearly that of the layout's files: nothing of the layout holds for it.
    case similar(Layout, gone: [String], new: [String])

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
            self = Self.fit(layout, header, gone, options, isNamed: true)
            return
        }
        if let layout = options.layouts.first(where: { $0.fingerprint == header }) {
            self = .used(layout, gone: [], new: [])
            return
        }
        let near = options.layouts.compactMap { layout -> (layout: Layout, gone: [String], count: Int)? in
            let (gone, new) = (
                layout.fingerprint.subtracting(header), header.subtracting(layout.fingerprint)
            )
            // A few names are in many headers: one that differs, or a quarter of them.
            let allowed = max(1, layout.fingerprint.keys.count / 4)
            guard gone.count <= allowed, new.count <= allowed, gone.count < layout.fingerprint.keys.count
            else { return nil }
            return (layout, gone, gone.count + new.count)
        }.min { $0.count < $1.count }
        guard let near else { return }
        self = Self.fit(near.layout, header, near.gone, options, isNamed: false)
    }

    private static func fit(
        _ layout: Layout, _ header: HeaderFingerprint, _ gone: [String], _ options: ReadingOptions,
        isNamed: Bool
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
        let new = header.subtracting(layout.fingerprint)
        return isNamed || new.isEmpty
            ? .used(layout, gone: names(gone), new: new) : .similar(layout, gone: names(gone), new: new)
    }

    /// The layout that holds for the header.
    var layout: Layout? {
        if case .used(let layout, _, _) = self { return layout }
        return nil
    }

    /// What is to be said of it: sentences without their full stops, not escaped.
    var remarks: [String] {
        switch self {
        case .none, .columnsGone: []
        case .used(let layout, let gone, let new):
            [layout.title]
                + (gone.isEmpty
                    ? []
                    : [
                        "column-gone: earlier files of the layout had \(Wording.list(gone)) too, which nothing was read from"
                    ])
                + (new.isEmpty ? [] : ["the layout's files had no \(Wording.list(new)) so far"])
        case .similar(let layout, _, _):
            [
                "nothing of the layout \(layout.name) holds here: \(difference). If the file is of that kind, say --layout \(layout.name), or map it anew"
            ]
        }
    }

    /// How a header differs from the layout's that comes close to it.
    private var difference: String {
        guard case .similar(_, let gone, let new) = self else { return "" }
        return [
            gone.isEmpty ? nil : "its files have \(Wording.list(gone))",
            new.isEmpty ? nil : "this one has \(Wording.list(new))",
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// An error of a file to which a layout comes close, with that as a fix.
    func explaining(_ error: InputError) -> InputError {
        guard case .similar(let layout, _, _) = self else { return error }
        var error = error
        error.fix +=
            "; it is nearly a file of the layout \(layout.name) (\(difference)): if it is one, --layout \(layout.name)"
        return error
    }
}
