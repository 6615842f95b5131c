/// Whether time follows value (TIR-30): a manager who goes through accounts by the alphabet spends the same
/// hours on 5K as on 500K.
public enum Attention {
  /// Below this rank correlation hours say nothing of value.
  public static let leastCorrelation = 0.2

  /// Spearman's rank correlation of hours and value over the accounts that have both, ties sharing their mean
  /// rank; 0 where all hours are alike; nil with fewer than two accounts or values all alike. Cost O(n log n).
  public static func correlation(_ accounts: [(hours: Double?, value: Double?)]) -> Double? {
    let known = accounts.compactMap { account -> (Double, Double)? in
      guard let hours = account.hours, let value = account.value else { return nil }
      return (hours, value)
    }
    guard known.count >= 2 else { return nil }
    let hours = centredRanks(known.map(\.0))
    let values = centredRanks(known.map(\.1))
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let spread = product(values, values)
    guard spread > 0 else { return nil }
    let scale = (product(hours, hours) * spread).squareRoot()
    return scale > 0 ? product(hours, values) / scale : 0
  }

  private static func centredRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for index in order[start..<end] { ranks[index] = Double(start + end - 1) / 2 }
      start = end
    }
    let mean = Double(values.count - 1) / 2
    return ranks.map { $0 - mean }
  }

  /// All plans touch their customers at the same rhythm.
  public static func isCadenceAlike(_ plans: [TouchPlan]) -> Bool {
    plans.count > 1
      && plans.dropFirst().allSatisfy {
        $0.checkIn == plans[0].checkIn && $0.businessReview == plans[0].businessReview
      }
  }
}
