/// A number of customers who pay alike (ECO-01, ECO-02).
public struct Cohort: Sendable, Hashable {
  public let customers: Int
  public let arrEach: Double

  public init(customers: Int, arrEach: Double) {
    self.customers = customers
    self.arrEach = arrEach
  }

  public var totalARR: Double { Double(customers) * arrEach }

  /// The customers and the money that a yearly churn rate takes.
  public func lost(churn: Double) -> (customers: Double, arr: Double) {
    (Double(customers) * churn, totalARR * churn)
  }
}

/// Churn counted in customers and in money (ECO-07).
public struct ChurnRates: Sendable, Hashable {
  public let logoChurn: Double
  public let revenueChurn: Double

  /// Nil for an empty book, or one without revenue.
  public init?(customers: Int, lost: Int, arr: Double, lostARR: Double) {
    guard customers > 0, arr > 0 else { return nil }
    logoChurn = Double(lost) / Double(customers)
    revenueChurn = lostARR / arr
  }
}

/// Where the expected loss sits, so that the long tail is never out of sight (ECO-03).
public struct ExpectedLoss: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public let tier: Tier
    public var accounts = 0
    public var arr = 0.0
    /// Σ risk · ARR over the accounts whose risk and ARR are known.
    public var expectedLoss = 0.0
    public var shareOfARR = 0.0
    public var shareOfLoss = 0.0
  }

  /// Tier by tier, the first first; only tiers that have accounts.
  public let lines: [Line]

  /// Sums run in the order of `accounts`: sort by id first where bytes matter. Cost O(n).
  public init(_ accounts: some Sequence<(tier: Tier, arr: Double?, churnRisk: Double?)>) {
    var lines = Tier.allCases.map { Line(tier: $0) }
    for (tier, arr, churnRisk) in accounts {
      let row = tier.rawValue - 1
      lines[row].accounts += 1
      guard let arr else { continue }
      lines[row].arr += arr
      if let churnRisk { lines[row].expectedLoss += churnRisk * arr }
    }
    let arr = lines.reduce(0) { $0 + $1.arr }
    let loss = lines.reduce(0) { $0 + $1.expectedLoss }
    for row in lines.indices {
      if arr > 0 { lines[row].shareOfARR = lines[row].arr / arr }
      if loss > 0 { lines[row].shareOfLoss = lines[row].expectedLoss / loss }
    }
    self.lines = lines.filter { $0.accounts > 0 }
  }
}
