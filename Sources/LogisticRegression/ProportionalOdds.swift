public import LinearAlgebra
import StableNumerics

/// Ordered bands 0 … K − 1 (low, medium, high) by proportional odds (McCullagh 1980):
///
///   P(band ≤ k) = expit(τₖ − xᵢᵀβ),   minimising −(1/W) Σ wᵢ log P(bandᵢ) + (λ/2) ‖β‖²
///
/// with the penalty on β per standard deviation, so that a positive coefficient moves towards the higher bands
/// and P(band > k) is a logistic regression with intercept −τₖ. The loss is convex (Pratt 1981); solved by
/// Newton with line search. Agrees with MASS `polr` and statsmodels `OrderedModel` (distr = logit).
public struct ProportionalOdds: Sendable, Equatable {
  public let lambda: Double
  public let maximumIterations: Int
  public let threads: Int

  public init(lambda: Double = 0, maximumIterations: Int = 100, threads: Int = 1) throws(FitError) {
    guard lambda >= 0, lambda.isFinite else { throw .invalidSetting(name: "lambda", value: lambda) }
    guard maximumIterations > 0 else {
      throw .invalidSetting(name: "maximum iterations", value: Double(maximumIterations))
    }
    guard threads > 0 else { throw .invalidSetting(name: "threads", value: Double(threads)) }
    self.lambda = lambda
    self.maximumIterations = maximumIterations
    self.threads = threads
  }

  /// Cost: n q² for each of about six iterations. Throws ``FitError/emptyBand(band:)`` where a band has no weight
  /// and ``FitError/notConverged(_:)`` where no estimate exists.
  public func fit(_ rows: OrderedObservations) throws(FitError) -> FittedProportionalOdds {
    let scaling = try ColumnScaling(rows.observations, weights: rows.observations.weights, threads: threads)
    let (prepared, likelihood) = try prepare(rows, scaling: scaling, weights: rows.observations.weights)
    let solution = try likelihood.minimize(from: likelihood.nullTheta, limit: maximumIterations)
    return try FittedProportionalOdds(rows, self, prepared, likelihood, solution)
  }

  /// `weights` stand in for the observations' own (a fold's training rows).
  func prepare(
    _ rows: OrderedObservations, scaling: ColumnScaling, weights: [Double]?
  ) throws(FitError) -> (PreparedProblem, OrdinalLikelihood) {
    let model = try LogisticRegression(
      penalty: lambda > 0 ? .elasticNet(lambda: lambda, alpha: 0) : .none, threads: threads)
    let bandWeights = rows.bandWeights(weights)
    if let empty = bandWeights.firstIndex(of: 0) { throw .emptyBand(band: empty) }
    let prepared = try model.prepare(rows.observations, scaling: scaling, weights: weights)
    return (
      prepared,
      OrdinalLikelihood(
        problem: prepared.problem, bands: rows.bands, bandWeights: bandWeights, lambda: lambda)
    )
  }
}

/// Rows with an ordered outcome.
public struct OrderedObservations: Sendable {
  /// With "the highest band" as the event.
  public let observations: Observations
  /// 0 ..< `bandCount`, lowest first.
  public let bands: [Int]
  public let bandCount: Int

  /// Throws what ``Observations`` throws, and where a band is outside of 0 ..< `bandCount`.
  public init(
    design: Design, termNames: [String], bands: [Int], bandCount: Int, weights: [Double]? = nil
  ) throws(FitError) {
    try Self.check(bands, bandCount, rows: design.rows)
    if let weights {
      guard weights.count == bands.count else {
        throw .unequalLengths(.weights, count: weights.count, expected: bands.count)
      }
      var bandWeights = [Double](repeating: 0, count: bandCount)
      for (band, weight) in zip(bands, weights) { bandWeights[band] += weight }
      if let empty = bandWeights.firstIndex(of: 0) { throw .emptyBand(band: empty) }
    } else if let empty = (0..<bandCount).first(where: { !bands.contains($0) }) {
      throw .emptyBand(band: empty)
    }
    observations = try Observations(
      design: design, termNames: termNames, outcomes: bands.map { $0 == bandCount - 1 ? 1 : 0 },
      weights: weights)
    self.bands = bands
    self.bandCount = bandCount
  }

  private static func check(_ bands: [Int], _ count: Int, rows: Int) throws(FitError) {
    guard count >= 2 else { throw .invalidSetting(name: "bands", value: Double(count)) }
    guard bands.count == rows else { throw .unequalLengths(.outcomes, count: bands.count, expected: rows) }
    if let row = bands.firstIndex(where: { $0 < 0 || $0 >= count }) {
      throw .outcomeOutOfRange(row: row, value: Double(bands[row]))
    }
  }

  /// Σ w of each band.
  func bandWeights(_ weights: [Double]?) -> [Double] {
    var sums = [Double](repeating: 0, count: bandCount)
    for (row, band) in bands.enumerated() { sums[band] += weights?[row] ?? 1 }
    return sums
  }

  /// "Above band `cut`, or not": the binary outcome of a threshold.
  func above(_ cut: Int) throws(FitError) -> Observations {
    try Observations(
      design: observations.design, termNames: observations.termNames,
      outcomes: bands.map { $0 > cut ? 1 : 0 }, weights: observations.weights)
  }
}
