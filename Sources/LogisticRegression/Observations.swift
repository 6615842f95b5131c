public import LinearAlgebra

/// What a fit learns from: n rows of p terms with their outcomes, checked once.
///
/// Memory: the arrays given, nothing more; a design in a file stays there.
public struct Observations: Sendable {
  /// n × p, without a column of ones.
  public let design: Design
  public let termNames: [String]
  /// The event as 1, its absence as 0; a share of successes where `trials` are given.
  public let outcomes: [Double]
  /// wᵢ = weight · trials; nil where all are 1.
  public let weights: [Double]?
  /// Trials behind each share, for the residuals' and the binomial's constants.
  public let trials: [Double]?
  /// Known part of each linear predictor.
  public let offset: [Double]?
  /// W = Σ wᵢ.
  public let totalWeight: Double
  /// Σ wᵢ yᵢ.
  public let eventWeight: Double

  public var count: Int { outcomes.count }
  public var termCount: Int { design.columns }

  /// Throws the first fault found: unequal lengths, numbers that are not finite, outcomes outside 0 … 1,
  /// negative weights, trials that are not positive, one class only.
  public init(
    design: Matrix, termNames: [String], outcomes: [Double], trials: [Double]? = nil,
    weights: [Double]? = nil, offset: [Double]? = nil
  ) throws(FitError) {
    try self.init(
      design: Design(design), termNames: termNames, outcomes: outcomes, trials: trials, weights: weights,
      offset: offset)
  }

  /// The same over single-precision columns, or over those of a file.
  public init(
    design: Design, termNames: [String], outcomes: [Double], trials: [Double]? = nil,
    weights: [Double]? = nil, offset: [Double]? = nil
  ) throws(FitError) {
    let n = design.rows
    guard n > 0 else { throw .noRows }
    guard termNames.count == design.columns else {
      throw .unequalLengths(.term(termNames.first ?? ""), count: termNames.count, expected: design.columns)
    }
    let inputs: [(FitError.Input, [Double]?)] = [
      (.outcomes, outcomes), (.trials, trials), (.weights, weights), (.offset, offset),
    ]
    for case (let input, let values?) in inputs {
      guard values.count == n else { throw .unequalLengths(input, count: values.count, expected: n) }
      if let row = firstNotFinite(values) { throw .notFinite(input, row: row) }
    }
    let odd = design.mapStretches(threads: 1) { j, rows -> Int? in
      // In pieces that stay in the cache.
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 4096) {
        let values = design.column(j, rows: start..<min(start + 4096, rows.upperBound))
        if let place = firstNotFinite(values) { return start + place }
      }
      return nil
    }
    for (j, found) in odd.enumerated() {
      if let row = found.lazy.compactMap({ $0 }).first { throw .notFinite(.term(termNames[j]), row: row) }
    }
    if let row = outcomes.firstIndex(where: { $0 < 0 || $0 > 1 }) {
      throw .outcomeOutOfRange(row: row, value: outcomes[row])
    }
    if let weights, let row = weights.firstIndex(where: { $0 < 0 }) {
      throw .negativeWeight(row: row, value: weights[row])
    }
    if let trials, let row = trials.firstIndex(where: { $0 <= 0 }) {
      throw .trialsNotPositive(row: row, value: trials[row])
    }
    self.design = design
    self.termNames = termNames
    self.outcomes = outcomes
    self.trials = trials
    self.offset = offset
    self.weights =
      if let trials, let weights {
        zip(trials, weights).map { $0 * $1 }
      } else {
        trials ?? weights
      }
    (totalWeight, eventWeight) = Self.weights(self.weights, of: outcomes)
    try Self.checkClasses(total: totalWeight, events: eventWeight)
  }

  static func weights(_ weights: [Double]?, of outcomes: [Double]) -> (total: Double, events: Double) {
    guard let weights else { return (Double(outcomes.count), outcomes.reduce(0, +)) }
    var total = 0.0
    var events = 0.0
    for (weight, outcome) in zip(weights, outcomes) {
      total += weight
      events += weight * outcome
    }
    return (total, events)
  }

  static func checkClasses(total: Double, events: Double) throws(FitError) {
    guard total > 0 else { throw .allWeightsZero }
    guard total < .infinity else { throw .invalidSetting(name: "total weight", value: total) }
    if events <= 0 { throw .oneClass(event: false) }
    if events >= total { throw .oneClass(event: true) }
  }
}

/// The first place whose number is NaN or infinite.
func firstNotFinite(_ values: [Double]) -> Int? {
  // 0 · x sums to 0 unless some x is not finite; only then the place is looked for.
  let bytes = unsafe values.span.bytes
  let lanes = values.count / 8
  var sum = SIMD8<Double>(repeating: 0)
  for lane in 0..<lanes {
    sum += unsafe bytes.unsafeLoadUnaligned(fromByteOffset: lane * 64, as: SIMD8<Double>.self) * 0
  }
  var rest = sum.sum()
  for place in lanes * 8..<values.count { rest += 0 * values[place] }
  return rest == 0 ? nil : values.firstIndex { !$0.isFinite }
}
