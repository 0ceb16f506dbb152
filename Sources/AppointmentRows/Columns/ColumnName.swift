/// The names that head columns: how they are compared, and which ones are understood.
enum ColumnName {
    /// How surely a name means its column: of two names for the same column the surer one is taken.
    enum Certainty: Int, Comparable {
        /// The column's own name.
        case exact
        /// A name that hardly means anything else.
        case clear
        /// A name that may stand for something else where a clearer one is there too
        /// (`Customer` beside `Customer ID` is the customer's name).
        case loose
        /// A name that serves where no other column does: a calendar's `Subject` may say what the visit is for.
        case faint

        static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
    }

    /// What a name means, or nil where it means nothing here.
    static func match(_ name: String) -> (column: InputColumn, certainty: Certainty)? {
        let key = nameKey(name)
        if let meaning = meaning(ofKey: key) { return meaning }
        if let meaning = withoutRemark(key).flatMap({ meaning(ofKey: $0) }) {
            // `Tech Required` says that somebody must go.
            return meaning.column == .techID && TechnicianColumnName.isNeed(key) ? nil : meaning
        }
        return TechnicianColumnName.place(name) == .first ? (.techID, .faint) : nil
    }

    /// What names mean, each by itself and all of them together: where others of ours are marked as required, a
    /// technician's that is marked so is no need of one.
    static func matches(_ names: [String]) -> [(column: InputColumn, certainty: Certainty)?] {
        let keys = names.map { nameKey($0) }
        let isMarked = zip(names, keys).contains { TechnicianColumnName.isNeed($1) && match($0) != nil }
        return zip(names, keys).map { name, key in
            parted(key, among: keys) ?? match(name)
                ?? (isMarked ? withoutRemark(key).flatMap { meaning(ofKey: $0) } : nil)
        }
    }

    /// What one of two columns means that have the day and the clock time of a start or an end apart: `Scheduled Start Date`
    /// beside `Scheduled Start Time`. Nil for any other.
    private static func parted(
        _ key: String, among keys: [String]
    ) -> (column: InputColumn, certainty: Certainty)? {
        guard key.hasSuffix("date") || key.hasSuffix("time") else { return nil }
        for (words, column, dateColumn) in halves {
            for word in words {
                let isDate = key.hasSuffix(word + "date")
                guard isDate || key.hasSuffix(word + "time") else { continue }
                let prefix = String(key.dropLast(word.count + 4))
                guard visits.contains(prefix), keys.contains(prefix + word + (isDate ? "time" : "date"))
                else {
                    continue
                }
                return (isDate ? dateColumn : column, .clear)
            }
        }
        return nil
    }

    private static let halves: [(words: [String], column: InputColumn, dateColumn: InputColumn)] = [
        (["start", "begin"], .start, .date), (["end", "finish"], .end, .endDate),
    ]
    private static let visits: Set<String> = [
        "", "appointment", "appt", "scheduled", "schedule", "sched", "job", "visit", "service", "event",
        "booking",
        "planned", "jobscheduled", "workorder", "installation", "install",
    ]

    private static func meaning(ofKey key: String) -> (column: InputColumn, certainty: Certainty)? {
        table[key] ?? durationColumn(ofKey: key).map { ($0, .clear) }
    }

    /// The column of a duration whose name says its unit. They are taken apart, not listed: every run would pay for a
    /// list of all of them.
    private static func durationColumn(ofKey key: String) -> InputColumn? {
        for base in durations where key.hasPrefix(base) {
            let unit = String(key.dropFirst(base.count))
            if minuteUnits.contains(unit) { return .durationMinutes }
            if hourUnits.contains(unit) { return .durationHours }
            if unitNames.contains(unit) { return .durationUnit }
        }
        return nil
    }

    /// A name without what its owner has remarked about the column: `(required)`, `[mm/dd/yyyy]`, `(24h)`, a `*`
    /// before it. A remark that may change the meaning (`(UTC)`, `(name)`) stays: the name is then unknown.
    static func withoutRemark(_ key: String) -> String? {
        var rest = key[...]
        while rest.first == "*" { rest = rest.dropFirst() }
        let opening: Character? = rest.last == ")" ? "(" : rest.last == "]" ? "[" : nil
        if let opening, let start = rest.lastIndex(of: opening) {
            guard isRemark(rest[rest.index(after: start)...].dropLast()) else { return nil }
            rest = rest[..<start]
        } else if let word = ["required", "mandatory"].first(where: { rest.hasSuffix($0) }) {
            rest = rest.dropLast(word.count)
        }
        while let last = rest.last, last == "*" || last == ":" { rest = rest.dropLast() }
        return rest.count < key.count && !rest.isEmpty ? String(rest) : nil
    }

