/// The trigger that lets an appointment change its state in the ways of the design, and in no other.
///
/// It looks at a row after it was changed, and undoes the statement: before, SQLite would read the row a second time, for
/// what the trigger may have done to it. Ledgers of earlier builds have other triggers that say the same.
///
/// What needs no condition is one number, a bit for each change. SQLite keeps a place in memory for each constant and each
/// step of a trigger, and clears all of them for each row: the same as a list of comparisons costs a row of a batch as
/// much again as all else that changing it takes.
enum TransitionGuard {
    static let sql = """
        CREATE TRIGGER appointments_transition AFTER UPDATE OF state ON appointments
        -- Bit \(stride) * from + to: whether that change needs no condition.
        WHEN (\(free) >> (\(stride) * OLD.state + NEW.state)) & 1 = 0
        BEGIN
            SELECT RAISE(ABORT, 'an appointment can not change its state in that way')
            WHERE NOT CASE
                -- A withdrawal remembers what it took out. Whoever wants it after all wants it posted.
                WHEN OLD.state = \(held) THEN NEW.state = \(withdrawn) AND NEW.withdrawn_from IS \(pending)
                WHEN NEW.state = \(withdrawn) AND (\(takenOut) >> OLD.state) & 1
                    THEN NEW.withdrawn_from IS OLD.state
                WHEN OLD.state = \(withdrawn) THEN NEW.state IS OLD.withdrawn_from
                WHEN OLD.state = \(pending) AND NEW.state = \(inDoubt)
                    THEN EXISTS (SELECT 1 FROM metadata WHERE name = 'adopting')
                ELSE FALSE
            END;
        END
        """

    /// The changes that need no condition.
    private static let free = bits([
        (.pending, [.pending, .posting, .refused, .held]),
        (.posting, [.pending, .created, .refused, .inDoubt]),
        (.refused, [.pending]),
        (.inDoubt, [.pending, .created]),
        (.withdrawn, [.pending]),
        (.held, [.pending, .refused]),
    ])

    /// What a person may take out that was not held.
    private static let takenOut = bits([(.pending, [.pending, .created, .refused])])

    /// Sixty-three bits are enough for these, and a state that is added later needs a trigger of its own.
    private static let stride = 7

    private static func bits(_ changes: [(from: AppointmentState, to: [AppointmentState])]) -> Int {
        var bits = 0
        for change in changes {
            for to in change.to { bits |= 1 << (stride * change.from.rawValue + to.rawValue) }
        }
        return bits
    }

    // By the names of their cases, one by one: a case that is added later changes no migration that was released.
    private static let pending = AppointmentState.sql(.pending)
    private static let inDoubt = AppointmentState.sql(.inDoubt)
    private static let withdrawn = AppointmentState.sql(.withdrawn)
    private static let held = AppointmentState.sql(.held)
}
