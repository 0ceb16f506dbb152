extension CSVReader {
    /// What a reader is told; everything else it finds out.
    public struct Options {
        /// The delimiter; nil to find it out. See ``Dialect/canDelimit(_:)``.
        public var delimiter: UInt8?
        /// The encoding; nil for UTF-8 or what a byte order mark says. A byte order mark overrules it.
        public var encoding: TextEncoding?
        /// The longest record in bytes of UTF-8, its ending not included.
        public var recordLimit: Int
        /// How many known columns a record holds that may be the header, one of the first 21; the delimiter with
        /// the highest score is taken.
        public var headerScore: ((CSVRecord) -> Int)?
        /// Whether records are passed over whose fields are all empty or white space.
        public var skipsBlankRecords: Bool
        /// Whether the file may come from a program that writes `\"` for a quote: see ``CSVParser``.
        public var suspectsBackslashes: Bool

        /// Options; the defaults suit most files.
        public init(
            delimiter: UInt8? = nil, encoding: TextEncoding? = nil,
            recordLimit: Int = CSVParser.defaultRecordLimit,
            headerScore: ((CSVRecord) -> Int)? = nil, skipsBlankRecords: Bool = true,
            suspectsBackslashes: Bool = false
        ) {
            self.delimiter = delimiter
            self.encoding = encoding
            self.recordLimit = recordLimit
            self.headerScore = headerScore
            self.skipsBlankRecords = skipsBlankRecords
            self.suspectsBackslashes = suspectsBackslashes
        }
    }
}
