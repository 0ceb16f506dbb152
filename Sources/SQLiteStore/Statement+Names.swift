import CSQLite

/// Parameters and columns by their names.
extension Statement {
    /// Gives every parameter its value.
    ///
    /// - Throws: `SQLiteError` that names a parameter which the statement does not have, or which got no value.
    public func bind(_ arguments: Arguments) throws(SQLiteError) {
        let pairs = arguments.pairs
        if !hasBoundOrder(of: pairs) {
            boundOrder = []
            boundOrder = try order(of: pairs)
        }
        for (position, pair) in pairs.enumerated() {
            let index = boundOrder[position].index
            if let value = pair.1 {
                value.bind(to: self, at: index)
            } else {
                bind(nil as Int64?, at: index)
            }
        }
    }

    private func hasBoundOrder(of pairs: [(String, (any SQLiteValue)?)]) -> Bool {
        guard pairs.count == boundOrder.count, !pairs.isEmpty else { return false }
        for (position, pair) in pairs.enumerated() where pair.0 != boundOrder[position].name { return false }
        return true
    }

    /// The positions of some parameters, which must be all.
    private func order(
        of pairs: [(String, (any SQLiteValue)?)]
    ) throws(SQLiteError) -> [(name: String, index: Int32)] {
        var order: [(name: String, index: Int32)] = []
        for (name, _) in pairs {
            guard let index = parameters[name] else { throw misuse("there is no parameter :\(name)") }
            order.append((name, index))
        }
        let given = Set(order.map(\.name))
        let missing = parameters.filter { !given.contains($0.key) }.min { $0.value < $1.value }
        if let missing { throw misuse("the parameter :\(missing.key) has no value") }
        return order
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
    @usableFromInline func column(named name: String) throws(SQLiteError) -> Int32 {
        if readCount < readOrder.count, readOrder[readCount].name == name {
            readCount += 1
            return readOrder[readCount - 1].index
        }
        switch columns[name] {
        case .some(.some(let index)):
            // From here on, this row's order is the one that counts.
            readOrder.replaceSubrange(readCount..., with: [(name: name, index: index)])
            readCount += 1
            return index
        case .some(.none): throw misuse("two columns have the name \(name)")
        case .none: throw misuse("there is no column \(name)")
        }
    }

    /// Why a column could not be read.
    @usableFromInline func misread<Value>(_ name: String, _ index: Int32, as type: Value.Type) -> SQLiteError
    {
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
