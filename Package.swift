// swift-tools-version: 6.1

import PackageDescription

/// Complete concurrency checking comes with the Swift 6 language mode; these
/// are the upcoming features that keep imports and existentials explicit.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "stimport",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "stimport", targets: ["stimport"])
    ],
    targets: [
        // System libraries.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CMarks"),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),

        // libcurl is loaded when something is to be posted: linked, it would be loaded at every start.
        .target(name: "CCurl"),

        // Libraries, from the general to the particular.
        .target(name: "SystemFiles", swiftSettings: strict),
        .target(name: "CSVReading", dependencies: ["CMarks", "SystemFiles"], swiftSettings: strict),
        .target(name: "SQLiteStore", dependencies: ["CSQLite", "SystemFiles"], swiftSettings: strict),
        .target(
            name: "SecurityTrax", dependencies: ["SystemFiles", "CCurl", "CExpat"], swiftSettings: strict),
        .target(
            name: "AppointmentRows", dependencies: ["SystemFiles", "CSVReading", "SecurityTrax"],
            swiftSettings: strict),
        .target(
            name: "AppointmentLedger",
            dependencies: ["SystemFiles", "SQLiteStore", "SecurityTrax", "AppointmentRows"],
            swiftSettings: strict),
        .target(
            name: "AppointmentImport",
            dependencies: [
                "SystemFiles", "CSVReading", "SecurityTrax", "AppointmentRows", "AppointmentLedger",
            ],
            swiftSettings: strict),
        .target(
            name: "SecurityTraxSandbox", dependencies: ["SystemFiles", "CSVReading", "SecurityTrax"],
            swiftSettings: strict),

        // Executables.
        .executableTarget(
            name: "stimport",
            dependencies: [
                "AppointmentImport", "AppointmentLedger", "AppointmentRows", "SystemFiles", "CSVReading",
                "SecurityTrax", "SecurityTraxSandbox",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "AppointmentImport", "AppointmentLedger", "AppointmentRows", "SystemFiles", "CSVReading",
                "SecurityTrax", "SecurityTraxSandbox",
            ],
            // Scripts, run by their interpreters.
            exclude: ["Rivals"], swiftSettings: strict),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["SecurityTrax", "SecurityTraxSandbox"],
            path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "SystemFilesTests", dependencies: ["SystemFiles", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CSVReadingTests", dependencies: ["CSVReading", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "SQLiteStoreTests", dependencies: ["SQLiteStore", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "SecurityTraxTests", dependencies: ["SecurityTrax", "SecurityTraxSandbox", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SecurityTraxSandboxTests", dependencies: ["SecurityTraxSandbox", "TestSupport"],
            swiftSettings: strict),
        .target(
            name: "ImportFixtures",
            dependencies: [
                "AppointmentRows", "AppointmentLedger", "SecurityTrax", "SQLiteStore", "TestSupport",
            ],
            path: "Tests/ImportFixtures", swiftSettings: strict),
        .testTarget(
            name: "AppointmentRowsTests",
            dependencies: ["AppointmentRows", "CSVReading", "SecurityTrax", "ImportFixtures", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "AppointmentLedgerTests",
            dependencies: [
                "AppointmentLedger", "AppointmentRows", "SecurityTrax", "SQLiteStore", "ImportFixtures",
                "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AppointmentImportTests",
            dependencies: [
                "AppointmentImport", "AppointmentLedger", "AppointmentRows", "SystemFiles", "CSVReading",
                "SecurityTrax", "SecurityTraxSandbox", "ImportFixtures", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "stimport", "AppointmentImport", "AppointmentLedger", "AppointmentRows", "SystemFiles",
                "CSVReading",
                "SQLiteStore", "SecurityTrax", "SecurityTraxSandbox", "ImportFixtures", "TestSupport",
            ],
            exclude: ["Messages/messages.txt"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
