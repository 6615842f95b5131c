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

/// What is known of an account's money and of the danger to it.
public struct Exposure: Sendable, Hashable {
  public var arr: Double?
  /// A probability.
  public var churnRisk: Double?
  /// In the needy half of the matrix.
  public var isNeedy: Bool

  public init(arr: Double?, churnRisk: Double?, isNeedy: Bool = false) {
    self.arr = arr
    self.churnRisk = churnRisk
    self.isNeedy = isNeedy
  }

  /// risk · ARR; nil where either is unknown.
  public var expectedLoss: Double? {
    guard let arr, let churnRisk else { return nil }
    return churnRisk * arr
  }
}

/// Where the expected loss sits, segment by segment, so that the long tail is never out of sight (ECO-03).
public struct ExpectedLoss<Segment: Hashable & Sendable>: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public let segment: Segment
    public var accounts = 0
    public var arr = 0.0
    /// Accounts in need, and their ARR: the ARR at risk.
    public var needy = 0
    public var arrAtRisk = 0.0
    /// Accounts with a predicted risk, and Σ risk: how many are expected to leave.
    public var scored = 0
    public var expectedLeavers = 0.0
    /// The ARR of accounts with a predicted risk, and Σ risk · ARR.
    public var scoredARR = 0.0
    public var expectedLoss = 0.0
    public var shareOfARR = 0.0
    public var shareOfLoss = 0.0

    /// Expected churn counted in customers (ECO-07); nil where no risk is known.
    public var logoChurn: Double? { scored > 0 ? expectedLeavers / Double(scored) : nil }
    /// Expected churn counted in money (ECO-07); nil where no risk of any money is known.
    public var revenueChurn: Double? { scoredARR > 0 ? expectedLoss / scoredARR : nil }
  }

  /// In the order of `segments`; only those that have accounts.
  public let lines: [Line]

  /// Sums run in the order of `accounts`: sort by id first where bytes matter. Accounts of other segments
  /// are left out. Cost O(n).
  public init(_ accounts: some Sequence<(segment: Segment, exposure: Exposure)>, segments: [Segment]) {
    var lines = segments.map { Line(segment: $0) }
    var rowOf: [Segment: Int] = [:]
    for (row, segment) in segments.enumerated() { rowOf[segment] = row }
    for (segment, exposure) in accounts {
      guard let row = rowOf[segment] else { continue }
      lines[row].add(exposure)
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

extension ExpectedLoss.Line {
  fileprivate mutating func add(_ exposure: Exposure) {
    accounts += 1
    arr += exposure.arr ?? 0
    if exposure.isNeedy {
      needy += 1
      arrAtRisk += exposure.arr ?? 0
    }
    if let risk = exposure.churnRisk {
      scored += 1
      expectedLeavers += risk
    }
    if let arr = exposure.arr, let loss = exposure.expectedLoss {
      scoredARR += arr
      expectedLoss += loss
    }
  }
}
