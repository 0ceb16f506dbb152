/// The versions of a database's schema: an ordered list of migrations, each run
/// once, in one transaction, and never edited once released.
public struct Schema: Sendable {
    /// Marks the files of one application (SQLite's `application_id`).
    public let applicationID: Int32
    /// SQL for each version, from 1, made when it is needed: of a file that is at the last version none is.
    public let migrations: [@Sendable () -> String]

    /// A schema.
    public init(applicationID: Int32, migrations: [@Sendable () -> String]) {
        self.applicationID = applicationID
        self.migrations = migrations
    }

    /// Why a file is not taken for this schema.
    public enum Mismatch: Error, Sendable, Hashable {
        /// It is another application's database, by its `application_id`: 0 where it has none.
        case foreign(applicationID: Int)
        /// A later version of this program wrote it.
        case newer(version: Int, known: Int)
        /// An earlier version wrote it, and it was opened for reading only.
        case older(version: Int, known: Int)
        /// There is nothing in it.
        case empty
    }

    /// Where a file stands, without touching it.
    ///
    /// - Returns: the version that it has: 0 for an empty file.
    public func version(of connection: Connection) throws -> Int {
        let application = try connection.integer("PRAGMA application_id") ?? 0
        let version = try connection.integer("PRAGMA user_version") ?? 0
        let objects = try connection.integer("SELECT count(*) FROM sqlite_master") ?? 0
        if application == 0, version == 0, objects == 0 { return 0 }
        // Ours has its version from the transaction that marks it as ours.
        guard application == Int(applicationID), version > 0 else {
            throw Mismatch.foreign(applicationID: application)
        }
        guard version <= migrations.count else {
            throw Mismatch.newer(version: version, known: migrations.count)
        }
        return version
    }

    /// Brings a file to the last version.
    ///
    /// - Returns: whether it was empty before.
    @discardableResult
    public func migrate(_ connection: Connection) throws -> Bool {
        let found = try version(of: connection)
        for (index, sql) in migrations.enumerated().dropFirst(found) {
            try connection.transaction {
                try connection.execute(sql())
                try connection.execute(
                    "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(index + 1)")
            }
        }
        return found == 0
    }

    /// Refuses a file that is not at the last version, without touching it.
    public func requireCurrent(_ connection: Connection) throws {
        let found = try version(of: connection)
        if found == 0 { throw Mismatch.empty }
        if found < migrations.count { throw Mismatch.older(version: found, known: migrations.count) }
    }
}
