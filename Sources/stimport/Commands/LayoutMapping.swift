import AppointmentRows
import SystemFiles

/// A layout in the making: what is known of a file, and what a person adds to it.
struct LayoutMapping {
    let survey: FileSurvey
    private let file: InputFile
    private let options: ReadingOptions
    /// What was said so far.
    private(set) var layout: Layout
    /// The layout that this one is put in the place of.
    let replaced: Layout?
    /// Whether its name is the one that was asked for.
    let isNamed: Bool
    /// What the others are called.
    private let otherNames: [String]

    /// - Parameters:
    ///   - layouts: those that are known; one of the same header, or of the name, is where this one begins.
    ///   - name: what it is to be called, or nil for the name that it has or the file's.
    init(
        _ file: InputFile, _ options: ReadingOptions, layouts: [Layout], name: String?, day: String,
        person: String
    ) throws {
        self.file = file
        if name == Layout.noLayout {
            throw UsageError(
                "--layout \(Layout.noLayout) stands for no layout", fix: "give the layout another name")
        }
        isNamed = name != nil
        var options = options
        options.layouts = []
        options.layoutName = nil
        survey = try FileSurvey(file, options)
        let header = survey.columns.map(\.name)
        let fingerprint = HeaderFingerprint(header)
        let same = layouts.first { $0.fingerprint == fingerprint }
        if let same, let name, name != same.name {
            throw UsageError(
                "files with this header are of the layout \(same.name) already",
                fix: "leave --layout out, or take \(same.name) out of the settings first")
        }
        let replaced = same ?? name.flatMap { name in layouts.first { $0.name == name } }
        self.replaced = replaced
        otherNames = layouts.map(\.name).filter { $0 != replaced?.name }
        layout = Layout(
            name: replaced?.name ?? name ?? Self.name(of: file.name, besides: layouts.map(\.name)),
            header: header,
            day: day, person: person)
        if let replaced {
            layout.columns = replaced.columns.filter {
                $0.value.isEmpty || !HeaderFingerprint([$0.value]).isMissing(in: fingerprint)
            }
            layout.values = replaced.values
            layout.skips = replaced.skips.filter {
                !HeaderFingerprint([$0.column]).isMissing(in: fingerprint)
            }
            layout.dateOrder = replaced.dateOrder
            layout.timeZone = replaced.timeZone
        }
        // What is said with this command; what the settings say of all files holds anyway.
        if let order = options.givenDateOrder, !options.dateOrderYields { layout.dateOrder = order }
        if let zone = options.timeZone, !options.timeZoneYields { layout.timeZone = zone }
        layout.columns.merge(options.columnMap) { _, given in given }
        options.columnMap = [:]
        self.options = options
    }

    /// A name of letters and hyphens from a file's: `jobs-2027-01-05.csv` is `jobs`.
    private static func name(of path: String, besides taken: [String]) -> String {
        let stem = PathParts(path).name.lowercased().split(separator: ".").first.map(String.init) ?? ""
        let words = stem.split { !$0.isLetter || !$0.isASCII }.map(String.init)
        let name = words.isEmpty ? "export" : words.joined(separator: "-")
        var number = 1
        while taken.contains(number == 1 ? name : "\(name)-\(number)")
            || name == Layout.noLayout && number == 1
        {
            number += 1
        }
        return number == 1 ? name : "\(name)-\(number)"
    }

    func understanding() throws -> FileSurvey.Understanding { try survey.understood(layout.columns) }

    func candidates(for column: InputColumn) throws -> (columns: [FileSurvey.Column], isLikely: Bool) {
        survey.candidates(for: column, try understanding())
    }

    /// Takes one of ours from a column of the file; an empty name for none.
    mutating func set(_ column: InputColumn, _ name: String) {
        // A column of the file means one thing only.
        for (other, theirs) in layout.columns where theirs == name && !name.isEmpty {
            layout.columns[other] = nil
        }
        layout.columns[column] = name
    }

    /// What a column is, by its values, that was chosen for one of ours: a start and an end in one, a duration for an
    /// end, a phone for a customer.
    func likelyMeaning(of chosen: FileSurvey.Column, for column: InputColumn) -> InputColumn {
        switch column {
        case .start where chosen.share(.window) > max(chosen.share(.moment), chosen.share(.clock)): .window
        case .end where chosen.share(.duration) > max(chosen.share(.moment), chosen.share(.clock)): .duration
        case .customerID where chosen.share(.phone) > 0.5: .customerPhone
        default: column
        }
    }

    /// What is not understood of the file with all that was said so far.
    func words() throws -> WordSurvey {
        var options = options
        options.layouts = [layout]
        return try WordSurvey(file, options)
    }

    /// What a word stands for: `import` for a status of a visit that is to be made.
    mutating func say(_ word: WordSurvey.Word, _ ours: String) throws(InputError) {
        guard let column = word.column else {
            guard ours == "skip" else { return }
            if let index = layout.skips.firstIndex(where: { $0.column == word.columnName }) {
                layout.skips[index].values.append(word.theirs)
            } else {
                layout.skips.append(ColumnRule(column: word.columnName, values: [word.theirs]))
            }
            return
        }
        try layout.values.add(column: column.name, theirs: word.theirs, ours: ours)
    }

    /// Why it can't be called so; nil where it can.
    func objection(to name: String) -> String? {
        if name == Layout.noLayout { return "\(name) stands for no layout: give another name" }
        return otherNames.contains(name)
            ? "there is a layout \(name) already, for another header: give another name" : nil
    }

    mutating func rename(_ name: String) { layout.name = name }
}
