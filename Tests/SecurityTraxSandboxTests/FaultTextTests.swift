import SecurityTraxSandbox
import Testing

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
            "login-page:before,title=Log%20in",
        ])
    func roundTrip(_ text: String) throws {
        let fault = try Fault(text)
        #expect(try Fault(fault.description) == fault)
    }

    @Test("Every kind can be written and read", arguments: FaultKind.allCases)
    func kinds(_ kind: FaultKind) throws {
        let fault = Fault(kind, status: kind == .status ? 500 : nil)
        #expect(try Fault(fault.description) == fault)
        #expect(kind == .status || Fault.help.contains("\n  \(kind.rawValue) "))
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
                    .status, status: 503, creates: true, retryAfter: "2", body: "a b",
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
