import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Synchronization

/// Names in the order in which they came first.
final class NameList: Sendable {
    private let names = Mutex((order: [String](), known: Set<String>()))

    func add(_ name: String) {
        names.withLock { names in
            if names.known.insert(name).inserted { names.order.append(name) }
        }
    }

    var all: [String] { names.withLock { $0.order } }
}

/// Rows counted by state.
final class Counter: Sendable {
    private let counts = Mutex(RowCounts())

    func add(_ state: RowState) {
        counts.withLock { $0[state] += 1 }
    }

    subscript(state: RowState) -> Int { counts.withLock { $0[state] } }
}

/// A CSV report on its way to standard output, in pieces.
final class CSVOutput: Sendable {
    private let console: Console
    private let report: Mutex<RowReport>

    init(_ console: Console, details: [String]) throws {
        self.console = console
        report = Mutex(try RowReport(details: details))
    }

    func add(_ row: ReportRow) throws {
        let bytes = try report.withLock { report -> [UInt8]? in
            try report.add(row)
            return report.pendingBytes > 1 << 16 ? report.drain() : nil
        }
        if let bytes { console.writeData(bytes) }
    }

    func finish() {
        console.writeData(report.withLock { $0.drain() })
    }
}
