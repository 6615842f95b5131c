/// What kind of service a tier stands for, whatever number the scheme gives it (TIR-01).
///
/// Service, ratios and programmes hang on the level, so that three, four and five tiers share one catalogue.
public enum ServiceClass: String, Sendable, CaseIterable, Codable, Comparable {
  case strategic
  case core
  case scale
  case techTouch = "tech_touch"

  /// The level of a tier in a scheme of `count` tiers (CON-05, TIR-08): with three, Scale and
  /// Tech-Touch are one, run as Scale; with five, the second tier is the rest of Strategic below the
  /// ultra-strategic first.
  public init(_ tier: Tier, of count: Int) {
    let number = count == 5 ? tier.rawValue - 1 : tier.rawValue
    switch number {
    case ...1: self = .strategic
    case 2: self = .core
    case 3: self = .scale
    default: self = .techTouch
    }
  }

  private var order: Int {
    switch self {
    case .strategic: 0
    case .core: 1
    case .scale: 2
    case .techTouch: 3
    }
  }

  /// Less is less service: `techTouch < scale < core < strategic`.
  public static func < (a: ServiceClass, b: ServiceClass) -> Bool { a.order > b.order }
}
