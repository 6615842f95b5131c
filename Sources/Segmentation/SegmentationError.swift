/// What can be wrong with a preset or with the accounts it is applied to.
public enum SegmentationError: Error, Sendable, Equatable {
  /// The weights of `axis` (`scorecard`, `importance`, `need`) sum to `sum`, not to 100.
  case weightsDoNotSum(axis: String, sum: Double)
  case tierCountOutOfRange(Int)
  /// Thresholds, cut-offs, targets or coverages don't fit the number of tiers.
  case wrongCount(what: String, found: Int, expected: Int)
  case notDescending(what: String, values: [Double])
  case outOfRange(what: String, value: Double, low: Double, high: Double)
  /// The account's amounts are in a currency for which no rate to the preset's is stated.
  case currencyWithoutRate(account: String, currency: String, presetCurrency: String)
  /// Two rows have the same id.
  case duplicateAccount(id: String)
  /// No cut-offs can meet the population targets: the ranges leave no room for every account.
  case infeasibleTargets(lowSum: Double, highSum: Double)
}
