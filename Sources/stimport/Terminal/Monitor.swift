import AppointmentRows
import SystemFiles

/// A value behind a lock, whose changes threads can wait for.
///
/// `@unchecked`: the value is touched under the condition's lock only.
final class Monitor<Value: Sendable>: @unchecked Sendable {
    private let condition = Condition()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    /// Looks at the value or changes it, and wakes whoever waits for a change.
    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return body(&value)
    }

    /// Waits until `body`, which is asked again after every change, has a result.
    ///
    /// - Parameter deadline: nil waits for ever.
    /// - Returns: nil where the deadline passed.
    func wait<Result>(until deadline: Date? = nil, _ body: (inout Value) -> Result?) -> Result? {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        while true {
            if let result = body(&value) { return result }
            guard let deadline else {
                condition.wait()
                continue
            }
            if !condition.wait(atMost: deadline.timeIntervalSinceNow) { return body(&value) }
        }
    }
}
