/// Accounts and ARR a segment, for each system.
public struct Summary: Sendable, Equatable {
  /// One segment: how many accounts, and their ARR where it is known.
  public struct Group: Sendable, Equatable {
    public var accounts = 0
    public var unsure = 0
    private var sum = ExactSum()

    public init() {}

    public var arr: Double { sum.value }

    mutating func add(_ assignment: Assignment, _ arr: ExactSum) {
      accounts += 1
      sum += arr
      if !assignment.isQuadrantSure { unsure += 1 }
    }
  }

  /// Where a share stands against its target.
  public enum Standing: String, Sendable {
    case inRange = "in_range"
    case above, below
  }

  public let accounts: Int
  public let arr: Double
  /// In the order of the enumerations' cases.
  public let quadrants: [(quadrant: Quadrant, group: Group)]
  public let pyramid: [(level: PyramidLevel, group: Group)]
  public let criteria: [(tier: Tier, group: Group)]
  public let tiers: [(tier: Tier, group: Group)]
  public let coverage: [(coverage: Coverage, group: Group)]
  /// The accounts on which pyramid and matrix disagree.
  public let disagreements: [(reason: Disagreement.Reason, group: Group)]

  public init(_ assignments: [Assignment], preset: Preset) {
    var quadrants = Tally<Quadrant>(Quadrant.allCases)
    var pyramid = Tally<PyramidLevel>(PyramidLevel.allCases)
    var criteria = Tally<Tier>([.tier1, .tier2, .tier3])
    var tiers = Tally<Tier>(preset.tiers)
    var coverage = Tally<Coverage>(Coverage.allCases)
    var disagreements = Tally<Disagreement.Reason>(Disagreement.Reason.allCases)
    var total = Group()
    for assignment in assignments {
      let arr = ExactSum(assignment.arr)
      total.add(assignment, arr)
      quadrants.add(assignment, arr, to: assignment.quadrant)
      pyramid.add(assignment, arr, to: assignment.pyramidLevel)
      criteria.add(assignment, arr, to: assignment.criteriaTier)
      tiers.add(assignment, arr, to: assignment.tier)
      coverage.add(assignment, arr, to: assignment.coverage)
      if let reason = assignment.disagreement { disagreements.add(assignment, arr, to: reason) }
    }
    accounts = total.accounts
    arr = total.arr
    self.quadrants = quadrants.groups.map { (quadrant: $0, group: $1) }
    self.pyramid = pyramid.groups.map { (level: $0, group: $1) }
    self.criteria = criteria.groups.map { (tier: $0, group: $1) }
    self.tiers = tiers.groups.map { (tier: $0, group: $1) }
    self.coverage = coverage.groups.map { (coverage: $0, group: $1) }
    self.disagreements = disagreements.groups.map { (reason: $0, group: $1) }
  }

  /// `group`'s share of the accounts, in percent.
  public func accountShare(_ group: Group) -> Double {
    accounts == 0 ? 0 : 100 * Double(group.accounts) / Double(accounts)
  }

  /// `group`'s share of the ARR, in percent.
  public func arrShare(_ group: Group) -> Double {
    arr == 0 ? 0 : 100 * group.arr / arr
  }

  /// Nil where there is no target.
  public static func standing(_ share: Double, in target: ClosedRange<Double>?) -> Standing? {
    guard let target else { return nil }
    return share < target.lowerBound ? .below : share > target.upperBound ? .above : .inRange
  }

  public static func == (a: Summary, b: Summary) -> Bool {
    a.accounts == b.accounts && a.arr == b.arr
      && zip(a.quadrants, b.quadrants).allSatisfy { $0 == $1 }
      && zip(a.tiers, b.tiers).allSatisfy { $0 == $1 }
      && zip(a.pyramid, b.pyramid).allSatisfy { $0 == $1 }
      && zip(a.criteria, b.criteria).allSatisfy { $0 == $1 }
      && zip(a.coverage, b.coverage).allSatisfy { $0 == $1 }
      && zip(a.disagreements, b.disagreements).allSatisfy { $0 == $1 }
  }
}

/// A sum of amounts to a hundredth of a cent, in integers: the order of the terms can't show in the last digit.
struct ExactSum: Sendable, Equatable {
  private var units: Int128 = 0

  init() {}

  /// One amount; nothing where it is unknown.
  init(_ amount: Double?) {
    if let amount { units = Int128(exactly: (amount * 1e4).rounded()) ?? 0 }
  }

  static func += (sum: inout ExactSum, amount: ExactSum) { sum.units += amount.units }

  var value: Double { Double(units) / 1e4 }
}

private struct Tally<Key: Equatable> {
  var groups: [(Key, Summary.Group)]

  init(_ keys: [Key]) { groups = keys.map { ($0, Summary.Group()) } }

  mutating func add(_ assignment: Assignment, _ arr: ExactSum, to key: Key) {
    guard let index = groups.firstIndex(where: { $0.0 == key }) else { return }
    groups[index].1.add(assignment, arr)
  }
}
