import SystemFiles

#if canImport(FoundationEssentials)
    // The standard library's own normalization, which it has no public name for yet; Foundation's takes the tables of
    // all languages with it.
    @_spi(_Unicode) import Swift

    extension String {
        /// The text with each letter and its accents as one scalar, where there is one (Unicode's form NFC).
        package var canonicallyComposed: String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: _nfc)
            return String(text)
        }

        /// The text with each letter and its accents one after the other (Unicode's form NFD).
        package var canonicallyDecomposed: String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: _nfd)
            return String(text)
        }
    }
#else
    extension String {
        /// As above.
        package var canonicallyComposed: String { precomposedStringWithCanonicalMapping }

        /// As above.
        package var canonicallyDecomposed: String { decomposedStringWithCanonicalMapping }
    }
#endif
