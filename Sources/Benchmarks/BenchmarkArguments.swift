import AppointmentRows

/// What was asked for on the command line.
struct BenchmarkArguments {
    /// The benchmarks to run.
    var names: Set<String> = []
    /// How many rows each works on; nil for a number that suits it.
    var rows: Int?
    /// How often each side of a contest is run.
    var goes = 3
    /// In which orders the customers come.
    var orders = CustomerOrder.allCases
    /// The program to measure; nil for the one beside this program.
    var program: String?

    static let usage = """
        usage: Benchmarks [NAME…] [--rows N] [--goes N] [--order sequential|random] [--stimport FILE]
        names: \(Benchmarks.all.map(\.name).joined(separator: ", "));
        without one, all but \(Benchmarks.onlyNamed.sorted().joined(separator: ", "))
        """

    init(_ words: some Sequence<String>) throws(BenchmarkFailure) {
        var words = words.makeIterator()
        while let word = words.next() {
            switch word {
            case "--rows":
                guard let rows = words.next().flatMap({ Int($0) }), rows > 0 else {
                    throw BenchmarkFailure("--rows needs a number above 0\n" + Self.usage)
                }
                self.rows = rows
            case "--goes":
                guard let goes = words.next().flatMap({ Int($0) }), goes > 0 else {
                    throw BenchmarkFailure("--goes needs a number above 0\n" + Self.usage)
                }
                self.goes = goes
            case "--order":
                guard let order = words.next().flatMap(CustomerOrder.init) else {
                    throw BenchmarkFailure("--order is sequential or random\n" + Self.usage)
                }
                orders = [order]
            case "--stimport":
                guard let program = words.next() else {
                    throw BenchmarkFailure("--stimport needs a file\n" + Self.usage)
                }
                self.program = program
            default:
                guard Benchmarks.all.contains(where: { $0.name == word }) else {
                    throw BenchmarkFailure(Self.usage)
                }
                names.insert(word)
            }
        }
        if names.isEmpty { names = Set(Benchmarks.all.map(\.name)).subtracting(Benchmarks.onlyNamed) }
    }
}

/// In which order the rows' customers come: a sorted export is the kindest case for an index, a random one
/// the harshest.
enum CustomerOrder: String, CaseIterable {
    case sequential
    case random
}

/// What ends the measuring.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
