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
        /// The leaf elements of its `data`, by name, in order.
        package var details: [ResponseDetail]
        /// The text of its `data`, `message`, `messages`, `error` and `errors`; may be empty.
        package var reason: String
        /// The request that it repeats, where it does.
        package var echo: Echo?
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

    /// The part of a repeated request that tells which appointment it was: the
    /// attributes of ``AppointmentField`` other than the notes, as they stand there.
    package struct Echo: Sendable, Hashable {
        /// The attributes that were found, by field.
        package var values: [AppointmentField: String] = [:]
        /// Whether it holds something that can't be compared: an attribute twice,
        /// a text beyond every limit, or content without any known attribute.
        package var isUnreadable = false
    }

    /// The complete responses, in order. In a damaged document those before the damage.
    package var responses: [Response] = []
    /// What is wrong with the document, in plain words that quote nothing of it;
    /// nil where it is well-formed to its end and built as the vendor's is.
    package var damage: String?
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
