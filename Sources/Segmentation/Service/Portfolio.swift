/// What one manager looks after, against what one can (CAP-10). An account in a temporary project takes the
/// time of a dedicated one while the project lasts (CAP-11).
public struct Portfolio: Sendable, Hashable {
  public private(set) var accounts = 0
  public private(set) var projects = 0
  /// Full managers that the accounts take at the most and at the fewest accounts each.
  public private(set) var leastManagers = 0.0
  public private(set) var mostManagers = 0.0

  public init() {}

  /// Accounts that need nobody add no load.
  public mutating func add(_ coverage: Coverage, isProject: Bool, service: ServiceLevels) {
    accounts += 1
    if isProject { projects += 1 }
    guard let ratio = service.ratio(isProject ? .dedicated : coverage) else { return }
    leastManagers += 1 / ratio.most
    mostManagers += 1 / ratio.fewest
  }

  /// Overloaded: more than one manager's work at the fullest ratio. Underused: less than one's at the
  /// lightest.
  public var load: CSMRatio.Load {
    // A hair's breadth, so that 30 times 1/30 is one.
    leastManagers > 1 + 1e-9 ? .overloaded : mostManagers < 1 - 1e-9 ? .underused : .fits
  }
}
