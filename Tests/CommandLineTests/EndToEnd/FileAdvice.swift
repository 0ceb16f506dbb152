import TestSupport

/// A file that can't be read, a part of what the program says would help, and the flags that do so.
struct FileAdvice: Sendable {
    var text: String
    var flags: [String]
    var fix: String
    var advised: [String]

    init(_ text: String, _ flags: [String], _ fix: String, _ advised: [String]) {
        (self.text, self.flags, self.fix, self.advised) = (text, flags, fix, advised)
    }
}

extension FileAdvice {
    /// Every kind of advice about a file.
    static let files: [FileAdvice] = {
        let row = "104882,\(Advice.day) 9:00,\(Advice.day) 10:00,Install\n"
        return [
            FileAdvice(
                "Customer ID,Strat Time,End,Service\n\(row)", [], "--map StartTime=\"Strat Time\"",
                ["--map", "StartTime=Strat Time"]
            ),
            FileAdvice(
                "Customer ID,Strat Time,Ent Time,Service\n\(row)", [],
                "--map StartTime=\"Strat Time\" --map EndTime=\"Ent Time\"",
                ["--map", "StartTime=Strat Time", "--map", "EndTime=Ent Time"]
            ),
            FileAdvice(
                "Customer ID,Coming,End,Service\n\(row)", [], "--map StartTime=\"its name in the file\"",
                ["--map", "StartTime=Coming"]
            ),
            FileAdvice(
                "Customer ID,Arrival,End,Service\n\(row)", [], "did you mean --map StartTime=\"Arrival\"?",
                ["--map", "StartTime=Arrival"]
            ),
            FileAdvice(
                "Customer ID,Strat Time,Last,Service\n\(row)", [],
                "--map StartTime=\"Strat Time\"? If so, add that and say where the rest is with --map EndTime=\"its name in the file\"",
                ["--map", "StartTime=Strat Time", "--map", "EndTime=Last"]
            ),
            FileAdvice(
                "Customer ID,Start Time of our next visit to that customer as planned by the office,End,Service\n\(row)",
                [],
                "--map StartTime=\"Start Time of our next visit to that customer as planned by the office\"",
                ["--map", "StartTime=Start Time of our next visit to that customer as planned by the office"]
            ),
            FileAdvice(
                "Customer ID,Start Time $,End,Service\n\(row)", [], "--map StartTime='Start Time $'",
                ["--map", "StartTime=Start Time $"]
            ),
            FileAdvice(
                row, [], "--no-header --columns SecurityTraxUniqueID,StartTime,EndTime,ServiceType",
                ["--no-header", "--columns", "SecurityTraxUniqueID,StartTime,EndTime,ServiceType"]
            ),
            FileAdvice(
                "104882,12,\(Advice.day) 9:00,\(Advice.day) 10:00,Service,\n", [],
                "--no-header --columns FIELD1,FIELD2,StartTime,EndTime,ServiceType,FIELD6, with one of our names",
                ["--no-header", "--columns", "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,"]
            ),
            FileAdvice(
                "Service,Customer ID,Start,End\nInstall,104882,\(Advice.day) 9:00,\(Advice.day) 10:00\n",
                ["--no-header", "--columns", "Customer ID,Start,End,Service"],
                "leave out --no-header and --columns", []
            ),
            FileAdvice(
                "Customer ID!Start!End!Service\n" + row.replacing(",", with: "!"), [], "--delimiter",
                ["--delimiter", "!"]
            ),
            FileAdvice(
                "Customer ID,Start,End,Service\n\(row)", ["--map", "StartTime=Strat"],
                "did you mean \"Start\"?", ["--map", "StartTime=Start"]
            ),
            FileAdvice(
                "Customer ID,Appt Start,Job Start,End,Service\n104882,\(Advice.day) 9:00,\(Advice.day) 9:30,\(Advice.day) 10:00,Install\n",
                [],
                "--map StartTime=\"Job Start\"", ["--map", "StartTime=Job Start"]
            ),
            FileAdvice(
                "Customer ID,Start,End,Service\n104882,13/1/2090 9:00,13/1/2090 10:00,Install\n",
                ["--horizon", "90y"],
                "--date-order dmy", ["--horizon", "90y", "--date-order", "dmy"]
            ),
        ]
    }()
}
