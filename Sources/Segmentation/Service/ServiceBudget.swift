/// What an account's revenue can pay for (CAP-05 to CAP-07).
public struct ServiceBudget: Sendable, Hashable {
  public enum Verdict: String, Sendable, Codable {
    case economic
    case aboveBudget = "above_budget"
    case notEconomic = "not_economic"
  }

  /// The share of ARR that may go into serving the account.
  public let share: Double
  /// From this share of ARR upwards serving the account makes no sense at all.
  public let ceiling: Double

  public static let standard = ServiceBudget(share: 0.1, ceiling: 0.5)

  public init(share: Double, ceiling: Double) {
    self.share = share
    self.ceiling = ceiling
  }

  public func budget(arr: Double) -> Double { arr * share }

  /// A yearly cost against the account's ARR; any cost on an account without revenue is not economic.
  public func judge(cost: Double, arr: Double) -> Verdict {
    if cost <= budget(arr: arr) { return .economic }
    return cost >= ceiling * arr ? .notEconomic : .aboveBudget
  }
}
