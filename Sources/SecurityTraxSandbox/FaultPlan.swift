/// What goes wrong during a server's life: of the faults that hit a post, the first one happens.
package struct FaultPlan: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// In order of precedence.
    package var faults: [Fault]

    /// A plan of these faults.
    package init(_ faults: [Fault] = []) {
        self.faults = faults
    }

    /// A plan of these faults.
    package init(arrayLiteral elements: Fault...) {
        faults = elements
    }

    /// A plan from texts, one a fault, in the grammar of `Fault`.
    ///
    /// - Throws: `SandboxError.invalidFault` for the first text that is not understood.
    package init(parsing texts: [String]) throws(SandboxError) {
        faults = []
        for text in texts { faults.append(try Fault(text)) }
    }

    /// A plan from one or more texts, in the grammar of `Fault`.
    ///
    /// - Throws: `SandboxError.invalidFault` for the first text that is not understood.
    package init(_ texts: String...) throws(SandboxError) {
        try self.init(parsing: texts)
    }
}
