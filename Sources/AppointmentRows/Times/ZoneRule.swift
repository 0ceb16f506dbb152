package import SystemFiles

/// A time zone by its IANA name or by a name that people in the United States write.
///
/// `MST` is read as America/Denver: it is what people there write all year. For Arizona, which has no
/// daylight saving time, write `Arizona` or `America/Phoenix`. The same holds for `EST`, `CST` and `PST`.
package struct ZoneRule: Sendable, Hashable {
    /// The IANA name, as `America/Denver`.
    package var identifier: String { zone.identifier }
    /// The abbreviation that it was named by, where that may stand for another zone too: `MST`.
    let abbreviation: String?
    /// How it is written down to mean the same again.
    package var text: String { abbreviation ?? identifier }
    /// Its clocks.
    package let zone: SystemZone

    /// The zone of a name in any case, or nil where nobody knows it.
    package init?(named text: String) {
        let name = Self.plainName(Wording.trimmed(text))
        guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
        let key = nameKey(name)
        if let spoken = Self.spoken[key], let zone = SystemZone(identifier: spoken) {
            self.zone = zone
        } else if name.contains("/"), let zone = SystemZone(identifier: name) {
            // As it stands in the database, older names (`Asia/Calcutta`) too. Names without a slash are not asked
            // for: those of the database that nobody lists mean other things than people do (`MST`).
            self.zone = zone
        } else if let listed = Self.identifiers[name.lowercased()]
            ?? Self.identifiers[name.lowercased().split(separator: " ").joined(separator: "_")],
            let zone = SystemZone(identifier: listed)
        {
            self.zone = zone
        } else {
            return nil
        }
        abbreviation = Self.standardTimes.contains(key) ? key.uppercased() : nil
    }

    /// Names of standard time, which Arizona and others keep all year.
    private static let standardTimes: Set<String> = ["est", "cst", "mst", "pst", "akst"]

    /// Whether it is UTC by one of its names: how times are kept, and nobody's clock.
    var isNobodys: Bool {
        identifier.hasPrefix("Etc/")
            || ["UTC", "GMT", "UCT", "Zulu", "Universal", "Greenwich"].contains(identifier)
    }

    /// Whether the zone's clocks show daylight saving time at an instant in minutes since 1970-01-01 00:00 UTC.
    func isDaylightTime(atUTC minutes: Int) -> Bool {
        zone.isDaylightTime(at: minutes * 60)
    }

    /// Two names of one zone are the same rule.
    package static func == (left: ZoneRule, right: ZoneRule) -> Bool { left.identifier == right.identifier }

    /// As `==` compares.
    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

    /// Minutes east of UTC at an instant in minutes since 1970-01-01 00:00 UTC.
    func offset(atUTC minutes: Int) -> Int {
        // Local mean time, before there were zones, has seconds.
        Int((Double(zone.offset(at: minutes * 60)) / 60).rounded())
    }

    /// The instants at which the clocks of the zone show a local time.
    enum Instants: Equatable {
        /// The clocks skipped it.
        case none
        /// Minutes since 1970-01-01 00:00 UTC.
        case one(Int)
        /// The clocks showed it twice.
        case two(Int, Int)
    }

    /// When the zone's clocks show a local time in minutes since 1970-01-01 00:00 of that clock.
    func instants(ofLocal minutes: Int) -> Instants {
        func minute(_ seconds: Int) -> Int { Int((Double(seconds) / 60).rounded()) }
        return switch zone.moments(ofLocal: minutes * 60) {
        case (nil, nil): .none
        case (let moment?, nil), (nil, let moment?): .one(minute(moment))
        case (let first?, let second?): .two(minute(first), minute(second))
        }
    }

    /// As above, one after the other: none for a time that the clocks skip, two for one that they show twice.
    package func moments(ofLocal minutes: Int) -> [Int] {
        switch instants(ofLocal: minutes) {
        case .none: []
        case .one(let instant): [instant]
        case .two(let first, let second): [first, second]
        }
    }

    /// What daylight saving time skips before a skipped local time resumes, in minutes; for wording.
    func gapLength(atLocal minutes: Int) -> Int {
        abs(offset(atUTC: minutes + 1440) - offset(atUTC: minutes - 1440))
    }

    /// Whether a name in capitals abbreviates a zone: it may follow a clock time.
    static func isAbbreviation(_ name: String) -> Bool {
        (2...4).contains(name.utf8.count) && spoken[name.lowercased()] != nil
    }

    /// The zone that a time's last word abbreviates, and its offset; nil where that is none, or changes with the season.
    static func standardOffset(in text: String) -> (name: String, offset: String)? {
        let name = String(text.reversed().prefix { $0.isLetter }.reversed()).uppercased()
        return offsets[name].map { (name, $0) }
    }

    private static let offsets = [
        "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
        "PST": "-08:00", "PDT": "-07:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00",
    ]

    /// What a program's name for a zone says between its marks: `(GMT-07:00) Mountain Time (America/Denver)` has the zone
    /// itself, `(UTC-05:00) Eastern Time (US & Canada)` and `Central Time - US & Canada` the name that people write.
    private static func plainName(_ name: String) -> String {
        var rest = name[...]
        if rest.hasPrefix("(UTC") || rest.hasPrefix("(GMT"), let end = rest.firstIndex(of: ")") {
            rest = rest[rest.index(after: end)...]
        }
        if rest.hasSuffix(")"), let start = rest.lastIndex(of: "(") {
            let inner = rest[rest.index(after: start)...].dropLast()
            if inner.contains("/") { return Wording.trimmed(String(inner)) }
        }
        for country in [" (US & Canada)", " - US & Canada", " (US and Canada)"] where rest.hasSuffix(country)
        {
            rest = rest.dropLast(country.count)
        }
        return Wording.trimmed(String(rest))
    }

    /// The zone's name that is closest to a text, where one is close.
    static func suggestion(for text: String) -> String? {
        if let name = Suggestion.closest(to: text, among: candidates) { return name }
        // `Boise`
        let key = Suggestion.Candidate(text).key
        return cities.first { $0.key == key }.flatMap { identifiers[$0.name] }
    }

    private static let candidates =
        (["Eastern", "Central", "Mountain", "Pacific", "Arizona", "Alaska", "Hawaii"]
        + identifiers.values.sorted()).map { Suggestion.Candidate($0) }

    /// The last part of each identifier as its key, and the identifier in lower case as its name.
    private static let cities = identifiers.keys.sorted().map { identifier in
        var city = Suggestion.Candidate(identifier)
        city.key = Suggestion.Candidate(String(identifier.drop { $0 != "/" }.dropFirst())).key
        return city
    }

    static let identifiers: [String: String] = {
        var table: [String: String] = [:]
        for name in SystemZone.names() where name.contains("/") {
            table[name.lowercased()] = name
        }
        return table
    }()

    /// Names that people write, by their keys.
    private static let spoken: [String: String] = {
        let zones: [(identifier: String, names: String)] = [
            ("America/New_York", "Eastern,ET,EST,EDT,US/Eastern,EST5EDT,New York"),
            ("America/Chicago", "Central,CT,CST,CDT,US/Central,CST6CDT,Chicago"),
            ("America/Denver", "Mountain,MT,MST,MDT,US/Mountain,MST7MDT,Denver"),
            ("America/Los_Angeles", "Pacific,PT,PST,PDT,US/Pacific,PST8PDT,Los Angeles"),
            ("America/Phoenix", "Arizona,US/Arizona,US Mountain,Mountain (Arizona),Phoenix"),
            ("America/Anchorage", "Alaska,AKT,AKST,AKDT,US/Alaska,Alaskan,Anchorage"),
            ("Pacific/Honolulu", "Hawaii,HT,HST,US/Hawaii,Hawaiian,Hawaii-Aleutian,Honolulu"),
            ("America/Puerto_Rico", "Puerto Rico,US/Puerto Rico"),
            (
                "America/Indiana/Indianapolis",
                "Indiana,US/East-Indiana,Indiana (East),US Eastern,Indianapolis"
            ),
            ("America/Detroit", "Michigan,US/Michigan,Detroit"),
            ("UTC", "UTC,GMT,Zulu,Etc/UTC,Etc/GMT,Coordinated Universal Time,Universal"),
        ]
        var table: [String: String] = [:]
        for (identifier, names) in zones {
            for name in names.split(separator: ",").map(String.init) {
                table[nameKey(name)] = identifier
                guard identifier != "UTC", name.count > 4, !name.contains("/") else { continue }
                for ending in [
                    "time", "standardtime", "daylighttime", "time(us&canada)", "standardtime(us&canada)",
                    "(us&canada)",
                    "daylightsavingtime", "zone", "timezone",
                ] {
                    table[nameKey(name) + ending] = identifier
                }
            }
        }
        return table
    }()
}
