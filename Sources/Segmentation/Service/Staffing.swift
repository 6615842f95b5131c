/// How many accounts one CSM looks after: from `fewest` to `most`.
public struct CSMRatio: Sendable, Hashable {
  public let fewest: Double
  public let most: Double

  /// Nil unless 0 < fewest ≤ most, both finite.
  public init?(fewest: Double, most: Double) {
    guard fewest > 0, most >= fewest, most.isFinite else { return nil }
    self.fewest = fewest
    self.most = most
  }

  /// The CSMs for `accounts` accounts, rounded up: from accounts/most to accounts/fewest (CAP-03, CON-07).
  public func needed(accounts: Int) -> ClosedRange<Int> {
    guard accounts > 0 else { return 0...0 }
    let low = (Double(accounts) / most).rounded(.up)
    let high = (Double(accounts) / fewest).rounded(.up)
    return Int(min(low, 1e15))...Int(min(high, 1e15))
  }

  /// The load for a complexity of 0–100: `most` for the simplest, `fewest` for the most complex, linear
  /// between (COV-13).
  public func load(complexity: Double) -> Double {
    most - (most - fewest) * min(max(complexity, 0), 100) / 100
  }

  public enum Load: String, Sendable, Codable {
    case underused, fits, overloaded
  }

  /// How a portfolio of `accounts` fits one CSM (CAP-01, CAP-10).
  public func judge(accounts: Double) -> Load {
    accounts > most ? .overloaded : accounts < fewest ? .underused : .fits
  }
}

/// The CSMs that a book needs by its tiers, against those there are (CAP-03).
public struct StaffingNeed: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public let tier: Tier
    public let accounts: Int
    public let needed: ClosedRange<Int>
    /// At the middle of the ratio.
    public let managers: Double
  }

  public let lines: [Line]
  public let headcount: Int

  /// Tiers without a ratio need nobody.
  public init(accounts: [(tier: Tier, count: Int)], ratios: [Tier: CSMRatio], headcount: Int) {
    lines = accounts.sorted { $0.tier.rawValue < $1.tier.rawValue }.map { tier, count in
      Line(
        tier: tier, accounts: count, needed: ratios[tier]?.needed(accounts: count) ?? 0...0,
        managers: ratios[tier].map { 2 * Double(count) / ($0.fewest + $0.most) } ?? 0)
    }
    self.headcount = headcount
  }

  public var total: ClosedRange<Int> {
    lines.reduce(0) { $0 + $1.needed.lowerBound }...lines.reduce(0) { $0 + $1.needed.upperBound }
  }

  /// CSMs missing for the leanest plan; negative where there are more than the most generous one needs.
  public var gap: Int {
    if headcount < total.lowerBound { return total.lowerBound - headcount }
    return min(0, total.upperBound - headcount)
  }
}

/// The same treatment for everybody, and what it costs in time (CAP-01, CAP-02).
public struct UniformWorkload: Sendable, Hashable {
  public let accounts: Int
  public let csms: Int
  public let reviewsPerYear: Int
  public let checkInsPerYear: Int

  /// Nil without a CSM, or with a negative number.
  public init?(accounts: Int, csms: Int, reviewsPerYear: Int, checkInsPerYear: Int) {
    guard csms > 0, [accounts, reviewsPerYear, checkInsPerYear].allSatisfy({ 0...1_000_000_000 ~= $0 }) else {
      return nil
    }
    self.accounts = accounts
    self.csms = csms
    self.reviewsPerYear = reviewsPerYear
    self.checkInsPerYear = checkInsPerYear
  }

  public var load: Double { Double(accounts) / Double(csms) }
  public var reviews: Int { accounts * reviewsPerYear }
  public var checkIns: Int { accounts * checkInsPerYear }
  public var reviewsPerCSM: Double { Double(reviews) / Double(csms) }
  public var checkInsPerCSM: Double { Double(checkIns) / Double(csms) }
}