    private static func isRemark(_ text: Substring) -> Bool {
        if remarks.contains(String(text)) { return true }
        // `mm/dd/yyyy`, `hh:mmam/pm`
        return ["mm", "hh", "yy", "dd", "/"].contains { text.contains($0) }
            && text.allSatisfy { "mdyhsaptn:/.,".contains($0) }
    }

    private static let remarks: Set<String> = [
        "required", "optional", "mandatory", "req", "req.", "requiredfield", "mustbefilled", "local",
        "localtime", "customerlocaltime", "24h", "24hr", "24hour", "24hours", "12h", "12hr", "12hour",
        "military",
        "text", "number", "numeric", "date", "time", "datetime",
    ]

    /// Whether the column is one that our own rejects files add.
    static func isRejectsColumn(_ name: String) -> Bool { isRejectsKey(nameKey(name)) }

    /// The same by the column's key.
    static func isRejectsKey(_ key: String) -> Bool { rejectsKeys.contains(key) }

    private static let rejectsKeys = Set(RejectsColumn.allCases.map { nameKey($0.rawValue) })

    private static let table: [String: (column: InputColumn, certainty: Certainty)] = {
        var table: [String: (column: InputColumn, certainty: Certainty)] = [:]
        table.reserveCapacity(768)
        for column in InputColumn.allCases { table[nameKey(column.name)] = (column, .exact) }
        for (column, certainty, names) in aliases {
            for name in names.split(separator: ",") {
                let key = nameKey(String(name))
                if let other = table[key] {
                    assert(other.column == column, "the column name \(name) stands for two columns")
                } else {
                    table[key] = (column, certainty)
                }
            }
        }
        return table
    }()

    /// What a duration can be called, as keys; with a unit behind it, it is one of minutes or of hours.
    private static let durations = [
        "duration", "length", "appointmentduration", "apptduration", "appointmentlength", "jobduration",
        "jobonduration", "visitduration", "visitlength", "serviceduration", "estimatedduration",
        "estduration",
        "est.duration", "scheduledduration", "eventduration", "bookingduration", "totalduration",
        "plannedduration",
        "timeatstop", "timeonsite", "stopduration", "servicetime",
    ]
    private static let minuteUnits = units([
        "m", "min", "mins", "minute", "minutes", "min.", "mins.", "mm:ss", "m:ss", "min:sec",
        "minutes:seconds",
    ])
    /// What a column is called behind a duration's name that says what it counts.
    private static let unitNames: Set<String> = [
        "unit", "units", "type", "uom", "unitofmeasure", "timeunit", "timeunits", "unitname", "measure",
    ]
    private static let hourUnits = units(["h", "hr", "hrs", "hour", "hours", "hr.", "hrs.", "h."])

    private static func units(_ names: [String]) -> [String] {
        names.flatMap { ["(\($0))", "[\($0)]", "in\($0)", ",\($0)"] + ($0.count > 1 ? [$0] : []) }
    }

