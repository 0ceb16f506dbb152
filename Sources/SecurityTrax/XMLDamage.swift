/// Why a document is not read to its end.
package struct XMLDamage: Error, Hashable, Sendable {
    /// What is wrong with a document.
    package enum Kind: Hashable, Sendable {
        /// There is no byte in it.
        case empty
        /// It ends before its root element does.
        case truncated
        /// It breaks a rule of XML 1.0.
        case notWellFormed
        /// It holds a document type declaration, in which entities are declared.
        case documentType
        /// Its elements are nested beyond the limit.
        case tooDeep
        /// A name or an attribute is beyond its limit.
        case tooLarge
        /// Its encoding is not known, or its bytes can't be in it.
        case unknownEncoding
        /// Whoever reads it wants none of it.
        case refused
    }

    /// What is wrong.
    package let kind: Kind
    /// In plain words that quote nothing of the document.
    package let words: String
    /// Where, in bytes from the document's start.
    package let byte: Int
}

/// Why a handler wants no more of a document.
package struct XMLRefusal: Error, Hashable, Sendable {
    /// In plain words.
    package let words: String

    /// A refusal in those words.
    package init(_ words: String) {
        self.words = words
    }
}
