/// A service tier. Tier 1 receives most.
public enum Tier: Int, Sendable, CaseIterable, Hashable {
  case tier1 = 1
  case tier2, tier3, tier4, tier5

  /// `tier_1` … `tier_5`.
  public var code: String {
    switch self {
    case .tier1: "tier_1"
    case .tier2: "tier_2"
    case .tier3: "tier_3"
    case .tier4: "tier_4"
    case .tier5: "tier_5"
    }
  }

  public init?(code: String) {
    guard let tier = Tier.allCases.first(where: { $0.code == code }) else { return nil }
    self = tier
  }

  /// Whether this tier receives more than `other`: tier 1 is higher than tier 2.
  public func isHigher(than other: Tier) -> Bool { rawValue < other.rawValue }

  public static func higher(_ a: Tier, _ b: Tier) -> Tier { a.isHigher(than: b) ? a : b }
  public static func lower(_ a: Tier, _ b: Tier) -> Tier { a.isHigher(than: b) ? b : a }
}

/// The three levels of the traditional pyramid.
public enum PyramidLevel: String, Sendable, CaseIterable {
  case highTouch = "high_touch"
  case lowTouch = "low_touch"
  case techTouch = "tech_touch"

  /// The coverage that the pyramid gives by itself.
  public var coverage: Coverage {
    switch self {
    case .highTouch: .dedicated
    case .lowTouch: .shared
    case .techTouch: .digital
    }
  }
}

/// The four quadrants of importance × need.
public enum Quadrant: String, Sendable, CaseIterable {
  case digitalScale = "digital_scale"
  case project
  case persistentLight = "persistent_light"
  case persistentIntensive = "persistent_intensive"

  public init(isImportant: Bool, isNeedy: Bool) {
    switch (isImportant, isNeedy) {
    case (false, false): self = .digitalScale
    case (false, true): self = .project
    case (true, false): self = .persistentLight
    case (true, true): self = .persistentIntensive
    }
  }

  public var isImportant: Bool { self == .persistentLight || self == .persistentIntensive }
  public var isNeedy: Bool { self == .project || self == .persistentIntensive }

  /// The coverage that the matrix gives by itself. A project is served from the pool, for its time.
  public var coverage: Coverage {
    switch self {
    case .digitalScale: .digital
    case .project: .pooled
    case .persistentLight: .shared
    case .persistentIntensive: .dedicated
    }
  }
}

/// Who looks after an account, from most to least human.
public enum Coverage: String, Sendable, CaseIterable {
  case dedicated, shared, pooled, digital

  private var rank: Int {
    switch self {
    case .dedicated: 0
    case .shared: 1
    case .pooled: 2
    case .digital: 3
    }
  }

  public func isHigher(than other: Coverage) -> Bool { rank < other.rank }

  public static func higher(_ a: Coverage, _ b: Coverage) -> Coverage { a.isHigher(than: b) ? a : b }
}

/// Room to grow: high is three times or more, medium half as much again to double, low is little or none.
public enum ExpansionLevel: String, Sendable, CaseIterable {
  case high, medium, low
}
