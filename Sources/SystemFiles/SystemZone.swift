/// A time zone as this machine knows it: its own, out of the C library, or one of the zone database (Debian's package
/// `tzdata`), by its name.
///
/// Foundation's zones come with tables of all languages and calendars, which take longer to start than a night without
/// news takes in all, and as much memory as the rest of the program.
public struct SystemZone: Sendable, Hashable {
    /// The name in the database: `America/Denver`.
    public let identifier: String
    /// Its file; nil for the machine's own zone.
    private let file: ZoneFile?

    /// The machine's own zone.
    public static let current = SystemZone(identifier: currentIdentifier(), file: nil)
    /// Coordinated Universal Time.
    public static let utc = SystemZone(
        identifier: "UTC", file: ZoneFile(ofOffset: 0))

    private init(identifier: String, file: ZoneFile?) {
        self.identifier = identifier
        self.file = file
    }

    /// The zone of a name of the database, written as it stands there; nil where it is not known.
    public init?(identifier: String) {
        guard Self.isName(identifier) else { return nil }
        if identifier == "UTC" {
            self = .utc
            return
        }
        guard
            let bytes = try? SmallFile.read(
                Self.folder + "/" + identifier, limit: ZoneFile.limit), let file = ZoneFile(bytes)
        else { return nil }
        self.init(identifier: identifier, file: file)
    }

    /// Seconds east of UTC at an instant in seconds since 1970 UTC.
    public func offset(at seconds: Int) -> Int {
        file?.period(at: seconds).offset ?? Self.local(seconds)?.tm_gmtoff ?? 0
    }

    /// Whether the zone's clocks show daylight saving time at an instant in seconds since 1970 UTC.
    public func isDaylightTime(at seconds: Int) -> Bool {
        file?.period(at: seconds).isDaylightTime ?? (Self.local(seconds).map { $0.tm_isdst > 0 } ?? false)
    }

    /// What the zone's clocks show at an instant in seconds since 1970 UTC: the day, in days since 1970-01-01, and the
    /// second of that day as a clock counts it, 0...86399.
    public func clock(at seconds: Int) -> (day: Int, second: Int) {
        let local = seconds + offset(at: seconds)
        let second = (local % 86_400 + 86_400) % 86_400
        return ((local - second) / 86_400, second)
    }

    /// When the zone's clocks show a local time in seconds since 1970 of that clock: nothing where they skip it, both
    /// where they show it twice. In seconds since 1970 UTC.
    public func moments(ofLocal local: Int) -> (first: Int?, second: Int?) {
        // A clock change within a day of the time is the only one that can matter.
        let (before, after) = (offset(at: local - 86_400), offset(at: local + 86_400))
        func shown(_ offset: Int) -> Int? { self.offset(at: local - offset) == offset ? local - offset : nil }
        let early = shown(max(before, after))
        return (early, before == after ? nil : shown(min(before, after)))
    }

    /// The first second of a day in days since 1970-01-01: its midnight, where the clocks show one. In seconds since
    /// 1970 UTC.
    public func start(ofDay day: Int) -> Int {
        let midnight = day * 86_400
        let (first, second) = moments(ofLocal: midnight)
        if let moment = first ?? second { return moment }
        // Skipped: the day begins with the change, before the clock of the day before would show it.
        let late = midnight - offset(at: midnight - 86_400)
        return nextChange(after: midnight - offset(at: midnight + 86_400), until: late) ?? late
    }

    /// The first second at which the clocks are changed, behind one instant and up to another, in seconds since 1970
    /// UTC; nil where they are not.
    ///
    /// Two changes within an hour that cancel each other aren't seen: no zone has had such.
    public func nextChange(after start: Int, until end: Int) -> Int? {
        var known = start
        while known < end {
            let next = min(end, known + 3_600)
            guard offset(at: next) != offset(at: known) else {
                known = next
                continue
            }
            // The first second of the new offset lies behind `low`, and not behind `high`.
            var (low, high) = (known, next)
            let before = offset(at: low)
            while high - low > 1 {
                let middle = (low + high) / 2
                if offset(at: middle) == before { low = middle } else { high = middle }
            }
            return high
        }
        return nil
    }

    /// The names of the database that are in use, without those kept for older programs; empty where there is no
    /// database.
    public static func names() -> [String] {
        // Tabulators between the country, the place, the name and remarks.
        guard let bytes = try? SmallFile.read(folder + "/zone.tab", limit: ZoneFile.limit) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#") else { return nil }
            let fields = line.split(separator: "\t")
            return fields.count > 2 && isName(String(fields[2])) ? String(fields[2]) : nil
        }
    }

    /// Where the C library looks too.
    private static var folder: String {
        guard let folder = getenv("TZDIR"), folder.pointee != 0 else { return "/usr/share/zoneinfo" }
        return ForeignPath.text(of: folder)
    }

    /// Whether a text may name a file of the database: nothing that leads out of it, and none of its other editions.
    private static func isName(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 64, (1...3).contains(parts.count),
            let first = parts.first, !first.elementsEqual("right".utf8), !first.elementsEqual("posix".utf8)
        else { return false }
        return parts.allSatisfy { part in
            part.first.map { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") } ?? false
                && part.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
                        UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
    }

    /// What the machine's zone is called: by the variable `TZ`, by where `/etc/localtime` leads, or by its abbreviation.
    private static func currentIdentifier() -> String {
        if let variable = getenv("TZ") {
            let name = String(String(cString: variable).drop { $0 == ":" })
            if name.isEmpty { return "UTC" }
            if SystemZone(identifier: name) != nil { return name }
        } else if let target = ResolvedPath.target(ofLink: "/etc/localtime") {
            // By bytes: to look for characters, the runtime has to find out first how they are told apart.
            let (bytes, folder) = (Array(target.utf8), Array("zoneinfo/".utf8))
            if let start = bytes.position(of: folder) {
                let name = String(decoding: bytes[(start + folder.count)...], as: UTF8.self)
                if isName(name) { return name }
            }
        }
        return local(Int(time(nil))).flatMap { $0.tm_zone.map { String(cString: $0) } } ?? "UTC"
    }

    private static func local(_ seconds: Int) -> tm? {
        var time = time_t(seconds)
        var parts = tm()
        return localtime_r(&time, &parts) == nil ? nil : parts
    }
}
