import Synchronization

/// Keeps each flag that is declared while a table of them is made, in order. Looking through the finished table for
/// them (`Mirror`) would have the runtime look up the type of each value by its name, a twentieth of a short run.
final class FlagRegister: Sendable {
    @TaskLocal private static var current: FlagRegister?

    private let declared = Mutex<(flags: [Flag], placed: [PlacedSetting])>(([], []))

    /// Makes a table.
    ///
    /// - Returns: the table, the flags that were declared meanwhile, and the settings that were given a place.
    static func collect<Table>(
        _ make: () -> Table
    ) -> (table: Table, flags: [Flag], placed: [PlacedSetting]) {
        let register = FlagRegister()
        let table = $current.withValue(register, operation: make)
        let declared = register.declared.withLock { $0 }
        return (table, declared.flags, declared.placed)
    }

    /// Notes a flag in the register of the table that is being made, if one is.
    static func note(_ flag: Flag) {
        current?.declared.withLock { $0.flags.append(flag) }
    }

    /// Notes where a setting's value goes.
    static func note(_ setting: PlacedSetting) {
        current?.declared.withLock { $0.placed.append(setting) }
    }
}
