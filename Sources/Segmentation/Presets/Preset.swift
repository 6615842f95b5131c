/// Every number that a segmentation rests on. `Preset()` is `usd-100k`; the other presets, and users' own
/// files, are differences from it (see Configuration's `PresetLibrary`).
public struct Preset: Sendable, Equatable {
  public var name = "usd-100k"
  /// ISO 4217 code of every amount here, and of accounts that state none.
  public var currency = "USD"
  /// The ARR bounds of the tiers, highest first: one fewer than there are tiers.
  public var tierBounds = ARRBounds.fixed([
    ARRBound(100_000), ARRBound(25_000), ARRBound(5_000),
  ])
  /// The two ARR bounds of the pyramid and of the three criteria. The first also caps the ARR sub-score.
  public var pyramidBounds = ARRBounds.fixed([ARRBound(100_000), ARRBound(25_000)])
  /// Multiplies every fixed bound: 0.2 turns 100K / 25K / 5K into 20K / 5K / 1K.
  public var arrFactor = 1.0

  public var tierCount = 4
  public var tierBasis = TierBasis.scorecard
  public var scorecard = Scorecard()
  public var criteria = Criteria()
  public var matrix = Matrix()
  public var expansion = ExpansionRules()
  public var floors = Floors()
  /// What share of accounts and of ARR each tier should hold; the last tier takes what is left.
  public var targets = [
    ShareTarget(accounts: 15...20, arr: 50...70), ShareTarget(accounts: 30...40, arr: 25...35),
    ShareTarget(accounts: 40...50, arr: 10...20), ShareTarget(),
  ]
  /// The coverage of each tier.
  public var coverage: [Coverage] = [.dedicated, .shared, .pooled, .digital]
  public var service = ServiceLevels()
  public var vocabulary = Vocabulary.tiers
  public var mode = Mode.segment

  public init() {}

  /// The coverage of `tier`; tiers beyond the list get the last one's.
  public func coverage(of tier: Tier) -> Coverage {
    tier.rawValue <= coverage.count ? coverage[tier.rawValue - 1] : coverage.last ?? .digital
  }

  /// The tier that receives least.
  public var lastTier: Tier { Tier(rawValue: min(max(tierCount, 1), 5)) ?? .tier5 }

  /// The tiers that exist, highest first.
  public var tiers: [Tier] { Array(Tier.allCases.prefix(tierCount)) }
}

/// What a tier is decided by.
public enum TierBasis: String, Sendable, CaseIterable {
  case scorecard, arr
}

/// What decides the service: the tier (`segment`); the customer's context alone, so that no tier blocks or
/// forces anything and no cadence is due (`nbv`, next best value); or the tier as a proposal that the context
/// may exceed and nobody has to keep (`hybrid`).
public enum Mode: String, Sendable, CaseIterable {
  case segment, nbv, hybrid
}

/// What share a tier should have of the accounts and of the ARR, in percent.
public struct ShareTarget: Sendable, Equatable {
  /// Nil: whatever is left.
  public var accounts: ClosedRange<Double>?
  public var arr: ClosedRange<Double>?

  public init(accounts: ClosedRange<Double>? = nil, arr: ClosedRange<Double>? = nil) {
    self.accounts = accounts
    self.arr = arr
  }
}

/// Rules that stand above every model.
public struct Floors: Sendable, Equatable {
  /// An account younger than this whose onboarding is open needs attention.
  public var onboardingDays = 90
  /// A fall in health by this many points within about 30 days is abrupt.
  public var healthDrop = 30.0
  /// Below this health a person looks in on a pooled account; see ``Flags/healthFell``.
  public var healthFell = 50.0
  /// Below this health even a digital account gets a person; see ``Flags/healthCollapsed``.
  public var healthCollapsed = 20.0
  /// Health from which a finished project may end.
  public var healthy = 75.0
  /// A predicted risk whose health lies below this is red: the account needs attention. Nil: no such rule.
  public var redHealth: Double? = 25
  /// What a premium success plan guarantees.
  public var premiumCoverage = Coverage.shared

  public init() {}
}

/// Loads, response times and review cadence; read by Service.
public struct ServiceLevels: Sendable, Equatable {
  /// Accounts a customer-success manager can look after.
  public var dedicatedLoad = 15...30
  public var sharedLoad = 50...100
  public var pooledLoad = 200...500
  /// Accounts a person behind digital coverage, at least.
  public var digitalLoad = 1000
  /// Hours to the first answer for each tier; nil: self-service.
  public var firstResponseHours: [Double?] = [1, 24, 48, 72]
  /// Rhythm of check-ins and of business reviews by class of service, strategic first (CON-11, CON-12).
  public var checkIn: [TouchPlan.Rhythm] = [.days(14), .months(2), .months(3), .never]
  public var businessReview: [TouchPlan.Rhythm] = [.months(3), .months(6), .months(12), .never]
  /// Days between two reviews of the tier itself, for each tier.
  public var reviewDays = [90, 90, 90, 90]

  public init() {}
}
