/// Parts of a visit that a row names so that they can be read. Customer and technician are named where their IDs are
/// above 0.
package struct VisitParts: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let start = VisitParts(rawValue: 1)
    package static let end = VisitParts(rawValue: 2)
    package static let serviceType = VisitParts(rawValue: 4)
}
