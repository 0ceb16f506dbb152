import Foundation

/// The program and its rivals, run in turn several times: noise that comes and goes meets each of them.
struct Contest {
    /// One of them.
    struct Side {
        let name: String
        /// Makes ready what a run must find; not measured.
        var prepare: () throws -> Void = {}
        let run: () throws -> ChildRun
    }

    /// What was measured of one side.
    struct Result {
        let name: String
        let seconds: Double
        /// Seconds of processor time.
        let processor: Double
        /// The most memory of all runs, in KiB.
        let memory: Int?
    }

    /// Runs each side in turn and prints what the medians come to.
    ///
    /// - Parameters:
    ///   - goal: what the first side's time should be of each other's, at the most.
    ///   - rows: how many rows each works on.
    @discardableResult
    static func run(_ sides: [Side], goes: Int, goal: Double?, rows: Int? = nil) throws -> [Result] {
        var runs = sides.map { _ in [ChildRun]() }
        for _ in 0..<goes {
            for (index, side) in sides.enumerated() {
                try side.prepare()
                runs[index].append(try side.run())
            }
        }
        let results = zip(sides, runs).map { side, runs in
            Result(
                name: side.name, seconds: Measuring.median(runs.map(\.seconds)),
                processor: Measuring.median(runs.map(\.processor)),
                memory: runs.compactMap(\.memory).max())
        }
        for (index, result) in results.enumerated() {
            Measuring.line(
                result.name, Measuring.time(result.seconds),
                rows.map { Measuring.rows($0, in: result.seconds) } ?? "",
                result.memory.map { Measuring.text(Double($0) / 1024) + " MiB" } ?? "",
                index == 0
                    ? ""
                    : Measuring.ratio(results[0].seconds, result.seconds, goal: goal)
                        + ", \(Measuring.text(results[0].processor / result.processor)) × its processor time")
        }
        return results
    }
}
