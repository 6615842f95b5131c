/// The coverage an account gets, and whether it earned or bought it (COV-09). The tier is not touched.
public struct GrantedCoverage: Sendable, Hashable {
  public enum Basis: String, Sendable, Codable {
    case earned, purchased
  }

  public let coverage: Coverage
  public let basis: Basis

  /// What was bought counts where it is more than what was earned.
  public init(earned: Coverage, purchased: Coverage?) {
    if let purchased, purchased.isHigher(than: earned) {
      coverage = purchased
      basis = .purchased
    } else {
      coverage = earned
      basis = .earned
    }
  }
}
