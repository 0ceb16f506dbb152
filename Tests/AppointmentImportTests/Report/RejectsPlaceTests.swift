import SystemFiles
import Foundation
import TestSupport
import Testing

@testable import AppointmentImport

@Suite("Where rejects go") struct RejectsPlaceTests {
    @Test(
        "They go beside the input, under a name that an inbox knows",
        arguments: [
            ("x.csv", "x.rejects.csv", "x-2.rejects.csv"), ("x.CSV", "x.rejects.csv", "x-2.rejects.csv"),
            ("x", "x.rejects.csv", "x-2.rejects.csv"), ("x.txt", "x.rejects.csv", "x-2.rejects.csv"),
            ("a.b.csv", "a.b.rejects.csv", "a.b-2.rejects.csv"),
            ("dir/x.csv", "dir/x.rejects.csv", "dir/x-2.rejects.csv"),
            ("/abs/x.csv", "/abs/x.rejects.csv", "/abs/x-2.rejects.csv"),
            ("./x.csv", "./x.rejects.csv", "./x-2.rejects.csv"),
            ("x.rejects.csv", "x-2.rejects.csv", "x-3.rejects.csv"),
            ("x-2.rejects.csv", "x-3.rejects.csv", "x-4.rejects.csv"),
            ("x-y.rejects.csv", "x-y-2.rejects.csv", "x-y-3.rejects.csv"),
            ("x-1.rejects.csv", "x-1-2.rejects.csv", "x-1-3.rejects.csv"),
            ("visits-2026.csv", "visits-2026.rejects.csv", "visits-2026-2.rejects.csv"),
        ])
    func beside(input: String, first: String, second: String) {
        let place = RejectsPlace(beside: input)
        #expect(place.name(place.firstNumber) == first)
        #expect(place.name(place.firstNumber + 1) == second)
        #expect(place.name(place.firstNumber) != input)
    }

    @Test(
        "They go where the user says, or beside it",
        arguments: [
            ("r.csv", "r.csv", "r-2.csv"), ("out/r.txt", "out/r.txt", "out/r-2.txt"), ("r", "r", "r-2"),
            (".hidden", ".hidden", ".hidden-2"),
            ("/abs/r.rejects.csv", "/abs/r.rejects.csv", "/abs/r.rejects-2.csv"),
        ])
    func explicit(path: String, first: String, second: String) {
        let place = RejectsPlace(explicit: path, input: nil)
        #expect(place.name(place.firstNumber) == first)
        #expect(place.name(2) == second)
    }

    @Test("The ledger knows an input by its real path, whichever way it is named")
    func identity() throws {
        let folder = try TemporaryFolder()
        try folder.write("in/x.csv", "")
        let real = RejectsPlace(beside: folder.path("in/x.csv"))
        #expect(RejectsPlace(beside: folder.path("in/../in/x.csv")).inputIdentity == real.inputIdentity)
        #expect(RejectsPlace(beside: folder.path("in/y.csv")).inputIdentity != real.inputIdentity)
        #expect(try real.absolutePath(1) == folder.path("in/x.rejects.csv"))
        #expect(throws: FileError.self) {
            try RejectsPlace(beside: folder.path("none/x.csv")).absolutePath(1)
        }
    }
}
