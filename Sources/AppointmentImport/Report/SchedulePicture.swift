import AppointmentLedger
import SecurityTrax

/// The visits of a run as pictures: days across, technicians down, overlaps marked. Few visits are drawn as blocks at
/// their time of day; many are counted.
struct SchedulePicture {
    /// One visit.
    struct Visit: Sendable {
        /// The technician; 0 where none is named.
        var tech: Int64
        /// Minutes of the customer's clock.
        var start: Int64
        var end: Int64
        var customer: String

        /// The visit of a row; nil where it has no times.
        init?(_ row: ReportRow) {
            guard let start = Self.minutes(row[.start]), let end = Self.minutes(row[.end]), end > start else {
                return nil
            }
            (self.start, self.end, customer) = (start, end, row[.customerID])
            tech = Int64(row[.techID]) ?? 0
        }

        /// Minutes since 1970 of a time as it goes over the wire: `01/23/2014 7:30`.
        private static func minutes(_ text: String) -> Int64? {
            let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
            guard parts.count == 5 else { return nil }
            return LocalTime(
                year: parts[2], month: parts[0], day: parts[1], hour: parts[3], minute: parts[4]
            ).map { Int64($0.minutes) }
        }
    }

    /// At the most so many visits, technicians and days are drawn as blocks.
    private static let blockLimits = (visits: 1_500, techs: 30, days: 28)
    private static let daysPerBlockPicture = 4
    private static let columnsPerCountPicture = 10
    private static let countedTechs = 40
    private static let labelWidth = 62.0
    private static let rowHeight = 20.0
    private static let headHeight = 18.0

    private let visits: [Visit]
    /// Whether a visit overlaps another of its technician.
    private let overlaps: [Bool]
    private let techs: [Int64]
    private let days: [Int64]

    init(_ visits: [Visit]) {
        let visits = visits.sorted { ($0.tech, $0.start, $0.end) < ($1.tech, $1.start, $1.end) }
        var overlaps = [Bool](repeating: false, count: visits.count)
        var last = 0
        for index in visits.indices.dropFirst() {
            if visits[index].tech != visits[last].tech {
                last = index
                continue
            }
            if visits[index].tech != 0, visits[index].start < visits[last].end {
                overlaps[index] = true
                overlaps[last] = true
            }
            if visits[index].end > visits[last].end { last = index }
        }
        self.visits = visits
        self.overlaps = overlaps
        let counts = visits.reduce(into: [Int64: Int]()) { $0[$1.tech, default: 0] += 1 }
        techs = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        days = Set(visits.map { $0.start / 1_440 }).sorted()
    }

    var html: String {
        guard !visits.isEmpty else { return "" }
        let limits = Self.blockLimits
        let isDrawn =
            visits.count <= limits.visits && techs.count <= limits.techs && days.count <= limits.days
        let marked = overlaps.count { $0 }
        let pictures = isDrawn ? blockPictures : countPictures
        let remark =
            marked == 0
            ? ""
            : " \(counted(marked, "visit")) \(marked == 1 ? "overlaps" : "overlap") another of the same technician: they are outlined and have a !."
        return
            "<section><h2>Schedule</h2>\n<p>\(counted(visits.count, "visit")) created, \(counted(days.count, "day")), \(counted(techs.count, "technician")).\(remark)</p>\n<div class=\"pictures\">\(pictures)</div></section>\n"
    }

    // MARK: Blocks

    private var blockPictures: String {
        let techs = techs.sorted()
        let minutes = visits.map { $0.start % 1_440 }
        let ends = visits.map { min(1_440, $0.start % 1_440 + $0.end - $0.start) }
        let first = (minutes.min() ?? 480) / 60 * 60
        let last = max(first + 480, ((ends.max() ?? 1_080) + 59) / 60 * 60)
        var pictures = ""
        for begin in stride(from: 0, to: days.count, by: Self.daysPerBlockPicture) {
            let days = Array(self.days[begin..<min(begin + Self.daysPerBlockPicture, self.days.count)])
            let width = (400 - Self.labelWidth) / Double(Self.daysPerBlockPicture)
            let scale = (width - 6) / Double(last - first)
            var picture = frame(days.map(Self.name(ofDay:)), techs.map(Self.name(ofTech:)), column: width)
            for (index, visit) in visits.enumerated() {
                guard let column = days.firstIndex(of: visit.start / 1_440),
                    let row = techs.firstIndex(of: visit.tech)
                else { continue }
                let from = visit.start % 1_440
                let to = min(Int64(1_440), from + visit.end - visit.start)
                let x = Self.labelWidth + Double(column) * width + 3 + Double(from - first) * scale
                let y = Self.headHeight + Double(row) * Self.rowHeight + 3
                let length = max(2, Double(to - from) * scale)
                picture += rect(
                    x, y, length, Self.rowHeight - 6, overlaps[index],
                    "customer \(visit.customer), \(Self.clock(from)) to \(Self.clock(from + visit.end - visit.start))"
                )
                if overlaps[index] {
                    picture +=
                        "<text class=\"mark\" x=\"\(HTMLReport.number(x + length / 2))\" y=\"\(HTMLReport.number(y + 11))\">!</text>"
                }
            }
            pictures += picture + "</svg>\n"
        }
        return pictures
    }