    /// Names that other programs and people give the columns. Left out on purpose: `ID` and `Unique ID` (often
    /// the sender's own number), `Name`, `Details` (notes or detail type).
    private static let aliases: [(InputColumn, Certainty, String)] = [
        (
            .customerID, .clear,
            """
            SecurityTrax ID,SecurityTrax Customer ID,SecurityTrax Customer,SecurityTrax Unique,\
            SecurityTrax Customer Number,SecurityTrax Number,SecurityTrax No,SecurityTrax #,ST ID,ST Unique ID,\
            ST Customer ID,ST Number,Customer ID,Customer Unique ID,Customer Number,Customer No,Customer No.,\
            Customer Num,Customer #,CustomerID#,Cust ID,Cust No,Cust No.,Cust #,Cust Num,Cust Number,\
            ID of Customer,Client ID,Client Number,Client No
            """
        ),
        (.customerID, .loose, "Customer,Cust,SecurityTrax,Client"),
        (
            .start, .clear,
            """
            Start Date Time,Start DateTime,Start Date/Time,Start Date & Time,Start Date and Time,Starts At,Start At,\
            Appointment Start,Appointment Start Time,Appt Start,Appt Start Time,Scheduled Start,\
            Scheduled Start Time,Schedule Start,Schedule Start Time,Job Start,Job Start Time,Visit Start,Visit Start Time,\
            Service Start,Window Start,Begin Time,Beginning Time,Time Start,Time From,From Time,Start Local,\
            Start Local Time,Local Start Time,Sched Start,Sched Start Time,Scheduled Start Date,\
            Scheduled Start Date/Time,Scheduled Start Date Time,Job Scheduled Start,Job Scheduled Start Date,\
            Job Scheduled Start Time,Time Window From,Window From,Event Start,Event Start Time,Booking Start,\
            Booking Start Time,Appointment Start Date/Time,Appointment Start Date Time,Preferred Start Time
            """
        ),
        (
            .start, .loose,
            """
            Start,Starts,Begin,Begins,From,Date Time,DateTime,Date/Time,Date & Time,Date and Time,\
            Appointment Date Time,Appointment Date/Time,Appointment Date & Time,Appointment Date and Time,\
            Appt Date/Time,Appt Date Time,Appointment DateTime,Earliest Time
            """
        ),
        (
            .start, .faint,
            """
            Appointment Time,Appt Time,Scheduled Time,Schedule Time,Arrival Window Start,\
            Arrival Window Start Time,Earliest Start Time,Time,When,Scheduled For,Scheduled On,Scheduled At,\
            Booked For,Visit Time,Job Time,Date and Time of Visit
            """
        ),
        (
            .end, .clear,
            """
            End Date Time,End DateTime,End Date/Time,End Date & Time,End Date and Time,Ends At,End At,\
            Appointment End,Appointment End Time,Appt End,Appt End Time,Scheduled End,\
            Scheduled End Time,Schedule End,Schedule End Time,Job End,Job End Time,Visit End,Visit End Time,\
            Service End,Window End,Finish Time,Ending Time,Time End,Time To,To Time,Stop Time,Until Time,\
            Time Until,End Local,End Local Time,Local End Time,Sched End,Sched End Time,Scheduled End Date,\
            Scheduled End Date/Time,Scheduled End Date Time,Job Scheduled End,Job Scheduled End Date,\
            Job Scheduled End Time,Time Window To,Window To,Event End,Event End Time,Booking End,\
            Booking End Time,Appointment End Date/Time,Appointment End Date Time
            """
        ),
        (.end, .loose, "End,Ends,Finish,Finishes,To,Until,Till,Stop,Latest Time"),
        (.end, .faint, "Arrival Window End,Arrival Window End Time,Latest End Time"),
        (
            .window, .clear,
            """
            Time Window,Arrival Window,Appointment Window,Appt Window,Service Time Window,Scheduled Window,\
            Schedule Window,Visit Window,Job Window,Arrival Time Window,Scheduled Time Window,Time Slot,\
            Appointment Slot,Appointment Time Slot,Appt Slot,Time Range,Time Frame,Appointment Time Window,\
            Start - End,Start/End,Start Time - End Time,Start and End Time,From - To
            """
        ),
        (.window, .loose, "Slot"),
        (
            .duration, .clear,
            """
            Length,Appointment Duration,Appt Duration,Appointment Length,Job Duration,Visit Duration,Visit Length,\
            Service Duration,Estimated Duration,Est Duration,Est. Duration,Scheduled Duration,Event Duration,\
            Booking Duration,Planned Duration,Time at Stop,Time on Site
            """
        ),
        (.duration, .faint, "Total Duration,On Job Duration"),
        (.durationMinutes, .faint, "Minutes,Mins"),
        (.durationHours, .faint, "Hours,Hrs"),
        (.durationUnit, .clear, "Unit of Duration,Time Unit,Time Units,Duration In"),
        (
            .serviceType, .clear,
            """
            Service Type ID,Type of Service,Job Type,Type of Job,Appointment Type,Appt Type,Visit Type,Work Type,\
            Service Type Name
            """
        ),
        (.serviceType, .loose, "Service,Type,Job"),
        (
            .serviceType, .faint,
            """
            Event Type,Event Type Name,Order Type,Work Order Type,Service Name,Service Line,Job Name,Work Item,\
            Subject,Title,Summary,Appointment Name
            """
        ),
        (
            .techID, .clear,
            """
            Technician ID,Tech Number,Tech No,Tech No.,Tech #,Tech Num,Technician Number,Technician No,Technician #,\
            Installer ID,Installer Number,Assigned Tech ID,Assigned Technician ID
            """
        ),
        (.techID, .loose, "Tech,Technician,Installer,Assigned Tech,Assigned Technician"),
        (
            .techID, .faint,
            """
            Technician Name,Tech Name,Installer Name,Assigned Employee,Assigned Employees,Assigned Techs,\
            Assigned Technicians,Assigned To,Assigned Staff,Assigned Resource,Staff Name,Staff,Employee,\
            Preferred Techs,Worker ID,Worker IDs,Driver,Crew,Service Resource,Assigned User,Team Member
            """
        ),
        (
            .serviceDetailType, .clear,
            """
            Service Detail,Detail Type,Service Type Detail,Service Detail Type ID,Service Detail Type Name,\
            Service Sub Type,Sub Type,Service Details Type
            """
        ),
        (.serviceDetailType, .loose, "Detail"),
        (
            .notes, .clear,
            "Note,Appointment Notes,Appointment Note,Appt Notes,Appt Note,Tech Notes,Technician Notes,Job Notes,Visit Notes"
        ),
        (.notes, .loose, "Comment,Comments,Description,Remark,Remarks,Memo,Instructions"),
        (
            .notes, .faint,
            "Job Description,Meeting Notes,Service Description,Booking Notes,Service Notes,Notes to Tech,Notes for Tech,Notes/Comments,Dispatch Notes,Work Notes,Order Notes,Special Instructions,Access Notes,Access Instructions,Directions,Job Instructions,Work Description,Scope of Work,Reason for Visit,Technician Instructions,Tech Instructions"
        ),
        (
            .date, .clear,
            """
            Start Date,Appointment Date,Appt Date,Service Date,Scheduled Date,Schedule Date,Visit Date,Job Date,\
            Date Scheduled
            """
        ),
        (.endDate, .clear, "Finish Date,Date End,Appointment End Date,Appt End Date"),
        (
            .allDay, .clear,
            """
            All Day Event,Is All Day,Is All Day Event,All Day Appointment,Is All Day Appointment,All Day?,All Day Flag,\
            Is Whole Day,Whole Day,Whole Day Event
            """
        ),
        (
            .customerPhone, .clear,
            """
            Customer Phone Number,Customer Phone No,Customer Phone #,Customer Mobile,Customer Mobile Phone,Customer Cell,\
            Customer Cell Phone,Customer Home Phone,Customer Telephone,Client Phone,Client Phone Number,Client Mobile,\
            Contact Phone,Contact Phone Number,Contact Mobile,Subscriber Phone,Homeowner Phone,Resident Phone,\
            Site Phone,Phone,Phone Number,Phone No,Phone No.,Phone #,Phone Num,Telephone,Telephone Number,Telephone No,Tel,\
            Primary Phone,Primary Phone Number,Secondary Phone,Secondary Phone Number,Main Phone,Main Phone Number,\
            Main Phone #s,Other Phone,Alternate Phone,Alternate Phone Number,Alt Phone,Mobile,Mobile Phone,Mobile Number,\
            Mobile Phone Number,Mobile No,Cell,Cell Phone,Cell Number,Cell Phone Number,Home Phone,Home Phone Number,\
            Work Phone,Work Phone Number,Daytime Phone,Day Phone,Evening Phone,Phone 1,Phone 2,Phone 3,Phone 4,Phone1 Number
            """
        ),
        (.customerPhone, .faint, "Text Reminder Number,Contact Number"),
        (
            .accountNumber, .clear,
            """
            Account No,Account No.,Account Num,Account #,Acct Number,Acct No,Acct No.,Acct Num,Acct #,Customer Account,\
            Customer Account Number,Customer Account No,Customer Account #,Customer Acct,Customer Acct #,Client Account,\
            Client Account Number,SecurityTrax Account,SecurityTrax Account Number
            """
        ),
        (.accountNumber, .loose, "Account,Acct"),
        (.timeZone, .clear, "TZ,Customer Time Zone,Customer TZ,Local Time Zone,Timezone Name,IANA Time Zone"),
    ]

    /// All names that are understood, for tests.
    static var allKeys: [String: InputColumn] {
        var keys = table.mapValues { $0.column }
        for base in durations {
            for unit in minuteUnits { keys[base + unit] = keys[base + unit] ?? .durationMinutes }
            for unit in hourUnits { keys[base + unit] = keys[base + unit] ?? .durationHours }
            for unit in unitNames { keys[base + unit] = keys[base + unit] ?? .durationUnit }
        }
        return keys
    }
}
