import Foundation
import TestSupport
import Testing

@testable import stimport

@Suite("Help, manual page and completions")
struct DocumentationTests {
    /// The folders that the shells and manual tools are looked for in.
    private static func tool(_ name: String) -> String? {
        ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a tool and returns its status and everything that it wrote.
    private static func run(_ tool: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let outcome = try RunningProcess(
            tool, arguments: arguments, environment: ProcessInfo.processInfo.environment,
            folder: FileManager.default.currentDirectoryPath
        ).wait()
        return (outcome.status ?? -1, outcome.stdout + outcome.stderr)
    }

    static let shells = [
        ("bash", Completions.bash()), ("zsh", Completions.zsh()), ("fish", Completions.fish()),
    ]
    .filter { tool($0.0) != nil }

    @Test("The completions are right in the shell's own eyes", arguments: shells)
    func syntax(shell: String, script: String) throws {
        let folder = try ScratchFolder()
        let path = try folder.file("completions", script)
        let result = try Self.run(try #require(Self.tool(shell)), ["-n", path])
        #expect(result.status == 0)
        #expect(result.text == "")
    }

    @Test(
        "bash completes commands, options, their words and files", .enabled(if: tool("bash") != nil),
        arguments: [
            ("stimport che", "check"), ("stimport --batch-s", "--batch-size"),
            ("stimport check --prev", "--preview"),
            ("stimport check --batch-s", ""), ("stimport report --format h", "html"),
            ("stimport --format h", ""),
            ("stimport --format = j", "json"), ("stimport --ledger x report --format h", "html"),
            ("stimport ledger ad", "adopt"), ("stimport completions z", "zsh"),
            ("stimport appo", "appointments.csv"),
            ("stimport --inbox fol", "folder"), ("stimport --color ne", "never"),
            ("stimport -- ", "appointments.csv folder"),
        ])
    func bash(line: String, expected: String) throws {
        let folder = try ScratchFolder()
        _ = try folder.file("appointments.csv", "")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/folder", withIntermediateDirectories: false)
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
        let script = """
            \(Completions.bash())
            cd \(Completions.quoted(folder.path)) || exit
            COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
            _stimport; printf '%s\\n' "${COMPREPLY[@]}" | sort
            """
        let result = try Self.run(try #require(Self.tool("bash")), ["--norc", "-c", script])
        let words2 = result.text.split(separator: "\n").joined(separator: " ")
        #expect(words2 == expected)
    }

    @Test(
        "fish completes commands, options, their words and files", .enabled(if: tool("fish") != nil),
        arguments: [
            ("stimport che", "check"), ("stimport check --prev", "--preview"),
            ("stimport report --format h", "html"),
            ("stimport ledger ad", "adopt"), ("stimport import --color ne", "never"),
        ])
    func fish(line: String, expected: String) throws {
        let folder = try ScratchFolder()
        let path = try folder.file("stimport.fish", Completions.fish())
        let result = try Self.run(
            try #require(Self.tool("fish")), ["--no-config", "-c", "source \(path); complete -C '\(line)'"])
        let offered = result.text.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
        #expect(offered.contains(Substring(expected)))
    }

    @Test("The manual page renders without warnings", .enabled(if: tool("groff") != nil))
    func manual() throws {
        let folder = try ScratchFolder()
        let path = try folder.file("stimport.1", ManualPage.text())
        let result = try Self.run(try #require(Self.tool("groff")), ["-man", "-ww", "-z", "-Tutf8", path])
        #expect(result.text == "")
        let page = ManualPage.text()
        for flag in FlagTable.flags { #expect(page.contains(flag.long.replacing("-", with: "\\-"))) }
        for command in CommandName.allCases where command != .import {
            #expect(page.contains("stimport \(command.rawValue)"))
        }
        #expect(page.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(
        "A command's help lists its options, its examples, and fits the width",
        arguments: CommandName.allCases)
    func help(name: CommandName) {
        let command = Command.named(name)
        let text = HelpText(width: 80).command(command)
        for flag in command.flags { #expect(text.contains(flag.long)) }
        for example in command.examples { #expect(text.contains(example.line)) }
        let examples = Set(command.examples.map { "  " + $0.line })
        for line in text.split(separator: "\n") where !examples.contains(String(line)) {
            #expect(line.count <= 80)
        }
    }

    @Test(
        "The help of an option says all that the option does",
        arguments: [
            ("max-invalid", ["the other files of the run go on"]),
            ("notify-command", ["--notify-on says which"]),
            ("notify-on", ["all is well again after a run that did not end with 0", "never: not at all"]),
            ("check", ["pending, held or in doubt", "--expect"]),
            ("state", ["already-created", "posting", "withdrawn", "held"]),
            ("layout", ["For map: what the layout is to be called"]),
        ])
    func optionHelp(name: String, words: [String]) throws {
        let flag = try #require(FlagTable.byName[name])
        for word in words { #expect(flag.help.contains(word)) }
    }

    @Test("An example is right usage", arguments: Command.all.flatMap(\.examples).map(\.line))
    func examples(line: String) throws {
        guard line.hasPrefix("stimport ") else { return }
        let words = Self.words(of: line)
        #expect(throws: Never.self) {
            // Somebody types it at a terminal.
            try CommandLineParser.parse(words, fileExists: { _ in true }, canAsk: true)
        }
    }

    /// What the shell makes of a line, without the program's name.
    private static func words(of line: String) -> [String] {
        // What the shell would take out of it.
        let typed = line.prefix { $0 != ">" && $0 != "|" }
        var words: [String] = []
        for (index, part) in typed.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if index % 2 == 1 {
                words.append((part == "" ? "" : String(part)))
                continue
            }
            words += part.split(separator: " ").map(String.init)
        }
        // A quoted value that belongs to the word before it (StartTime="Appt start").
        let joined = words.reduce(into: [String]()) { result, word in
            if let last = result.last, last.hasSuffix("=") {
                result[result.count - 1] = last + word
            } else {
                result.append(word)
            }
        }
        return Array(joined.dropFirst())
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../..").standardizedFileURL

    private static func readme() throws -> String {
        try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    }

    @Test("Every command line that the README shows is right usage")
    func readmeCommands() throws {
        var lines: [Substring] = []
        var isCode = false
        for line in try Self.readme().split(separator: "\n") {
            if line.hasPrefix("```") { isCode.toggle() }
            if isCode, line.hasPrefix("stimport ") { lines.append(line) }
            if line.hasPrefix("$ stimport ") { lines.append(line.dropFirst(2)) }
            // The table of errands.
            if line.hasPrefix("| "), let cell = line.split(separator: "|").last {
                lines += cell.split(separator: "`").filter { $0.hasPrefix("stimport ") }
            }
        }
        #expect(lines.count > 30)
        for line in lines where !line.contains("FILE") && !line.contains(" ID") {
            let typed = line.prefix { $0 != "#" }
            #expect(throws: Never.self, "\(line)") {
                try CommandLineParser.parse(
                    Self.words(of: String(typed)), fileExists: { _ in true }, canAsk: true)
            }
        }
    }

    @Test("Every link of the README leads somewhere")
    func readmeLinks() throws {
        let text = try Self.readme()
        let anchors = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
            line.drop { $0 == "#" || $0 == " " }.lowercased().filter {
                $0.isLetter || $0.isNumber || $0 == " " || $0 == "-"
            }.replacing(" ", with: "-")
        }
        var count = 0
        for match in text.matches(of: /\]\(([^)]+)\)/) {
            let target = String(match.1)
            count += 1
            if target.hasPrefix("#") {
                #expect(anchors.contains(String(target.dropFirst())), "\(target)")
            } else if !target.contains("://") {
                #expect(
                    FileManager.default.fileExists(atPath: Self.root.appending(path: target).path),
                    "\(target)")
            }
        }
        #expect(count > 20)
    }
}
