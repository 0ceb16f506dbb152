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

/// Whoever wants to know what a document holds.
package protocol XMLHandler: AnyObject {
    /// The document begins with a declaration, which may name an encoding.
    func declaration(encoding: String?) throws(XMLRefusal)
    /// An element begins. Attributes are in order, references in them expanded.
    func open(_ name: String, _ attributes: [XMLAttribute]) throws(XMLRefusal)
    /// A piece of the innermost element's text in UTF-8, references expanded, line ends as line feeds.
    func text(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLRefusal)
    /// The innermost element is complete: the last byte of its end was there.
    func close(_ name: String) throws(XMLRefusal)
}

extension XMLHandler {
    package func declaration(encoding: String?) {}
}

/// One attribute of an element.
package struct XMLAttribute: Sendable, Hashable {
    /// Its name, as it stands there.
    package var name: String
    /// Its value, references expanded.
    package var value: String
}
