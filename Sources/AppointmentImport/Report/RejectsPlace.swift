import AppointmentRows
import SystemFiles

/// Where a rejects file may go: a first name and numbered ones after it, none of
/// them the input's own.
struct RejectsPlace {
    /// What the ledger knows the input by: its absolute path, or the wish of the user.
    let inputIdentity: String
    /// The number of the first name: 1 has none in it.
    let firstNumber: Int
    private let ownInput: String?
    private let folder: String
    private let stem: String
    private let ending: String

    private static let rejectsEnding = ".rejects.csv"

    /// `NAME.rejects.csv` beside the input; beside `NAME.rejects.csv` itself,
    /// `NAME-2.rejects.csv`. All of them end so that an inbox knows them.
    init(beside input: String) {
        let name = PathParts(input).name
        folder = PathParts(input).folder
        ownInput = Self.absolute(input)
        inputIdentity = ForeignPath.lasting(Self.absolute(input) ?? input)
        ending = Self.rejectsEnding
        if name.hasSuffix(Self.rejectsEnding) {
            let own = String(name.dropLast(Self.rejectsEnding.count))
            let parts = own.split(separator: "-", omittingEmptySubsequences: false)
            if parts.count > 1, let number = parts.last.flatMap({ Int($0) }), (2...998).contains(number) {
                stem = parts.dropLast().joined(separator: "-")
                firstNumber = number + 1
            } else {
                stem = own
                firstNumber = 2
            }
        } else {
            stem = Self.parts(name).stem
            firstNumber = 1
        }
    }

    /// The file that the user named, or a numbered one where somebody else's is in its place.
    init(explicit path: String, input: String?) {
        folder = PathParts(path).folder
        let name = PathParts(path).name
        (stem, ending) = Self.parts(name)
        ownInput = input.flatMap(Self.absolute)
        // Another input's rejects at the same name are replaced too: the user named that file.
        inputIdentity =
            "--rejects "
            + ForeignPath.lasting((Self.absolute(folder.isEmpty ? "." : folder) ?? folder) + "/" + name)
        firstNumber = 1
    }

    /// The file's name as the user would write it.
    func name(_ number: Int) -> String {
        PathParts.path(stem + (number == 1 ? "" : "-\(number)") + ending, in: folder)
    }

    /// The same, whatever the working folder.
    func absolutePath(_ number: Int) throws -> String {
        PathParts.path(PathParts(name(number)).name, in: try absoluteFolder())
    }

    /// Whether a path is the input itself, which no rejects file replaces and no import removes.
    func isInput(_ path: String) -> Bool {
        ownInput != nil && Self.absolute(path) == ownInput
    }

    /// The folder that they are in.
    func absoluteFolder() throws -> String {
        guard let folder = Self.absolute(folder.isEmpty ? "." : folder) else {
            throw FileError("can't write", name(firstNumber), .last)
        }
        return folder
    }

    /// A name before and from its last dot; a first dot hides a file and begins no ending.
    private static func parts(_ name: String) -> (stem: String, ending: String) {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
        return (String(name[..<dot]), String(name[dot...]))
    }

    private static func absolute(_ path: String) -> String? {
        try? ResolvedPath.existing(path)
    }
}
