/// The hours a year that people spend on touches when everybody is treated alike, and when each tier gets its
/// own plan (CAP-08).
public struct LiberatedTime: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public let tier: Tier
    public let accounts: Int
    public let hoursAlike: Double
    public let hours: Double

    public var liberated: Double { hoursAlike - hours }
  }

  public let lines: [Line]

  /// `touchesAlike` are those that each account would get in a year; each takes `minutes`.
  public init(
    accounts: [(tier: Tier, count: Int)], preset: Preset, touchesAlike: Double, minutes: Double
  ) {
    lines = accounts.map { tier, count in
      let touches = TouchPlan.plan(ServiceClass(tier, of: preset.tierCount), preset).humanTouchesPerYear
      let hours = Double(count) * minutes / 60
      return Line(tier: tier, accounts: count, hoursAlike: hours * touchesAlike, hours: hours * touches)
    }
  }
}

extension TouchPlan {
  /// Check-ins and business reviews that a person holds, after onboarding.
  public var humanTouchesPerYear: Double {
    isHuman ? checkIn.perYear + businessReview.perYear : 0
  }
}

extension TouchPlan.Rhythm {
  public var perYear: Double {
    switch self {
    case .days(let days): 365 / Double(days)
    case .months(let months): 12 / Double(months)
    case .never: 0
    }
  }
}
