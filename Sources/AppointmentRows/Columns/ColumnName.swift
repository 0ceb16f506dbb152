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

        static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
    }

    /// What a name means, or nil where it means nothing here.
    static func match(_ name: String) -> (column: InputColumn, certainty: Certainty)? {
        table[nameKey(name)]
    }

    /// Whether the column is one that our own rejects files add.
    static func isRejectsColumn(_ name: String) -> Bool {
        rejectsKeys.contains(nameKey(name))
    }

    private static let rejectsKeys = Set(RejectsColumn.allCases.map { nameKey($0.rawValue) })

    private static let table: [String: (column: InputColumn, certainty: Certainty)] = {
        var table: [String: (column: InputColumn, certainty: Certainty)] = [:]
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

    /// Names that other programs and people give the columns. Left out on purpose: `ID` and `Unique ID` (often
    /// the sender's own number), `Account` (the monitoring station's), `Name`, `Details` (notes or detail type).
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
            Scheduled Start Time,Schedule Start,Job Start,Job Start Time,Visit Start,Visit Start Time,\
            Service Start,Window Start,Begin Time,Beginning Time,Time Start,Time From,From Time,Start Local,\
            Start Local Time,Local Start Time
            """
        ),
        (.start, .loose, "Start,Starts,Begin,Begins,From"),
        (
            .end, .clear,
            """
            End Date Time,End DateTime,End Date/Time,End Date & Time,End Date and Time,Ends At,End At,\
            Appointment End,Appointment End Time,Appt End,Appt End Time,Scheduled End,\
            Scheduled End Time,Schedule End,Job End,Job End Time,Visit End,Visit End Time,\
            Service End,Window End,Finish Time,Ending Time,Time End,Time To,To Time,Stop Time,Until Time,\
            Time Until,End Local,End Local Time,Local End Time
            """
        ),
        (.end, .loose, "End,Ends,Finish,Finishes,To,Until,Till,Stop"),
        (
            .serviceType, .clear,
            """
            Service Type ID,Type of Service,Job Type,Type of Job,Appointment Type,Appt Type,Visit Type,Work Type,\
            Service Type Name
            """
        ),
        (.serviceType, .loose, "Service,Type,Job"),
        (
            .techID, .clear,
            """
            Technician ID,Tech Number,Tech No,Tech No.,Tech #,Tech Num,Technician Number,Technician No,Technician #,\
            Installer ID,Installer Number,Assigned Tech ID,Assigned Technician ID
            """
        ),
        (.techID, .loose, "Tech,Technician,Installer,Assigned Tech,Assigned Technician"),
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
        (.timeZone, .clear, "TZ,Customer Time Zone,Customer TZ,Local Time Zone,Timezone Name,IANA Time Zone"),
    ]

    /// All names that are understood, for tests.
    static var allKeys: [String: InputColumn] { table.mapValues { $0.column } }
}
