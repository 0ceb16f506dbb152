import AppointmentRows
import Foundation

/// A made-up export in a folder of its own, which is gone afterwards.
struct SampleFile: ~Copyable {
    let folder: String
    let path: String
    /// What is in it.
    var bytes: [UInt8] { (try? Array(Data(contentsOf: URL(fileURLWithPath: path)))) ?? [] }

    /// Every row is another customer, so none is a duplicate. Half of the notes are empty; of the others some
    /// need quotes.
    ///
    /// - Parameter first: how many rows other files have before: no customer of theirs is in this one.
    init(rows: Int, order: CustomerOrder, first: Int = 0) throws {
        var text: [UInt8] = []
        text.reserveCapacity(rows * 96)
        text += Array(
            "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes\n".utf8)
        let notes = [
            "", "", "", "", "Gate code 4471#", "Call first: 555-0142", "\"Dog in the yard, friendly\"",
            "\"Says \"\"again\"\"\nand rings twice\"",
        ]
        for row in first..<first + rows {
            let customer = Self.customer(row, order)
            let (month, day, hour) = (row % 12 + 1, row % 28 + 1, row % 10 + 7)
            text += Array(
                "\(customer),\(row % 40 + 1),\(month)/\(day)/2014 \(hour):30,\(month)/\(day)/2014 \(hour + 2):00,\(row % 3 + 1),Basic Package,\(notes[row % notes.count])\n"
                    .utf8)
        }
        try self.init(Data(text))
    }

    /// A file of that text.
    init(_ text: Data) throws {
        folder = NSTemporaryDirectory() + "/stimport-benchmark-" + UUID().uuidString
        path = folder + "/appointments.csv"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(to: URL(fileURLWithPath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Random means all over the index, and yet no customer twice: an odd factor permutes the numbers below
    /// a power of two.
    static func customer(_ row: Int, _ order: CustomerOrder) -> Int {
        switch order {
        case .sequential: 100_000 + row
        case .random: 100_000 + (row &* 2_654_435_761) & 0x7FF_FFFF
        }
    }
}
