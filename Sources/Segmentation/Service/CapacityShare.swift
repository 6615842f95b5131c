/// Where the time of a CS team goes against where the money is (TIR-10, CAP-04).
public enum CapacityShare: String, Sendable, CaseIterable, Codable {
  case underInvested = "under_invested"
  case appropriate
  case overInvested = "over_invested"

  /// A tier's share of the capacity against its share of the ARR, both in percent: appropriate is up to
  /// the ARR's share and no more than ten points below it. The source: 60 % of the ARR may take 50–60 %.
  public init(ofCapacity capacity: Double, arr: Double) {
    self = capacity > arr ? .overInvested : capacity < arr - 10 ? .underInvested : .appropriate
  }
}

extension StaffingNeed {
  /// The part of all managers that look after the tier, in percent, at the middle of each ratio; nil where
  /// nobody is needed.
  public func capacityShare(of line: Line) -> Double? {
    let all = lines.reduce(0) { $0 + $1.managers }
    return all > 0 ? 100 * line.managers / all : nil
  }
}
