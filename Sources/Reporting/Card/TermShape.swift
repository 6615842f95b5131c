import Features
import ModelFile
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How the odds run along one numeric column that has thresholds or bends, other columns held fixed: the
/// factor relative to the mean of its terms, exp(Σ βⱼ (termⱼ(x) − meanⱼ)) over the terms of this column alone.
struct TermShape {
  struct Point {
    let x: Double
    let logOdds: Double
    var factor: Double { exp(logOdds) }
  }

  let name: String
  let points: [Point]
  /// Pointwise 95 % interval of the factor: ±1.96 √(dᵀ Σ d), d the terms less their means.
  let band: [(low: Double, high: Double)]?
  /// Of the training rows; empty where no baseline is known.
  let deciles: [Double]

  var spread: Double {
    (points.map(\.logOdds).max() ?? 0) - (points.map(\.logOdds).min() ?? 0)
  }

  /// One for each such column, in the recipe's order, at `count` equal steps over the column's knots and
  /// deciles.
  static func all(of model: Model, baseline: Baseline? = nil, count: Int = 60) -> [TermShape] {
    model.recipe.inputs.indices.compactMap { TermShape(model, input: $0, baseline, count: count) }
  }

  private init?(_ model: Model, input: Int, _ baseline: Baseline?, count: Int) {
    let recipe = model.recipe
    guard recipe.inputs[input].kind == .numeric else { return nil }
    let own = recipe.terms.indices.filter { term in
      let factors = recipe.terms[term].factors
      return factors.count == 1 && factors[0].input == input && factors[0].basis != .missing
    }
    let knots = own.flatMap { recipe.terms[$0].factors[0].basis.knots }.sorted()
    guard let low = knots.first, let high = knots.last, count > 1 else { return nil }
    name = recipe.inputs[input].name
    var edges: [Double] = []
    if case .numbers(let known, _, _)? = baseline?.inputs.first(where: {
      $0.name == recipe.inputs[input].name
    })?
    .distribution {
      edges = known
    }
    deciles = edges
    let margin = high > low ? (high - low) * 0.25 : max(1, abs(low) * 0.5)
    let start = edges.first.map { min($0, low) } ?? low - margin
    let end = edges.last.map { max($0, high) } ?? high + margin
    guard start.isFinite, end.isFinite, end > start else { return nil }
    let xs = (0..<count).map { start + (end - start) * Double($0) / Double(count - 1) }
    var points: [Point] = []
    var band: [(low: Double, high: Double)] = []
    for x in xs {
      let parts = own.map { term in
        let value = recipe.terms[term].factors[0].basis.value(at: x) ?? 0
        return (recipe.terms[term].table?[Int(value)] ?? value) - model.termMeans[term]
      }
      let logOdds = zip(own, parts).reduce(0.0) { $0 + model.coefficients[$1.0] * $1.1 }
      points.append(Point(x: x, logOdds: logOdds))
      if let error = Self.standardError(model, own, parts) {
        band.append((exp(logOdds - 1.96 * error), exp(logOdds + 1.96 * error)))
      }
    }
    self.points = points
    self.band = band.count == points.count ? band : nil
  }

  /// √(dᵀ Σ d) over some terms; nil where the model keeps no covariance.
  private static func standardError(_ model: Model, _ terms: [Int], _ parts: [Double]) -> Double? {
    guard let covariance = model.covariance else { return nil }
    var sum = 0.0
    for (i, a) in zip(terms, parts) {
      for (j, b) in zip(terms, parts) {
        // The lower triangle of (intercept, coefficients), row after row.
        let (row, column) = (max(i, j) + 1, min(i, j) + 1)
        let place = row * (row + 1) / 2 + column
        guard covariance.indices.contains(place) else { return nil }
        sum += a * b * covariance[place]
      }
    }
    return sum >= 0 ? sum.squareRoot() : nil
  }
}

extension RecipeBasis {
  /// Where a basis function bends or jumps.
  fileprivate var knots: [Double] {
    switch self {
    case .hinge(let knot), .hingeBelow(let knot), .step(let knot): [knot]
    case .cubicSpline(let knots, _), .bins(let knots): knots
    case .signedLog, .identity, .level, .otherLevels, .missing, .codes: []
    }
  }
}
