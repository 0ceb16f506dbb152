import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("What the program needs of the machine")
struct ZoneDataTests {
    @Test("It is not linked with Foundation's tables of languages")
    func libraries() throws {
        let binary = try SmallFile.read(Stimport.binary)
        // By the libraries' names where they are linked dynamically, by their names of symbols where not.
        #expect(!binary.holds("libFoundation.so") && !binary.holds("lib_FoundationICU.so"))
        #expect(!binary.holds("icudt") && binary.holds("FoundationEssentials"))
    }

    @Test("Without time zone data a zone's name is refused, with what to install, and the rest works")
    func withoutData() throws {
        let folder = try TemporaryFolder()
        let stimport = try Stimport(folder: folder)
        let nowhere = ["TZDIR": "/nonexistent"]
        try folder.write(
            "a.csv",
            """
            SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,TimeZone
            104882,12,1/5/2014 8:00,1/5/2014 12:00,Install,
            104883,12,1/5/2014 8:00,1/5/2014 12:00,Install,America/Denver

            """)
        let run = try stimport.run(["check", "a.csv", "--allow-past"], environment: nowhere)
        #expect(run.stdout.contains("2 rows"), "\(run.stdout) \(run.stderr)")
        #expect((run.stdout + run.stderr).contains("install it (Debian: tzdata)"))
        let flag = try stimport.run(
            ["check", "a.csv", "--time-zone", "America/Denver"], environment: nowhere)
        #expect(flag.status == 2 && flag.stderr.contains("install it (Debian: tzdata)"), "\(flag.stderr)")
    }

    @Test(
        "The machine's zone is the one of the variable TZ, in any of its forms",
        arguments: [
            ("America/Denver", "America/Denver"), (":America/Denver", "America/Denver"), ("", "UTC"),
            ("MST7", "MST"),
        ])
    func variable(variable: String, name: String) throws {
        let folder = try TemporaryFolder()
        let stimport = try Stimport(folder: folder)
        let doctor = try stimport.run(["doctor"], environment: ["TZ": variable])
        #expect((doctor.stdout + doctor.stderr).contains("this machine's is \(name)\n"), "\(doctor.stdout)")
    }
}
