/// A number of things in words: `1 batch`, `2 batches`, `1,000 rows`.
package func counted(_ count: Int, _ noun: String) -> String {
    if count == 1 { return "1 \(noun)" }
    return "\(grouped(count)) \(noun)" + (noun.hasSuffix("ch") || noun.hasSuffix("s") ? "es" : "s")
}

/// A number as people read it: `12,500`.
package func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text += "," }
        text.append(digit)
    }
    return number < 0 ? "-" + text : text
}

/// What a living run has on its way.
package func beingPosted(_ count: Int) -> String {
    "\(counted(count, "appointment")) \(count == 1 ? "is" : "are") being posted at this moment."
}
