package import AppointmentLedger

/// How far a run is, as its events tell. Times are measured from the run's start.
package struct RunProgress: Sendable {
    /// What the run is doing.
    package enum Phase: Sendable, Hashable {
        case beginning, askingPassword, reading, connecting, posting, ending
    }

    /// A pause that somebody waits for.
    private struct Pause {
        var until: Duration
        var length: Duration
        var isAsked: Bool
    }

    package private(set) var phase = Phase.beginning
    /// Rows read.
    package private(set) var rows = 0
    /// Rows to post.
    package private(set) var toPost = 0
    /// Rows settled for good, by state.
    package private(set) var counts = RowCounts()
    /// What is on its way: rows by batch, and since when.
    private var inFlight: [Int: (rows: Int, since: Duration)] = [:]
    private var retries = 0
    private var lastLatency: Duration?
    private var isAnswered = false
    private var pause: Pause?
    private var isStopping = false
    private var phaseBegan = Duration.zero
    private var lastSettled = Duration.zero

    /// Nothing has begun.
    package init() {}

    /// The rows on their way.
    package var rowsInFlight: Int { inFlight.values.reduce(0) { $0 + $1.rows } }
    /// The batches on their way, in order.
    package var batchesInFlight: [Int] { inFlight.keys.sorted() }

    // MARK: Events

    /// Takes an event.
    package mutating func take(_ event: RunEvent, at now: Duration) {
        switch event {
        case .began: enter(.reading, at: now)
        case .reading(let rows): self.rows = rows
        case .staged(let toPost):
            self.toPost = toPost
            enter(.connecting, at: now)
        case .handshake(let handshake):
            pause = nil
            if handshake.reason == nil { isAnswered = true }
        case .posting(let batch, let rows, let attempt):
            if phase != .posting { enter(.posting, at: now) }
            pause = nil
            inFlight[batch] = (rows, now)
            if attempt > 0 { retries += 1 }
        case .settled(let batch):
            inFlight[batch.batch] = nil
            lastLatency = batch.duration
            lastSettled = now
            isAnswered = true
            counts += batch.counts
            // What goes back to pending is counted when it is settled for good.
            counts[.pending] = 0
        case .paused(let length, _, let isAsked):
            pause = Pause(until: now + length, length: length, isAsked: isAsked)
        case .delivered: end(at: now)
        case .recovered, .resuming, .understood, .asking, .found, .remarked, .toDo, .unsettled: break
        }
    }

    /// The password is asked for, or was.
    package mutating func setAsking(_ isAsking: Bool) {
        phase = isAsking ? .askingPassword : .beginning
    }

    /// Somebody wants the run to stop.
    package mutating func stop() { isStopping = true }

    /// Nothing is posted any more.
    package mutating func end(at now: Duration) {
        pause = nil
        enter(.ending, at: now)
    }

    private mutating func enter(_ new: Phase, at now: Duration) {
        phase = new
        phaseBegan = now
    }

    // MARK: Text

    /// A piece of the display.
    package struct Segment: Sendable, Hashable {
        package var text: String
        package var tone: TextStyle.Tone?

        init(_ text: String, _ tone: TextStyle.Tone? = nil) {
            self.text = text
            self.tone = tone
        }
    }

    /// What a terminal shows, the most important first: the phase with its bar, then figures, then what is waited for.
    package func segments(at now: Duration, width: Int) -> [Segment] {
        switch phase {
        case .beginning, .askingPassword: return []
        case .reading:
            return [Segment("reading: \(counted(rows, "row"))")] + pace(rows, at: now)
                + [Segment(elapsed(now))]
        case .connecting:
            return [Segment("connecting: 0 of \(counted(toPost, "row")) posted"), Segment(elapsed(now))]
                + waiting(at: now)
        case .posting:
            return [Segment(bar(width))] + pace(counts.rows, at: now)
                + [Segment(elapsed(now))] + remaining(at: now)
                + (lastLatency.map { [Segment("last post \(LedgerTime.elapsed($0))")] } ?? [])
                + outcomes + waiting(at: now)
        case .ending:
            return [Segment("ending: \(grouped(counts.rows)) of \(counted(toPost, "row")) posted")]
        }
    }

    /// For somebody who asks how far the run is.
    package func sentence(at now: Duration) -> String {
        let outcomes = outcomes.map(\.text)
        let onTheirWay = rowsInFlight == 0 ? [] : ["\(grouped(rowsInFlight)) on their way"]
        let parts: [String] =
            switch phase {
            case .beginning, .askingPassword: ["beginning, nothing was read yet"]
            case .reading: ["reading: \(counted(rows, "row"))"]
            case .connecting: ["connecting: 0 of \(counted(toPost, "row")) posted"]
            case .posting:
                ["posting: \(grouped(counts.rows)) of \(counted(toPost, "row"))"] + outcomes + onTheirWay
                    + [elapsed(now)] + remaining(at: now).map(\.text)
            case .ending: ["ending: \(grouped(counts.rows)) of \(counted(toPost, "row")) posted"] + outcomes
            }
        return "progress: " + (parts + waiting(at: now).map(\.text)).joined(separator: ", ")
    }

    /// What a run that ends at once leaves behind, and what to do.
    package func lastWords(_ next: NextSteps) -> String {
        guard rowsInFlight > 0 else {
            return
                "ended at once: no post was on its way, so nothing has come into doubt; start the same command again"
        }
        let batches = batchesInFlight.map { "\($0)" }.joined(separator: ", ")
        return
            "ended at once: \(counted(rowsInFlight, "appointment")) of batch \(batches) may or may not be in SecurityTrax and will be in doubt; next: \(next.command("review")), then start the same command again"
    }

    private var outcomes: [Segment] {
        let states: [RowState] = [.created, .refused, .inDoubt]
        return states.filter { counts[$0] > 0 }.map {
            Segment("\(grouped(counts[$0])) \($0.words)", $0.tone)
        } + (retries > 0 ? [Segment(retries == 1 ? "1 retry" : "\(grouped(retries)) retries")] : [])
    }

    /// `posting [######--------] 42%, 4,200 of 10,000 rows`
    private func bar(_ width: Int) -> String {
        let share = toPost == 0 ? 1 : min(1, Double(counts.rows) / Double(toPost))
        let length = width < 50 ? 6 : min(30, width / 4)
        let filled = Int(Double(length) * share)
        let bar =
            "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: length - filled)
            + "] "
        return "posting \(bar)\(Int(share * 100))%, \(grouped(counts.rows)) of \(counted(toPost, "row"))"
    }

    private func pace(_ done: Int, at now: Duration) -> [Segment] {
        let seconds = (now - phaseBegan).inSeconds
        guard done > 0, seconds >= 1 else { return [] }
        let rate = Double(done) / seconds
        return [
            Segment((rate < 10 ? "\((rate * 10).rounded() / 10)" : grouped(Int(rate.rounded()))) + " rows/s")
        ]
    }

    private func elapsed(_ now: Duration) -> String {
        (now < .seconds(1) ? "0 s" : LedgerTime.elapsed(now.inSeconds.rounded(.down))) + " elapsed"
    }

    private func remaining(at now: Duration) -> [Segment] {
        guard counts.rows > 0, counts.rows < toPost, now - phaseBegan >= .seconds(2) else { return [] }
        if let pause, pause.until > now { return [] }
        // By what was settled: an answer that is late, or a pause, must not make the rest ever longer.
        let whole = Double(toPost - counts.rows) * (lastSettled - phaseBegan).inSeconds / Double(counts.rows)
        let left = whole - (now - lastSettled).inSeconds
        guard left > 0 else { return [] }
        return [Segment("about \(LedgerTime.elapsed(max(1, left.rounded()))) left")]
    }

    /// What the run waits for, with how long it still takes, or has taken.
    private func waiting(at now: Duration) -> [Segment] {
        var waiting: [Segment] = []
        if let pause, pause.until > now {
            let left = max(1, (pause.until - now).inSeconds.rounded(.up))
            waiting.append(
                Segment(
                    "\(pause.isAsked ? "service says wait" : "waiting") \(LedgerTime.elapsed(pause.length)): \(LedgerTime.elapsed(left)) left",
                    .careful)
            )
        } else if phase == .connecting {
            waiting += outstanding("handshake", since: phaseBegan, at: now)
        } else if let oldest = inFlight.values.map(\.since).min() {
            waiting += outstanding(isAnswered ? "answer" : "first answer", since: oldest, at: now)
        }
        if isStopping, phase != .ending { waiting.append(Segment("stopping", .careful)) }
        return waiting
    }

    private func outstanding(_ what: String, since: Duration, at now: Duration) -> [Segment] {
        let seconds = (now - since).inSeconds.rounded(.down)
        guard seconds >= 2 else { return [] }
        return [Segment("\(what) outstanding for \(LedgerTime.elapsed(seconds))", .careful)]
    }
}

extension RunProgress {
    /// The display in lines of at most `width` characters: broken between figures, and between words where it must be.
    package func lines(at now: Duration, width: Int, _ style: TextStyle = .plain) -> [String] {
        let segments = segments(at: now, width: width)
        var lines = TextWrap.lines(segments.map(\.text), separator: " · ", width: width)
        for segment in segments {
            guard let tone = segment.tone, let index = lines.firstIndex(where: { $0.contains(segment.text) })
            else { continue }
            lines[index] = lines[index].replacing(
                segment.text, with: style.paint(segment.text, tone), maxReplacements: 1)
        }
        return lines
    }
}
