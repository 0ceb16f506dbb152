import Foundation
import Testing

@testable import SecurityTraxSandbox

@Suite("A fault's text")
struct FaultTextTests {
    @Test(
        "Reading what was written gives the same fault",
        arguments: [
            "500", "503:retry-after=2", "close:after@3", "reset:before@2-5", "stall:after,seconds=2.5@7-",
            "garbage@every=7",
            "400@customer=9004", "truncated@share=0.1@seed=42",
            "refused:body=no%20such%2C%20%40all,rows=1/3@x3",
            "redirect:port=81@reused", "huge:bytes=100@2@x1", "500:after,with-document",
            "auth-failure:with-creates", "truncated:bytes=30", "503@2@handshake@x2",
            "login-page:before,title=Log%20in", "several:rows=2@1@query", "not-found:as=empty",
            "lead-time:hours=1.5,ids=9004/9005",
        ])
    func roundTrip(_ text: String) throws {
        let fault = try Fault(text)
        #expect(try Fault(fault.description) == fault)
    }

    @Test(
        "Every kind can be written and read with each of its options, and stands in the help",
        arguments: FaultKind.all)
    func kinds(_ kind: FaultKind) throws {
        let status = kind.name.hasPrefix("1") ? 500 : nil
        var texts = [status.map { String($0) } ?? kind.name]
        for option in kind.options {
            for value in ["", "=1/2", "=empty", "=7"]
            where (try? Fault("\(texts[0]):\(option.word)\(value)")) != nil {
                texts.append("\(texts[0]):\(option.word)\(value)")
                break
            }
        }
        #expect(texts.count == kind.options.count + 1)
        for text in texts {
            let fault = try Fault(text)
            #expect(fault.kind == kind && fault.status == status)
            #expect(try Fault(fault.description) == fault)
        }
        let line = try #require(Fault.help.split(separator: "\n").first { $0.hasPrefix("  \(kind.name) ") })
        #expect(line.contains(kind.help))
        #expect(kind.options.allSatisfy { line.contains($0.word) })
        #expect(FaultKind.all.count { $0.name == kind.name } == 1)
    }

    @Test("Every fault that the README and the help give as an example is one")
    func examples() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        var examples = readme.components(separatedBy: "--fault ").dropFirst().map { text in
            text.hasPrefix("'")
                ? String(text.dropFirst().prefix { $0 != "'" }) : String(text.prefix { !"` \n".contains($0) })
        }
        #expect(!examples.isEmpty)
        let help = try #require(Fault.help.components(separatedBy: "Examples:").last)
        examples += help.components(separatedBy: "  ").flatMap { $0.split(separator: "\n") }
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        for example in examples { #expect(throws: Never.self, "\(example)") { try Fault(example) } }
    }

    @Test(
        "Different spellings mean the same",
        arguments: [
            ("503@x3", "503 x3"), ("503x3", "503 x3"), ("close x2", "closex2"),
            ("garbage@2-5x3", "garbage @2-5 @x3"),
            ("500@3", "500@3-3"),
        ])
    func spellings(_ left: String, _ right: String) throws {
        #expect(try Fault(left) == Fault(right))
    }

    @Test("The parts land where they belong")
    func parts() throws {
        let fault = try Fault(
            "503:after,retry-after=2,body=a%20b@2-5@every=3@share=0.5@customer=9004@reused@x3")
        #expect(
            fault
                == Fault(
                    .status, status: 503, creates: true,
                    values: [.retryAfter: .text("2"), .body: .text("a b")],
                    selector: FaultSelector(
                        posts: 2...5, every: 3, share: 0.5, customer: "9004", reused: true, times: 3)))
    }

    @Test(
        "What is not understood is named, with what may have been meant",
        arguments: [
            ("", []), ("@3", []), ("99", []), ("600", []), ("garbge", ["garbage"]), ("to-few", ["too-few"]),
            ("close:aftre", ["after"]), ("503:retry=2", ["retry-after"]), ("500@evry=2", ["every="]),
            ("close@0", []),
            ("close@5-2", []), ("close x0", []), ("500@share=2", []), ("partial:after", []),
            ("huge:bytes=none", []),
            ("500:body=%zz", []), ("503:retry-after=a%0Ab", []), ("status", []), ("refused:rows=0", []),
            ("100...599", []), ("several:before", []), ("not-found:as=none", []), ("sevral", ["several"]),
            ("500@handshake@query", []), ("500@qery", ["query"]),
        ] as [(String, [String])])
    func wrong(_ text: String, _ suggestions: [String]) throws {
        let error = #expect(throws: SandboxError.self) { try Fault(text) }
        guard case .invalidFault(let named, _, let found) = error else {
            Issue.record("not an invalid fault: \(error as Any)")
            return
        }
        #expect(named == text)
        for suggestion in suggestions { #expect(found.contains(suggestion)) }
    }
}
