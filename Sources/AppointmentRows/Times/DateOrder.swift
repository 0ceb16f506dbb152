/// Which number of a date with three numbers comes first. A date that begins with four digits is always
/// year, month, day.
package enum DateOrder: String, Sendable, Hashable, CaseIterable {
    /// `1/23/2014`
    case monthFirst = "mdy"
    /// `23/1/2014`
    case dayFirst = "dmy"
    /// `2014/1/23` only.
    case yearFirst = "ymd"
}
