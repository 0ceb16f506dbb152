import AppointmentLedger

/// The posts of a run over time: how long each answer took, and which were repeated, refused or came into doubt.
struct PostsChart {
    /// How many bars there are at the most.
    private static let bars = 100
    private static let (width, height) = (400.0, 120.0)
    private static let (left, bottom) = (44.0, 18.0)

    /// One bar: a post, or the slowest of those that share a moment.
    private struct Bar {
        var seconds = 0.0
        var posts = 0
        var repeats = 0
        var refused = 0
        var doubts = 0
    }

    private let posts: [PostRecord]

    /// How wide a sign is at the most.
    private static let markWidth = 10.0

    init(_ posts: [PostRecord]) {
        self.posts = posts.filter { $0.settled != nil }
    }

    var html: String {
        guard let first = posts.map(\.claimed).min(), let last = posts.compactMap(\.settled).max() else {
            return ""
        }
        let isSingle = posts.count <= Self.bars
        let span = max(1, last - first)
        var bars = [Bar](repeating: Bar(), count: isSingle ? posts.count : Self.bars)
        for (index, post) in posts.enumerated() {
            let bar = isSingle ? index : min(Self.bars - 1, (post.claimed - first) * Self.bars / span)
            bars[bar].seconds = max(
                bars[bar].seconds, Double((post.settled ?? post.claimed) - post.claimed) / 1000)
            bars[bar].posts += 1
            if post.attempt > 0 { bars[bar].repeats += 1 }
            bars[bar].refused += post.refused
            bars[bar].doubts += post.inDoubt
        }
        let slowest = bars.map(\.seconds).max() ?? 0
        let total = bars.reduce(into: Bar()) {
            $0.repeats += $1.repeats
            $0.refused += $1.refused
            $0.doubts += $1.doubts
        }
        let words =
            "\(counted(posts.count, "post")) in \(LedgerTime.elapsed(Double(span) / 1000)), the slowest answer after \(LedgerTime.elapsed(slowest)); \(total.repeats) repeated (▲), \(counted(total.refused, "row")) refused (●), \(grouped(total.doubts)) in doubt (✕)."
        return """
            <section><h2>Posts</h2>
            <p>\(HTMLText.escaped(words))</p>
            \(picture(bars, slowest: slowest, from: first, to: last))</section>

            """
    }

    /// The clock at the end, or how much later it is where the clock shows the same.
    private static func end(_ first: Int, _ last: Int) -> String {
        let clock = LedgerTime.clock(last)
        return clock == LedgerTime.clock(first)
            ? "\(LedgerTime.elapsed(Double(last - first) / 1000)) later" : clock
    }

    private func picture(_ bars: [Bar], slowest: Double, from first: Int, to last: Int) -> String {
        let step = (Self.width - Self.left) / Double(bars.count)
        let room = Self.height - Self.bottom - 14
        var svg =
            "<svg class=\"posts\" viewBox=\"0 0 400 120\" role=\"img\" aria-label=\"how long each answer took\"><text x=\"0\" y=\"20\">\(LedgerTime.elapsed(slowest))</text><path class=\"line\" d=\"M\(HTMLReport.number(Self.left)) \(HTMLReport.number(Self.height - Self.bottom))H400\"/>"
        for (index, bar) in bars.enumerated() where bar.posts > 0 {
            let height = max(1, room * bar.seconds / max(slowest, 0.001))
            let x = Self.left + Double(index) * step
            let y = Self.height - Self.bottom - height
            let style =
                bar.doubts > 0
                ? "in_doubt" : bar.refused > 0 ? "refused" : bar.repeats > 0 ? "pending" : "visit"
            svg +=
                "<rect class=\"\(style)\" x=\"\(HTMLReport.number(x))\" y=\"\(HTMLReport.number(y))\" width=\"\(HTMLReport.number(max(0.6, min(24, step - min(2, step / 4)))))\" height=\"\(HTMLReport.number(height))\"><title>\(counted(bar.posts, "post")): \(LedgerTime.elapsed(bar.seconds))</title></rect>"
            let marks =
                (bar.doubts > 0 ? "✕" : "") + (bar.refused > 0 ? "●" : "") + (bar.repeats > 0 ? "▲" : "")
            if !marks.isEmpty {
                // Nothing of the last one may lie outside of the picture.
                let place = min(x, Self.width - Double(marks.count) * Self.markWidth)
                svg +=
                    "<text class=\"sign\" x=\"\(HTMLReport.number(place))\" y=\"\(HTMLReport.number(max(8, y - 2)))\">\(marks)</text>"
            }
        }
        return svg
            + "<text x=\"\(HTMLReport.number(Self.left))\" y=\"116\">\(LedgerTime.clock(first))</text><text class=\"end\" x=\"400\" y=\"116\">\(Self.end(first, last))</text></svg>"
    }
}
