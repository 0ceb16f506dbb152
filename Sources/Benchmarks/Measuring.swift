import Foundation

/// Times work and words the result.
enum Measuring {
    /// The seconds that the fastest of some goes took: what disturbs a measurement only ever makes it slower.
    static func fastest(of goes: Int, _ work: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<goes {
            let start = ContinuousClock.now
            try work()
            best = min(best, seconds(since: start))
        }
        return best
    }

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    static func time(_ seconds: Double) -> String {
        seconds < 1 ? text(seconds * 1000) + " ms" : text(seconds) + " s"
    }

    /// A time beside a rival's, and what it should be at the most.
    static func ratio(_ seconds: Double, _ rival: Double, goal: Double?) -> String {
        "\(text(seconds / rival)) × its time" + (goal.map { " (goal: \(text($0)))" } ?? "")
    }

    /// A figure in as many digits as it deserves.
    static func text(_ value: Double) -> String {
        String(format: value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value)
    }

    static func line(_ what: String, _ figures: String...) {
        let name = what.padding(toLength: max(34, what.count + 1), withPad: " ", startingAt: 0)
        print("  " + name + figures.filter { !$0.isEmpty }.joined(separator: "   "))
    }

    static func megabytes(_ bytes: Int, in seconds: Double) -> String {
        text(Double(bytes) / 1e6 / seconds) + " MB/s"
    }

    static func rows(_ rows: Int, in seconds: Double) -> String {
        text(Double(rows) / seconds) + " rows/s"
    }
}
