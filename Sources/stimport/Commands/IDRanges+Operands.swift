import AppointmentImport

extension IDRanges {
    /// The IDs that operands name.
    ///
    /// - Throws: `UsageError` where one is none, or is named twice.
    static func operands(_ words: [String]) throws(UsageError) -> [Int] {
        var ids: [Int] = []
        for word in words {
            for part in word.split(separator: ",") {
                guard let named = IDRanges.read(part) else {
                    throw UsageError(
                        "\(part) is not the ID of an appointment",
                        fix:
                            "find it in the column stimport_id of stimport report --all --format csv; several are 17 18 or 17-20"
                    )
                }
                ids += named
            }
        }
        guard Set(ids).count == ids.count else {
            throw UsageError("an appointment was named twice", fix: "name each once")
        }
        return ids
    }
}