    // MARK: Counts

    private var countPictures: String {
        let shown = techs.prefix(Self.countedTechs).sorted()
        let rest = techs.count - shown.count
        let rows = shown.map(Self.name(ofTech:)) + (rest > 0 ? ["\(rest) others"] : [])
        let index = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
        // Days where they fit, else weeks, which begin on a Monday.
        let isWeekly = days.count > 42
        func column(_ day: Int64) -> Int64 { isWeekly ? (day + 3) / 7 * 7 - 3 : day }
        let columns = Set(days.map(column)).sorted()
        let place = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        var cells = [[(count: Int, marked: Int)]](
            repeating: [(count: Int, marked: Int)](repeating: (0, 0), count: columns.count), count: rows.count
        )
        for (number, visit) in visits.enumerated() {
            guard let column = place[column(visit.start / 1_440)] else { continue }
            let row = index[visit.tech] ?? rows.count - 1
            cells[row][column].count += 1
            if overlaps[number] { cells[row][column].marked += 1 }
        }
        // The others stand for many technicians: beside them all else would be pale.
        let most = cells.prefix(shown.count).joined().map(\.count).max() ?? 1
        var pictures = ""
        for begin in stride(from: 0, to: columns.count, by: Self.columnsPerCountPicture) {
            let part = begin..<min(begin + Self.columnsPerCountPicture, columns.count)
            let width = (400 - Self.labelWidth) / Double(Self.columnsPerCountPicture)
            var picture = frame(part.map { Self.shortName(ofDay: columns[$0]) }, rows, column: width)
            for row in rows.indices {
                for (offset, column) in part.enumerated() where cells[row][column].count > 0 {
                    let cell = cells[row][column]
                    let x = Self.labelWidth + Double(offset) * width + 1
                    let y = Self.headHeight + Double(row) * Self.rowHeight + 1
                    let opacity = 0.1 + 0.4 * min(1, Double(cell.count) / Double(max(1, most)))
                    let mark = cell.marked > 0
                    picture += rect(
                        x, y, width - 2, Self.rowHeight - 2, mark,
                        "\(rows[row]), \(isWeekly ? "week of " : "")\(Self.name(ofDay: columns[column])): \(counted(cell.count, "visit"))"
                            + (mark ? ", \(cell.marked) of them overlapping" : ""), opacity: opacity)
                    picture +=
                        "<text class=\"count\" x=\"\(HTMLReport.number(x + width / 2 - 1))\" y=\"\(HTMLReport.number(y + 13))\">\(cell.count)\(mark ? "!" : "")</text>"
                }
            }
            pictures += picture + "</svg>\n"
        }
        return pictures
    }

    // MARK: Parts

    private func frame(_ columns: [String], _ rows: [String], column width: Double) -> String {
        let height = Self.headHeight + Double(rows.count) * Self.rowHeight
        var svg =
            "<svg class=\"schedule\" viewBox=\"0 0 400 \(HTMLReport.number(height))\" role=\"img\" aria-label=\"schedule of \(columns.first ?? "") to \(columns.last ?? "")\">"
        for (index, name) in columns.enumerated() {
            svg +=
                "<text class=\"head\" x=\"\(HTMLReport.number(Self.labelWidth + (Double(index) + 0.5) * width))\" y=\"12\">\(HTMLText.escaped(name))</text>"
        }
        for (index, name) in rows.enumerated() {
            let y = Self.headHeight + Double(index) * Self.rowHeight
            svg +=
                "<text x=\"0\" y=\"\(HTMLReport.number(y + 14))\">\(HTMLText.escaped(name))</text><path class=\"line\" d=\"M0 \(HTMLReport.number(y))H400\"/>"
        }
        for index in columns.indices.dropFirst() {
            svg +=
                "<path class=\"line\" d=\"M\(HTMLReport.number(Self.labelWidth + Double(index) * width)) 0V\(HTMLReport.number(height))\"/>"
        }
        return svg
    }

    private func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ overlaps: Bool, _ title: String,
        opacity: Double? = nil
    ) -> String {
        let shade = opacity.map { " fill-opacity=\"\(HTMLReport.number($0))\"" } ?? ""
        return
            "<rect class=\"visit\(overlaps ? " overlap" : "")\" x=\"\(HTMLReport.number(x))\" y=\"\(HTMLReport.number(y))\" width=\"\(HTMLReport.number(width))\" height=\"\(HTMLReport.number(height))\"\(shade)><title>\(HTMLText.escaped(title))</title></rect>"
    }

    private static func name(ofTech tech: Int64) -> String { tech == 0 ? "no tech" : "tech \(tech)" }

    /// `Mon 01/11`
    private static func name(ofDay day: Int64) -> String {
        "\(VisitText.weekday(ofDay: Int(day))) \(shortName(ofDay: day))"
    }

    /// `1/11`
    private static func shortName(ofDay day: Int64) -> String {
        let date = LocalTime(minutes: Int32(day * 1_440)).components
        return "\(date.month)/\(date.day)"
    }

    private static func clock(_ minutes: Int64) -> String {
        let rest = minutes % 60
        return "\(minutes / 60 % 24):\(rest < 10 ? "0" : "")\(rest)"
    }
}
