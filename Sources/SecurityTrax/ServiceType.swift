/// What a technician comes for, with the vendor's numbers
/// ("1 = Install, 2 = Service, 3 = Rip-out").
package enum ServiceType: Int, Sendable, Hashable, CaseIterable {
    case install = 1
    case service = 2
    case ripOut = 3

    /// The vendor's name: `Install`, `Service`, `Rip-out`.
    package var name: String {
        switch self {
        case .install: "Install"
        case .service: "Service"
        case .ripOut: "Rip-out"
        }
    }
}
