import Foundation

/// A file that is gone when the test is over.
package final class TemporaryInput {
    package let path: String

    package init(_ bytes: [UInt8]) throws {
        path = NSTemporaryDirectory() + "stimport-test-" + UUID().uuidString + ".csv"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    package convenience init(_ text: String) throws {
        try self.init(Array(text.utf8))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
