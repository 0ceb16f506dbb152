import CSQLite

/// A value that a statement's parameter can take, and a result's column can give.
///
/// An enum that is stored by its raw value conforms by saying so.
public protocol SQLiteValue {
    /// Binds the value to a parameter.
    ///
    /// - Parameter index: counted from 1.
    func bind(to statement: Statement, at index: Int32)

    /// The value in a column of a statement's current row.
    ///
    /// - Parameter column: counted from 0.
    /// - Returns: nil where what stands there is none of this type; it is never NULL.
    static func read(from statement: Statement, _ column: Int32) -> Self?
}

extension Int: SQLiteValue {
    /// The value itself.
    public func bind(to statement: Statement, at index: Int32) { statement.bind(self, at: index) }

    /// An integer.
    public static func read(from statement: Statement, _ column: Int32) -> Int? {
        statement.type(column) == SQLITE_INTEGER ? statement.integer(column) : nil
    }
}

extension Int64: SQLiteValue {
    /// The value itself.
    public func bind(to statement: Statement, at index: Int32) { statement.bind(self, at: index) }

    /// An integer.
    public static func read(from statement: Statement, _ column: Int32) -> Int64? {
        Int.read(from: statement, column).map(Int64.init)
    }
}

extension Int32: SQLiteValue {
    /// The value itself.
    public func bind(to statement: Statement, at index: Int32) { statement.bind(Int(self), at: index) }

    /// What fits into it.
    public static func read(from statement: Statement, _ column: Int32) -> Int32? {
        Int.read(from: statement, column).flatMap { Int32(exactly: $0) }
    }
}

extension Double: SQLiteValue {
    /// The value itself.
    public func bind(to statement: Statement, at index: Int32) { statement.bind(self, at: index) }

    /// An integer is a number too.
    public static func read(from statement: Statement, _ column: Int32) -> Double? {
        let type = statement.type(column)
        return type == SQLITE_FLOAT || type == SQLITE_INTEGER ? statement.number(column) : nil
    }
}

extension Bool: SQLiteValue {
    /// 1 or 0.
    public func bind(to statement: Statement, at index: Int32) { statement.bind(self ? 1 : 0, at: index) }

    /// Every number but 0 is true.
    public static func read(from statement: Statement, _ column: Int32) -> Bool? {
        Int.read(from: statement, column).map { $0 != 0 }
    }
}

extension String: SQLiteValue {
    /// The value itself.
    public func bind(to statement: Statement, at index: Int32) { statement.bind(self, at: index) }

    /// A text.
    public static func read(from statement: Statement, _ column: Int32) -> String? {
        statement.type(column) == SQLITE_TEXT ? statement.text(column) : nil
    }
}

extension SQLiteValue where Self: RawRepresentable, RawValue: SQLiteValue {
    /// The raw value.
    public func bind(to statement: Statement, at index: Int32) { rawValue.bind(to: statement, at: index) }

    /// The case of that raw value; nil where there is none.
    public static func read(from statement: Statement, _ column: Int32) -> Self? {
        RawValue.read(from: statement, column).flatMap(Self.init(rawValue:))
    }
}

/// The values of a statement's parameters by their names: `["id": 7, "note": nil]` for `:id` and `:note`.
public struct Arguments: ExpressibleByDictionaryLiteral {
    private(set) var pairs: [(String, (any SQLiteValue)?)]

    /// None.
    public init() { pairs = [] }

    /// A name that stands there twice takes the last value.
    public init(dictionaryLiteral elements: (String, (any SQLiteValue)?)...) {
        pairs = elements
    }

    /// The value of one parameter; setting it adds it, with nil as NULL.
    public subscript(_ name: String) -> (any SQLiteValue)? {
        get { pairs.last { $0.0 == name }?.1 }
        set { pairs.append((name, newValue)) }
    }
}
