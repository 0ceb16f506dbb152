import SecurityTrax

extension Reference {
    static func text(of word: OutcomeWord) -> Text {
        switch word {
        case .answered:
            (
                "SecurityTrax answered for the rows.", "Each row is created or refused by its own answer.",
                "Nothing."
            )
        case .tooLargeRequest:
            (
                "The request was too large (413).", "Nothing of it was processed, so smaller ones are tried.",
                "Nothing; --batch-size makes all of them smaller."
            )
        case .refusedAsWhole:
            (
                "The request was refused as a whole (400, 422, or a filter on the way).",
                "One row may be the reason: the batch is halved until it stands alone.",
                "Look at the row that is left refused."
            )
        case .unclearStatus:
            (
                "A status that proves nothing, such as 408 or 409.",
                "A proxy sends it while the service behind it may still work: the rows are in doubt.",
                "stimport review."
            )
        case .emptyAnswer:
            ("An answer without a body.", "It proves nothing: the rows are in doubt.", "stimport review.")
        case .unreadableAnswer:
            (
                "An answer that is broken, incomplete or does not fit what was sent.",
                "What it may have meant is not guessed: rows without an answer of their own are in doubt.",
                "stimport review."
            )
        case .accepted:
            ("The handshake was answered, and the credentials are good.", "Batches may follow.", "Nothing.")
        case .silent:
            (
                "The handshake was answered without a word on the credentials.",
                "A single row goes first and shows more.", "Nothing."
            )
        case .refusedForNow:
            (
                "The service asks to come back later (429, or 503 with a time).",
                "It named a time, so it has not begun to work: nothing is in doubt.",
                "Nothing; it is tried again."
            )
        case .credentialsRefused:
            (
                "SecurityTrax refused the user name, the password or the partner ID.",
                "Nothing was created, and trying again may lock the account: the run stops.",
                "Correct them; stimport config shows where they come from."
            )
        case .wrongService:
            (
                "Something else answers at this address, or another path does.",
                "No post would fare better: the run stops.", "Check --endpoint or --site."
            )
        case .redirect:
            (
                "The service points to another address.",
                "The password is never sent to an address that you did not name.",
                "Check --endpoint or --site."
            )
        case .serverError:
            (
                "The service failed (5xx).",
                "It may have worked before it failed: the rows of a batch are in doubt, a handshake is tried again.",
                "stimport review, where rows are in doubt."
            )
        case .webPage:
            (
                "A web page came instead of the interface's answer; its title is said.",
                "A login page, a maintenance page or a captive network looks so.",
                "Check the address, or wait until the maintenance is over."
            )
        case .failure(let kind): text(of: kind)
        }
    }

    private static func text(of kind: TransportFailure.Kind) -> Text {
        let unsent = "Nothing was sent, so nothing was created: it is tried again."
        let unknown =
            "The request may have been processed: the rows of a batch are in doubt, a handshake is tried again."
        return switch kind {
        case .nameNotFound:
            ("The host's name can't be resolved.", unsent, "Check the address and the network.")
        case .connectionRefused:
            (
                "The host refuses connections or can't be reached.", unsent,
                "Check the address and the network."
            )
        case .connectTimeout:
            ("Nobody answered the connection attempt.", unsent, "Check the address and the network.")
        case .tlsFailure:
            ("The secure connection could not be made.", unsent, "Check the address, and proxies on the way.")
        case .untrustedCertificate:
            (
                "The server's certificate is not trusted.",
                "The password is never sent to somebody who can't prove who they are: the run stops.",
                "Check the clock; name your own authority with --ca-file."
            )
        case .proxyRefused: ("The proxy refused, or can't be reached.", unsent, "Check HTTPS_PROXY.")
        case .proxyLogin:
            (
                "The proxy wants a user name and a password, or refuses those that it got (407).",
                "Nothing was sent, and no try would fare better: the run stops.",
                "Put them into https_proxy, as http://USER:PASSWORD@HOST:PORT."
            )
        case .timeout:
            (
                "No complete answer came in time.", unknown,
                "stimport review; a longer --timeout makes less doubt."
            )
        case .reset: ("The connection broke.", unknown, "stimport review, where rows are in doubt.")
        case .emptyReply:
            (
                "The connection was closed without an answer.", unknown,
                "stimport review, where rows are in doubt."
            )
        case .truncated: ("The answer was cut short.", unknown, "stimport review, where rows are in doubt.")
        case .misframed:
            (
                "The answer says in several ways how long it is.", unknown,
                "stimport review, where rows are in doubt."
            )
        case .notHTTP: ("What answered does not speak HTTP.", unknown, "Check --endpoint or --site.")
        case .tooLarge: ("The answer was larger than any real one.", unknown, "Check --endpoint or --site.")
        case .undecodable:
            (
                "The answer's compression can't be undone.", unknown,
                "stimport review, where rows are in doubt."
            )
        case .cancelled:
            ("The program gave the post up.", unknown, "stimport review, where rows are in doubt.")
        case .other:
            ("Something else went wrong on the way.", unknown, "stimport review, where rows are in doubt.")
        }
    }
}
