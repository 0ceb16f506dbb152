import CSQLite

/// Parameters and columns by their names.
extension Statement {
    /// Gives every parameter its value.
    ///
    /// - Throws: `SQLiteError` that names a parameter which the statement does not have, or which got no value.
    public func bind(_ arguments: Arguments) throws(SQLiteError) {
        // Which of them got a value.
        var bits: UInt64 = 0
        func bit(_ index: Int32) -> UInt64 { 1 << UInt64(index) }
        precondition(parameters.count < 64, "a statement with so many parameters binds by position")
        for (name, value) in arguments.pairs {
            guard let index = parameters[name] else {
                throw misuse("there is no parameter :\(name)")
            }
            bits |= bit(index)
            if let value {
                value.bind(to: self, at: index)
            } else {
                bind(nil as Int64?, at: index)
            }
        }
        if bits.nonzeroBitCount == parameters.count { return }
        if let missing = parameters.sorted(by: { $0.value < $1.value }).first(where: {
            bits & bit($0.value) == 0
        }) {
            throw misuse("the parameter :\(missing.key) has no value")
        }
    }

    /// Runs a statement that returns no rows, and says how many rows it changed.
    @discardableResult
    public func run(_ arguments: Arguments) throws(SQLiteError) -> Int {
        try bind(arguments)
        return try run()
    }

    /// The first row of a query, as `read` makes something of it; nil where there is none.
    public func first<Value>(_ arguments: Arguments = [:], _ read: (Row) throws -> Value) throws -> Value? {
        try bind(arguments)
        defer { reset() }
        return try step() ? try read(Row(statement: self)) : nil
    }

    /// Hands each row of a query to `body`.
    public func forEach(_ arguments: Arguments = [:], _ body: (Row) throws -> Void) throws {
        try bind(arguments)
        defer { reset() }
        while try step() { try body(Row(statement: self)) }
    }

    /// The column of a name.
    func column(named name: String) throws(SQLiteError) -> Int32 {
        switch columns[name] {
        case .some(.some(let index)): return index
        case .some(.none): throw misuse("two columns have the name \(name)")
        case .none: throw misuse("there is no column \(name)")
        }
    }

    /// Why a column could not be read.
    func misread<Value>(_ name: String, _ index: Int32, as type: Value.Type) -> SQLiteError {
        let found =
            switch self.type(index) {
            case SQLITE_NULL: "NULL"
            case SQLITE_INTEGER: "an integer"
            case SQLITE_FLOAT: "a number"
            case SQLITE_TEXT: "a text"
            default: "a blob"
            }
        return misuse("the column \(name) has \(found) that is no \(type)")
    }
}
