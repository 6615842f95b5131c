/// What is wrong or dubious about a fit's data, with the facts; the rim adds the remedy.
public enum Diagnosis: Equatable, Sendable {
  /// The unpenalised estimate does not exist; only the penalty makes these coefficients finite.
  case separation(Separation)
  case constant(term: String)
  /// A combination of the terms `of` (a multiple where there is one).
  case aliased(term: String, of: [String])
  /// 1 / (1 − R²) of the term on the others is at least 10.
  case collinear(term: String, varianceInflation: Double)
  /// The rarer outcome has fewer than 10 rows a parameter.
  case fewEvents(events: Double, parameters: Int)
  /// The term alone orders the outcomes this well: is it known before the outcome?
  case suspiciouslyGood(term: String, auc: Double)
  /// Rows further down have the event more (or less) often; `auc` of the row number.
  case rowOrder(auc: Double)

  /// The stable name in files.
  public var code: String {
    switch self {
    case .separation: "separation"
    case .constant: "constant"
    case .aliased: "aliased"
    case .collinear: "collinear"
    case .fewEvents: "few_events"
    case .suspiciouslyGood: "suspiciously_good"
    case .rowOrder: "row_order"
    }
  }
}
