import AppointmentRows
import SecurityTrax

extension Settings {
    /// Where to post to.
    /// - Throws: `UsageError` where nobody said.
    func requiredEndpoint() throws(UsageError) -> Endpoint {
        if let endpoint = try resolvedEndpoint() { return endpoint }
        throw UsageError(missing: [Self.missingSite])
    }

    static let missingSite = MissingSetting(
        "the dealer's site",
        fix: "give --site NAME, set STIMPORT_SITE, or put site in the settings file (stimport config --init)")

    /// Checks that everything that a run needs was given, before anything is opened and anybody is asked.
    ///
    /// - Parameters:
    ///   - files: the run's inputs; those that are not there are said with what else is missing.
    ///   - posts: whether it needs credentials.
    /// - Throws: `UsageError` with all that is missing.
    func requireComplete(files: [String] = [], posts: Bool) throws(UsageError) {
        var missing = try resolvedEndpoint() == nil ? [Self.missingSite] : []
        if posts { missing += secrets.missing }
        guard !missing.isEmpty else { return }
        var error = UsageError(missing: missing)
        error.more = files.filter { $0 != "-" && !PrivateFile.exists($0) }.map {
            UsageError("there is no file \($0)", fix: "correct the name")
        }
        throw error
    }

    /// Where to post to, or nil where neither --endpoint nor --site was given by anyone.
    /// - Throws: `UsageError` where one can't be used or both disagree. `resolve`
    ///   has called it, so that what resolved doesn't throw.
    func resolvedEndpoint() throws(UsageError) -> Endpoint? {
        let url = try parsed(self.endpoint, \.endpoint) { (text) throws(SecurityTraxError) in
            try Endpoint(url: text)
        }
        let site = try parsed(self.site, \.site) { (text) throws(SecurityTraxError) in
            try Endpoint(site: text)
        }
        // Where the stand-in answers, neither counts.
        if let url, let site, url.identity != site.identity, !self.sandbox {
            throw UsageError(
                "the endpoint \(url) (\(origin(\.endpoint).description)) and the site's, \(site) (\(origin(\.site).description)), disagree",
                fix: "give one of them")
        }
        return url ?? site
    }

    private func parsed(
        _ text: String?, _ path: KeyPath<FlagTable, Setting<String?>>,
        _ parse: (String) throws(SecurityTraxError) -> Endpoint
    ) throws(UsageError) -> Endpoint? {
        guard let text else { return nil }
        do {
            return try parse(text)
        } catch {
            throw UsageError("\(origin(path).place): \(error.message)", fix: error.fix)
        }
    }
}
