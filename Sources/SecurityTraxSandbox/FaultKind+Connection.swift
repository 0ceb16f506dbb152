extension FaultKind {
    /// Any HTTP status; a fault's text begins with the number itself.
    static let status = FaultKind(
        "100...599", .either(after: false), "that status",
        [.retryAfter, .location, .authenticate, .body, .withDocument],
        what: .answer { post in
            post.answer(
                HTTPAnswerWriter.status(
                    post.fault, document: post.fault.has(.withDocument) ? post.document : nil,
                    keepAlive: post.keepAlive))
        })

    /// What becomes of the connection.
    static let connection = [
        FaultKind("close", .either(after: false), "no answer, closed", what: .answer { _ in .close }),
        FaultKind(
            "reset", .either(after: false), "no answer, reset",
            what: .answer { post in
                Socket.resetOnClose(post.descriptor)
                return .close
            }),
        // No post is counted, so that `@3` hits every attempt to become the third one, and `@customer` never holds.
        FaultKind(
            "reset-early", .head, "reset before the body is read",
            what: .answer { post in
                Socket.resetOnClose(post.descriptor)
                return .close
            }),
        FaultKind(
            "stall", .either(after: false), "never answered", [.seconds],
            what: .wait { post in
                if let seconds = post.fault.decimal(.seconds) {
                    post.state.sleep(.seconds(seconds))
                    return true
                }
                // Until the client gives up or the server stops.
                while !post.state.hasStopped, !Socket.isGone(post.descriptor, within: 60_000) {}
                return false
            }),
        FaultKind(
            "hold", .either(after: false), "parked until released",
            what: .wait { post in
                post.state.park()
                return true
            }),
        FaultKind(
            "partial", .after, "one row created, closed", [.count], what: .partialCreation { _ in .close }),
    ]

    /// How the answer is sent.
    static let delivery = [
        FaultKind(
            "close-in-headers", .either(after: true), "half the headers",
            what: .answer { post in
                post.send(Array("HTTP/1.1 200 OK\r\nContent-Type: text/xml; char".utf8))
                return .close
            }),
        FaultKind(
            "close-in-body", .either(after: true), "half the announced body", [.bytes],
            what: .delivery { post in
                post.send(
                    HTTPAnswerWriter.head(200, length: post.document.count, keepAlive: post.keepAlive))
                post.send(post.part(0.5))
                return .close
            }),
        FaultKind(
            "broken-chunk", .either(after: true), "an unreadable chunk", [.bytes],
            what: .delivery { post in
                post.send(HTTPAnswerWriter.head(200, length: nil, keepAlive: post.keepAlive))
                post.send(HTTPAnswerWriter.chunk(post.part(0.5)) + Array("zz\r\n".utf8))
                return .close
            }),
        FaultKind(
            "chunked", .after, "a good answer, in chunks",
            what: .delivery { post in
                post.send(HTTPAnswerWriter.head(200, length: nil, keepAlive: post.keepAlive))
                let middle = post.document.count / 2
                return post.answer(
                    HTTPAnswerWriter.chunk(post.document.prefix(middle))
                        + HTTPAnswerWriter.chunk(post.document.dropFirst(middle))
                        + HTTPAnswerWriter.chunk([]))
            }),
        FaultKind(
            "drip", .after, "a good answer, slowly", [.bytes, .seconds],
            what: .delivery { post in
                let size = post.fault.whole(.bytes) ?? 1
                var rest = HTTPAnswerWriter.xml(post.document, keepAlive: post.keepAlive)[...]
                while !rest.isEmpty {
                    guard !post.state.hasStopped, post.send(rest.prefix(size)) else { return .close }
                    rest = rest.dropFirst(size)
                    post.state.sleep(.seconds(post.fault.decimal(.seconds) ?? 0.001))
                }
                return .keep
            }),
        FaultKind(
            "not-http", .either(after: false), "not HTTP",
            what: .answer { post in
                post.send(Array("220 mail.example.com ESMTP ready\r\n".utf8))
                return .close
            }),
        FaultKind(
            "redirect", .either(after: false), "302", [.location, .port],
            what: .answer { post in
                var redirect = post.fault
                redirect.status = 302
                let target = "http://127.0.0.1:\(post.fault.whole(.port) ?? 9)\(post.path)"
                redirect.values[.location] = .text(post.fault.text(.location) ?? target)
                return post.answer(
                    HTTPAnswerWriter.status(redirect, document: nil, keepAlive: post.keepAlive))
            }),
        FaultKind(
            "close-idle", .after, "answered, then closed at once though keep-alive was promised",
            what: .delivery { post in
                post.send(HTTPAnswerWriter.xml(post.document, keepAlive: true))
                return .close
            }),
        FaultKind(
            "close-next", .after, "answered, closed as the next request arrives",
            what: .delivery { post in
                post.closesOnNext = true
                return post.answer(HTTPAnswerWriter.xml(post.document, keepAlive: true))
            }),
        // A login, a maintenance page, a captive portal.
        FaultKind(
            "login-page", .either(after: false), "200, a web page", [.title, .body],
            what: .answer { post in post.answer(HTTPAnswerWriter.page(post.fault, keepAlive: post.keepAlive))
            }),
        FaultKind(
            "empty", .either(after: false), "200, no body",
            what: .answer { post in post.answer(document: []) }),
        FaultKind(
            "garbage", .either(after: true), "200, no XML", [.body],
            what: .answer { post in
                let words = "<<<< PHP Warning: this is not the document you are looking for"
                return post.answer(document: Array((post.fault.text(.body) ?? words).utf8))
            }),
        // Its Content-Length is exact.
        FaultKind(
            "truncated", .either(after: true), "200, XML that stops early", [.bytes],
            what: .delivery { post in post.answer(document: Array(post.part(2.0 / 3))) }),
        // White space after the document: well-formed, and never held in memory.
        FaultKind(
            "huge", .either(after: true), "64 MiB", [.bytes],
            what: .delivery { post in
                let size = max(post.fault.whole(.bytes) ?? 64 << 20, post.document.count)
                post.send(HTTPAnswerWriter.head(200, length: size, keepAlive: post.keepAlive))
                guard post.send(post.document) else { return .close }
                let blank = [UInt8](repeating: 32, count: 64 << 10)
                var missing = size - post.document.count
                while missing > 0 {
                    guard post.send(blank.prefix(missing)) else { return .close }
                    missing -= min(missing, blank.count)
                }
                return .keep
            }),
    ]
}
