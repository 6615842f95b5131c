import LinearAlgebra
import StableNumerics

/// What a term does to the probability, averaged over the rows as they are; Stata's `margins`, statsmodels'
/// `get_margeff`.
public struct AverageEffect: Equatable, Sendable {
  public var term: String
  /// Change of the mean probability per unit: (1/W) Σ wᵢ pᵢ(1 − pᵢ) β, or for a 0/1 column the difference
  /// between all rows at 1 and all rows at 0.
  public var perUnit: Double
  /// Delta method, from the covariance given.
  public var standardError: Double
  /// Change of the mean probability when the column rises by one standard deviation in every row.
  public var perDeviation: Double
  public var isIndicator: Bool
}

extension FittedLogisticRegression {
  /// Average marginal effects (Stata's `margins, dydx(*)`) with standard errors from `inference`. Cost: three
  /// passes over the rows for each term.
  public func averageEffects(
    _ observations: Observations, inference: Inference
  ) throws(FitError) -> [AverageEffect] {
    let eta = try linearPredictor(of: observations.design, offset: observations.offset)
    let n = observations.count
    let p = coefficients.count
    let weight = observations.totalWeight
    let terms = solved.map.columns
    let deviations = Dictionary(
      uniqueKeysWithValues: zip(terms, solved.map.inverseScales.map { 1 / $0 }))
    return mapBlocks(count: p, threads: solved.model.threads) { j in
      let slope = coefficients[j]
      let column = observations.design.column(j)
      var isIndicator = deviations[j] != nil
      for i in 0..<n where column[i] != 0 && column[i] != 1 {
        isIndicator = false
        break
      }
      var effect = 0.0
      var lifted = 0.0
      // ∂ effect / ∂ (intercept, β)
      var gradient = [Double](repeating: 0, count: p + 1)
      var first = [Double](repeating: 0, count: n)
      for i in 0..<n {
        let w = (observations.weights?[i] ?? 1) / weight
        let probability = expit(eta[i])
        if isIndicator {
          let low = eta[i] - slope * column[i]
          let (p0, p1) = (expit(low), expit(low + slope))
          effect += w * (p1 - p0)
          first[i] = w * (p1 * (1 - p1) - p0 * (1 - p0))
          gradient[j + 1] += w * (p1 * (1 - p1) * (1 - column[i]) + p0 * (1 - p0) * column[i])
        } else {
          let density = probability * expit(-eta[i])
          effect += w * density * slope
          first[i] = w * slope * density * (1 - 2 * probability)
          gradient[j + 1] += w * density
        }
        if let deviation = deviations[j] { lifted += w * (expit(eta[i] + slope * deviation) - probability) }
      }
      let rest = observations.design.transposedTimes(first)
      gradient[0] += first.reduce(0, +)
      for k in 0..<p { gradient[k + 1] += rest[k] }
      var variance = 0.0
      for a in 0...p {
        for b in 0...p {
          let value = inference.covariance[a, b]
          if !value.isNaN { variance += gradient[a] * value * gradient[b] }
        }
      }
      let error = inference.covariance[j + 1, j + 1].isNaN ? Double.nan : max(variance, 0).squareRoot()
      return AverageEffect(
        term: termNames[j], perUnit: effect, standardError: error, perDeviation: lifted,
        isIndicator: isIndicator)
    }
  }
}
