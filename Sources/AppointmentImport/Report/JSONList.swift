/// An object of some members and one long array, written a piece at a time: nobody need have all of it in memory.
package struct JSONList {
    private let head: [(String, JSONOutput)]
    private let name: String
    private var isEmpty = true

    /// - Parameters:
    ///   - head: the members before the array.
    ///   - name: the array's.
    package init(_ head: [(String, JSONOutput)], _ name: String) {
        (self.head, self.name) = (head, name)
    }

    /// The text up to the end of one more element, which has a line of its own.
    package mutating func adding(_ element: JSONOutput) -> String {
        defer { isEmpty = false }
        return (isEmpty ? beginning : ",") + "\n    " + element.line
    }

    /// The rest of the text.
    ///
    /// - Parameter tail: the members after the array.
    package func end(_ tail: [(String, JSONOutput)] = []) -> String {
        (isEmpty ? beginning + "]" : "\n  ]") + tail.map { ",\n" + Self.member($0) }.joined() + "\n}\n"
    }

    private var beginning: String {
        "{\n" + head.map { Self.member($0) + ",\n" }.joined() + "  " + JSONOutput.text(name).line + ": ["
    }

    private static func member(_ member: (name: String, value: JSONOutput)) -> String {
        "  \(JSONOutput.text(member.name).line): \(member.value.pretty(indent: 1))"
    }
}
