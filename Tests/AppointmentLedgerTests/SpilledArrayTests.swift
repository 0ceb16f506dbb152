import TestSupport
import Testing

@testable import AppointmentLedger

@Suite("Values that are set aside in a temporary file") struct SpilledArrayTests {
    private struct Value: BitwiseCopyable, Equatable {
        var number: Int64
        var other: Int32
    }

    private func value(_ number: Int) -> Value { Value(number: Int64(number), other: Int32(number % 77)) }

    private func check(_ array: inout SpilledArray<Value>, _ expected: [Value]) throws {
        #expect(array.count == expected.count)
        for place in expected.indices where try array.value(at: place) != expected[place] {
            Issue.record("\(place) is wrong")
            return
        }
    }

    @Test(
        "are what was added, however much is kept in memory", arguments: [1, 4_096, 1 << 16],
        [0, 1, 255, 256, 257, 30_000])
    func added(bytes: Int, count: Int) throws {
        var array = SpilledArray<Value>(inMemory: bytes)
        for number in 0..<count { array.append(value(number)) }
        try check(&array, (0..<count).map(value))
    }

    @Test("stay right whatever is added, forgotten and looked at in between", arguments: 0..<20)
    func random(seed: Int) throws {
        var random = SeededNumbers(state: UInt64(seed))
        var array = SpilledArray<Value>(inMemory: 1)
        var expected: [Value] = []
        for _ in 0..<60 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where !expected.isEmpty:
                let count = Int.random(in: 0...expected.count, using: &random)
                array.truncate(to: count)
                expected.removeSubrange(count...)
            default:
                for _ in 0..<Int.random(in: 0...900, using: &random) {
                    let value = value(.random(in: 0..<1_000_000, using: &random))
                    array.append(value)
                    expected.append(value)
                }
            }
            for _ in 0..<50 where !expected.isEmpty {
                let place = Int.random(in: expected.indices, using: &random)
                #expect(try array.value(at: place) == expected[place])
            }
        }
        try check(&array, expected)
    }

    @Test("stay in memory where no file can be made")
    func noFolder() throws {
        var array = SpilledArray<Value>(inMemory: 1, folder: "/nowhere/at/all")
        for number in 0..<5_000 { array.append(value(number)) }
        try check(&array, (0..<5_000).map(value))
    }
}
