/// Whoever wants to know what a document holds.
package protocol XMLHandler {
    /// The document begins with a declaration, which may name an encoding.
    mutating func declaration(encoding: String?) throws(XMLRefusal)
    /// An element begins. Attributes are in order, references in them expanded.
    mutating func open(_ name: XMLToken, _ attributes: XMLAttributes) throws(XMLRefusal)
    /// A piece of the innermost element's text in UTF-8, references expanded, line ends as line feeds.
    mutating func text(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLRefusal)
    /// The innermost element is complete: the last byte of its end was there.
    mutating func close(_ name: XMLToken) throws(XMLRefusal)
}

extension XMLHandler {
    package mutating func declaration(encoding: String?) {}
}
