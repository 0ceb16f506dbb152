import Foundation

/// Measures the parts of the import and prints what it found; never shipped.
///
/// Where a figure depends on the machine it stands beside one of something well known, measured in the same
/// run on the same bytes: the ratio of the two is what can be compared from machine to machine.
@main
struct Benchmarks {
    /// Those that take many minutes and much room: run only where they are named.
    static let onlyNamed: Set = ["large"]

    static let all:
        [(name: String, about: String, run: @Sendable (BenchmarkArguments) async throws -> Void)] = [
            ("parsing", "CSV bytes to records, beside counting the line feeds", ParsingBenchmark.run),
            ("checking", "records to validated appointments", CheckingBenchmark.run),
            ("kinds", "rows of many kinds, beside plain ones", RowKindsBenchmark.run),
            ("documents", "appointments to request documents", DocumentBenchmark.run),
            ("posting", "the whole import against the stand-in in this process", PostingBenchmark.run),
            ("staging", "a file into the ledger, beside sqlite3 .import", StagingBenchmark.run),
            ("check", "stimport check, beside sqlite3 .import", CheckBenchmark.run),
            ("ledger", "a large ledger: a finished file again, questions", LedgerBenchmark.run),
            ("night", "a night with nothing to do, beside Python's start", NightBenchmark.run),
            ("delivery", "a server that answers at once, beside a Python script", DeliveryBenchmark.run),
            (
                "pace", "where the service's pace is the limit: simulated nights, and real runs",
                PaceBenchmark.run
            ),
            (
                "large", "a ledger of 10,000,000 rows (some GB in the temporary folder)",
                LargeLedgerBenchmark.run
            ),
        ]

    static func main() async {
        do {
            let arguments = try BenchmarkArguments(CommandLine.arguments.dropFirst())
            #if DEBUG
                print(
                    "A debug build: these figures mean nothing. Use swift run -c release --static-swift-stdlib Benchmarks."
                )
            #endif
            for benchmark in all where arguments.names.contains(benchmark.name) {
                print("\(benchmark.name): \(benchmark.about)")
                try await benchmark.run(arguments)
            }
        } catch {
            FileHandle.standardError.write(Data("Benchmarks: \(error)\n".utf8))
            exit(2)
        }
    }
}
