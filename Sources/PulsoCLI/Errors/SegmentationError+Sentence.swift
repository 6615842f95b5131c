import Segmentation
import Tables

extension SegmentationError: Complaining {
  var complaint: Complaint {
    switch self {
    case .weightsDoNotSum(let axis, let sum):
      Complaint(
        .badConfiguration, at: SourcePlace(column: axis), "weights sum to \(sum.inWords)",
        hint: "they are percentages and must sum to 100")
    case .tierCountOutOfRange(let count):
      Complaint(
        .badConfiguration, at: SourcePlace(column: "tiers.count"), "\(count) tiers",
        hint: "3, 4 or 5 tiers are possible")
    case .wrongCount(let what, let found, let expected):
      Complaint(
        .badConfiguration, at: SourcePlace(column: what), "\(found) values where \(expected) are needed",
        hint: "the number follows from tiers.count")
    case .notDescending(let what, let values):
      Complaint(
        .badConfiguration, at: SourcePlace(column: what),
        "\(values.map(\.inWords).joined(separator: ", ")) do not descend",
        hint: "write the highest tier's first")
    case .outOfRange(let what, let value, let low, let high):
      Complaint(
        .badConfiguration, at: SourcePlace(column: what),
        "\(value.inWords) lies outside \(low.inWords) to \(high.inWords)")
    case .currencyWithoutRate(let account, let currency, let presetCurrency):
      Complaint(
        .badData, "account \(account) is in \(currency), the thresholds are in \(presetCurrency)",
        hint:
          "state the rate in the configuration under segment.rates, as \(currency): 1.08, or use another preset"
      )
    case .duplicateAccount(let id):
      Complaint(
        .badData, "the account \(id) stands in two rows",
        hint: "keep one row an account; to join departments to a company, set segment.unit: company")
    case .infeasibleTargets(let low, let high):
      Complaint(
        .badConfiguration, at: SourcePlace(column: "tiers.targets"),
        "the tiers' shares of accounts add up to \(low.inWords) to \(high.inWords) %, which leaves out 100",
        hint: "widen a range, or leave the last tier's open")
    }
  }
}

extension Double {
  /// A number in a sentence: 110, not 110.0.
  var inWords: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
