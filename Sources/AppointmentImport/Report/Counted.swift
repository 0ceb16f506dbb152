/// A number of things in words: `1 batch`, `2 batches`.
package func counted(_ count: Int, _ noun: String) -> String {
    if count == 1 { return "1 \(noun)" }
    return "\(count) \(noun)" + (noun.hasSuffix("ch") || noun.hasSuffix("s") ? "es" : "s")
}

/// What a living run has on its way.
package func beingPosted(_ count: Int) -> String {
    "\(counted(count, "appointment")) \(count == 1 ? "is" : "are") being posted at this moment."
}
