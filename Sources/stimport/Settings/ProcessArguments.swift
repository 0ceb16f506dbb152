import SystemFiles

/// The arguments as the process found them, with secrets taken out of the process's own list.
enum ProcessArguments {
    /// Reads the arguments, then overwrites the values of secret options: a list of processes shows them for no
    /// longer than the start takes. To be called once, before any other thread exists.
    static func capture() -> [String] {
        let arguments = ForeignPath.arguments()
        let secrets = FlagTable.flags.filter(\.isSecret).map(\.long)
        for (index, argument) in arguments.enumerated() {
            // The program's own name is not among them.
            guard let place = CommandLine.unsafeArgv[index + 1] else { continue }
            if index > 0, secrets.contains(arguments[index - 1]) {
                hide(place)
            } else if let name = secrets.first(where: { argument.hasPrefix($0 + "=") }) {
                hide(place + name.utf8.count + 1)
            }
        }
        return arguments
    }

    private static func hide(_ text: UnsafeMutablePointer<CChar>) {
        memset(text, Int32(UInt8(ascii: "x")), strlen(text))
    }
}
