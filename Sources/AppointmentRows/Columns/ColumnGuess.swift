/// Which of a file's columns may be meant where one of ours is missing: a proposal, so it must not lead astray.
enum ColumnGuess {
    /// The name that comes closest to each column's own name or to one of its aliases. No name is proposed for two
    /// columns, and none whose words say that it holds something else: a status is no start, a date no time of day.
    static func guesses(for missing: [InputColumn], among names: [String]) -> [InputColumn: String] {
        var guesses = missing.reduce(into: [InputColumn: (distance: Int, name: String)]()) {
            guesses, column in
            guesses[column] = closest(to: column, among: names.filter { mayHold($0, column) })
        }
        if missing.contains(.end), guesses[.end] == nil {
            // Another column may say it in another way.
            for column in [InputColumn.duration, .window] {
                guesses[column] = closest(to: column, among: names.filter { mayHold($0, column) })
            }
        }
        // Where a name comes close to two of our columns, the nearer one has it.
        return guesses.filter { column, guess in
            let rivals = guesses.filter {
                $0.key != column && nameKey($0.value.name) == nameKey(guess.name)
            }
            return rivals.values.allSatisfy { guess.distance < min($0.distance, 64) }
        }.mapValues(\.name)
    }

    private static func closest(to column: InputColumn, among names: [String]) -> (
        distance: Int, name: String
    )? {
        let candidates = names.map { Suggestion.Candidate($0) }
        let keys = ColumnName.allKeys.filter { $0.value == column && $0.key.count > 3 }.keys.sorted()
        return ([column.name] + keys).compactMap { Suggestion.match(to: $0, among: candidates) }
            .min { $0.distance < $1.distance }
    }

    /// Whether a column of that name may hold what the column needs.
    private static func mayHold(_ name: String, _ column: InputColumn) -> Bool {
        // What is known to mean another one of ours.
        if let match = ColumnName.match(name), match.column != column { return false }
        let key = nameKey(name)
        func has(_ words: [String]) -> Bool { words.contains { key.contains($0) } }
        if has(anythingElse) { return false }
        switch column {
        case .start, .end:
            if has(noTime) || ["id", "by", "plan"].contains(where: key.hasSuffix)
                || key.contains("date") && !key.contains("time") && !key.contains("&")
            {
                return false
            }
            // `Appointment time` may be either.
            let rest = eitherEnd.reduce(key) { $0.replacing($1, with: "") }
            if rest.count <= 1 { return false }
            // An end is no start, nor the other way round.
            return column == .start ? !has(ends) : !has(starts)
        case .duration:
            // `Appointment` comes close to `Appointment length`, and is none.
            return has(lengthParts)
                && !has(times + noNumber + ["type", "customer", "client", "travel", "clock", "service"])
        case .window: return has(["window", "slot", "range", "frame"])
        case .customerID: return !has(times + noNumber + noCustomer) && !key.hasSuffix("ip")
        case .serviceType:
            return !has(times + noNumber + noServiceType) && !key.hasSuffix("id")
                && !key.hasSuffix("by")
        case .techID: return !has(times + noNumber + ["type", "customer", "client"])
        default: return true
        }
    }

    private static let anythingElse = [
        "status", "state", "cancel", "confirm", "created", "modified", "updated", "email", "phone", "mobile",
        "oldstart", "olddate", "oldtime", "original", "previous", "former", "po#", "ponumber", "price",
        "customfield", "question", "response", "tracking", "reminder",
        "cost", "amount", "total",
    ]
    private static let eitherEnd = [
        "appointment", "appt", "scheduled", "schedule", "service", "visit", "job", "local", "time",
    ]
    private static let lengths = ["duration", "length", "minutes", "hours"]
    /// What is left of those words where they are misspelt.
    private static let lengthParts = ["durat", "duart", "duration", "leng", "minut", "hour", "hrs"]
    private static let noTime =
        lengths + [
            "zone", "number", "name", "note", "allday", "reminder", "due", "open", "servicewindow", "travel",
            "clock", "utc", "gmt", "address", "location", "place", "street", "city", "odometer", "mileage",
            "balance", "reason", "user", "latitude", "longitude", "startlat", "endlat", "startlng", "endlng",
            "fee", "week", "month", "year", "contract", "warranty", "billing", "drive", "stamp", "shift",
            "startup", "with", "timein", "timeout", "charge", "count", "type", "code", "meter",
        ]
    /// A number beside a customer's name that a typist may mistake for the customer's own: a balance of 250 is no
    /// customer 250.
    private static let noCustomer = [
        "type", "job", "order", "balance", "rating", "score", "since", "count", "visit", "appointment",
        "appt",
        "booking", "invoice", "ticket", "rank", "level", "group", "tier", "segment", "source", "owner",
        "credit",
        "discount", "limit", "zone", "language", "vip", "value", "paid", "payment", "plan",
    ]
    private static let times = ["date", "time", "start", "end", "begin", "finish", "day"]
    private static let starts = ["start", "begin", "from"]
    private static let ends = ["end", "finish", "until", "stop"]
    private static let noNumber = ["name", "address", "street", "city", "zip", "note", "comment"]
    private static let noServiceType = [
        "customer", "client", "tech", "number", "provider", "area", "location", "level",
        "account", "plan", "fee", "rate", "contract", "payment",
    ]
}
