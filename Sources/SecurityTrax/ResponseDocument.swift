/// What one answer's body says: the responses in it, and whether the document
/// can be trusted as a whole.
///
/// The body itself is not kept, nor is anything of it that repeats the
/// credentials: of the echoed request only what identifies an appointment is.
package struct ResponseDocument: Sendable, Hashable {
    /// One complete `response` element.
    package struct Response: Sendable, Hashable {
        /// Its `type` attribute, trimmed; empty where there is none.
        package var type: String
        /// What its `success` attribute says.
        package var success: Success
        /// The leaf elements of its `data`, in order, each with how deep it lies in the document.
        package var leaves: [Leaf]
        /// The text of its `data`, `message`, `messages`, `error` and `errors`; may be empty.
        package var reason: String
        /// The request that it repeats, where it does.
        package var echo: Echo?

        /// The leaf elements by name alone.
        package var details: [ResponseDetail] { leaves.map(\.detail) }
    }

    /// An element without children.
    package struct Leaf: Sendable, Hashable {
        /// Its name and its text.
        package var detail: ResponseDetail
        /// Its level, of which the root element's is 1.
        package var depth: Int
    }

    /// What a `success` attribute says.
    package enum Success: Sendable, Hashable {
        /// `true`, in any letter case.
        case yes
        /// `false`, in any letter case.
        case no
        /// There is none, or it is empty.
        case missing
        /// It says something else.
        case unreadable
    }

    /// The complete responses, in order. In a damaged document those before the damage.
    package var responses: [Response] = []
    /// What is wrong with a document.
    package enum Damage: Sendable, Hashable {
        /// There is no byte in it.
        case empty
        /// It ends before its root element does.
        case truncated
        /// It is no XML, by the parser's words, at that byte.
        case notWellFormed(String, byte: Int)
        /// It declares entities, or might.
        case documentType
        /// Its elements are nested beyond the limit.
        case tooDeep
        /// It is beyond a limit of the parser's, by its words.
        case tooLarge(String)
        /// Its encoding is not known, or its bytes can't be in it.
        case unknownEncoding
        /// It holds more responses than are read.
        case tooManyResponses
        /// Its elements are not those of a response document.
        case otherDocument
        /// It holds more than one `responses`.
        case severalLists
        /// A response stands elsewhere than in `responses`.
        case strayResponse
        /// Something stands before it.
        case textBefore

        /// In plain words that quote nothing of the document.
        package var words: String {
            switch self {
            case .empty: "the answer is empty"
            case .truncated: "the answer ends before its document does"
            case .notWellFormed(let words, let byte):
                "the answer is not well-formed XML (\(words) at byte \(byte))"
            case .documentType: "the answer holds a document type declaration"
            case .tooDeep: "the answer is nested too deeply"
            case .tooLarge(let words): "the answer is not a response document (\(words))"
            case .unknownEncoding: "the answer is in an encoding that can't be read"
            case .tooManyResponses: "the answer holds too many responses"
            case .otherDocument: "the answer is not a response document"
            case .severalLists: "the answer holds more than one list of responses"
            case .strayResponse: "a response stands where none is expected"
            case .textBefore: "something stands before the answer's document"
            }
        }
    }

    /// What is wrong with the document; nil where it is well-formed to its end and built as the vendor's is.
    package var damage: Damage?
    /// Whether a create response occurs at all, complete or not, wherever it stands.
    package var mentionsCreate = false
    /// The text of `message`, `messages`, `error` and `errors` elements outside
    /// any response; may be empty.
    package var message = ""

    /// Reads a body. Anything that is not the vendor's document gives a damaged one.
    ///
    /// - Parameters:
    ///   - bytes: the whole body, already bounded in size.
    ///   - charset: the charset of the HTTP header, which counts where the document declares none.
    package init(_ bytes: [UInt8], charset: String? = nil) {
        self = ResponseReader.read(bytes, charset: charset)
    }

    init() {}
}
