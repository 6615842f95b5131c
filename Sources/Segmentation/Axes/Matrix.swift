/// The 2×2 of importance and need: visible weighted parts, each 0–100, and a cut on each axis. At or above
/// the cut is high.
public struct Matrix: Sendable, Equatable {
  public var importance = ImportanceAxis()
  public var need = NeedAxis()

  public init() {}
}

/// Size and strategic importance.
public struct ImportanceAxis: Sendable, Equatable {
  public struct Weights: Sendable, Equatable {
    public var arr = 30.0
    public var potentialARR = 20.0
    public var expansion = 30.0
    public var brand = 10.0
    public var strategic = 10.0

    public init() {}

    func checkSum() throws(SegmentationError) {
      try Preset.checkWeights("importance", [arr, potentialARR, expansion, brand, strategic])
    }
  }

  public var weights = Weights()
  public var cut = AxisCut.fixed(45)

  public init() {}
}

/// Risk and need of attention.
public struct NeedAxis: Sendable, Equatable {
  public struct Weights: Sendable, Equatable {
    public var churnRisk = 40.0
    public var health = 20.0
    public var adoption = 15.0
    public var licences = 10.0
    public var tickets = 5.0
    public var complexity = 10.0

    public init() {}

    func checkSum() throws(SegmentationError) {
      try Preset.checkWeights("need", [churnRisk, health, adoption, licences, tickets, complexity])
    }
  }

  public var weights = Weights()
  public var cut = AxisCut.fixed(50)
  /// By model: where a risk is predicted, need is 100 × the churn risk and the cut 100 × this. Nil: the
  /// weighted parts.
  public var riskCut: Double?
  /// Tickets in 90 days that count as full need.
  public var ticketsAtFull = 10.0
  public var complexityRule = ComplexityRule.either

  public init() {}
}

/// Where an axis is cut.
public enum AxisCut: Sendable, Equatable {
  /// On the axis' own scale, 0–100.
  case fixed(Double)
  /// `percentile(80)`: the highest fifth of the book, with whoever ties with its last.
  case percentile(Double)

  /// The cut for a book with these known values in ascending order.
  public func resolved(ascending values: [Double]) -> Double {
    switch self {
    case .fixed(let cut): return cut
    case .percentile(let percent):
      guard let last = values.last else { return 100 }
      let index = Int(percent / 100 * Double(values.count))
      return index < values.count ? values[max(0, index)] : last.nextUp
    }
  }
}

/// What an account's complexity is, where relationship and product complexity are both given.
public enum ComplexityRule: String, Sendable, CaseIterable {
  /// `complexity`, else the product's, else the relationship's.
  case either
  case max, mean

  public func complexity(of account: Account) -> Double? {
    let (product, relationship) = (account.productComplexity, account.relationshipComplexity)
    if self == .either { return account.complexity ?? product ?? relationship }
    let parts = [product, relationship].compactMap { $0 }
    switch self {
    case .either, .max: return parts.max() ?? account.complexity
    case .mean: return parts.isEmpty ? account.complexity : parts.reduce(0, +) / Double(parts.count)
    }
  }
}
