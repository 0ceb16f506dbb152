/// What tells one night's file from another's, beside its rows.
package struct FileFacts: Sendable, Hashable {
    /// The fingerprint of its header, or of the layout's that it is read by: files of one export share it. Nil for a rejects file of ours, which is a part of
    /// another file.
    package var layout: String?
    /// What its bytes are known by again; nil where they could not be read twice.
    package var digest: String?
    /// What each of its columns is that the layout it is read by did not have, in words; nil where there is none.
    package var newColumns: String?
    /// When it was last written to: milliseconds since 1970 UTC; nil where it has no place in the file system.
    package var modified: Int?

    /// Nothing is known.
    package init() {}
}
