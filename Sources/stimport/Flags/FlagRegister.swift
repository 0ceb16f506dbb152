import Synchronization

/// Keeps each flag that is declared while a table of them is made, in order. Looking through the finished table for
/// them (`Mirror`) would have the runtime look up the type of each value by its name, a twentieth of a short run.
final class FlagRegister: Sendable {
    @TaskLocal private static var current: FlagRegister?

    private let declared = Mutex<[Flag]>([])

    /// Makes a table.
    ///
    /// - Returns: the table, and the flags that were declared meanwhile.
    static func collect<Table>(_ make: () -> Table) -> (table: Table, flags: [Flag]) {
        let register = FlagRegister()
        let table = $current.withValue(register, operation: make)
        return (table, register.declared.withLock { $0 })
    }

    /// Notes a flag in the register of the table that is being made, if one is.
    static func note(_ flag: Flag) {
        current?.declared.withLock { $0.append(flag) }
    }
}
