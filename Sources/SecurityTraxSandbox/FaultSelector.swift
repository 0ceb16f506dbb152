/// Which posts a fault hits: those of which everything that is given here is true.
package struct FaultSelector: Sendable, Hashable {
    /// Post numbers, from 1.
    package var posts: ClosedRange<Int>?
    /// Every Nth post.
    package var every: Int?
    /// A random share of the posts, 0...1, by `seed` and the post's number alone.
    package var share: Double?
    /// The seed of `share`.
    package var seed: UInt64
    /// Any post that holds a row of this customer, or a query for this ID or number.
    package var customer: String?
    /// Only posts on a connection that has answered before.
    package var reused: Bool
    /// How many times at most.
    package var times: Int?
    /// Posts of that kind only. `posts`, `every` and `share` go by their own numbers then.
    package var target: PostKind?

    /// A selector; by default it hits every post.
    package init(
        posts: ClosedRange<Int>? = nil, every: Int? = nil, share: Double? = nil, seed: UInt64 = 1,
        customer: String? = nil, reused: Bool = false, times: Int? = nil, target: PostKind? = nil
    ) {
        self.posts = posts
        self.every = every
        self.share = share
        self.seed = seed
        self.customer = customer
        self.reused = reused
        self.times = times
        self.target = target
    }

    /// Whether posts are chosen by what only one kind of them has: a number among those, or a customer.
    var choosesPosts: Bool { posts != nil || every != nil || share != nil || customer != nil }

    /// Whether a post is hit, `times` left aside: counting is the server's part.
    func matches(post: Int, reused onReused: Bool, holds: (String) -> Bool) -> Bool {
        if let posts, !posts.contains(post) { return false }
        if let every, every < 1 || post % every != 0 { return false }
        if reused, !onReused { return false }
        if let share {
            let draw = Double(Fingerprint.mix(seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(post)) >> 11) / 0x1p53
            if draw >= share { return false }
        }
        if let customer, !holds(customer) { return false }
        return true
    }
}
