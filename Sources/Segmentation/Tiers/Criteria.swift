/// The three criteria: ARR, expansion potential, strategic fit → tier 1, 2 or 3.
public struct Criteria: Sendable, Equatable {
  /// How expansion and fit lift an account to the top without the highest ARR.
  public enum Rule: String, Sendable, CaseIterable {
    /// High expansion or a strategic fit.
    case or
    /// Both.
    case and
  }

  public enum Criterion: String, Sendable, CaseIterable {
    case arr, expansion, fit
  }

  public var rule = Rule.or
  /// At least two; with ARR alone the result says so.
  public var uses: Set<Criterion> = [.arr, .expansion, .fit]

  public init() {}

  /// Tier 1 above the first bound, or lifted; tier 2 above the second; else tier 3. Unpaid accounts reach
  /// tier 1 or 3, never 2. `isExpanding`: the room to grow is high enough to lift.
  public func tier(
    arr: Double?, isExpanding: Bool, isFit: Bool?, isUnpaid: Bool, bounds: [ARRBound]
  ) -> Tier {
    let isHigh = uses.contains(.expansion) && isExpanding
    let fits = uses.contains(.fit) && isFit == true
    let isLifted = rule == .or ? isHigh || fits : isHigh && fits
    if isLifted { return .tier1 }
    guard uses.contains(.arr), let arr, !isUnpaid else { return .tier3 }
    return Tier(rawValue: min(bounds.group(of: arr), 2) + 1) ?? .tier3
  }
}
