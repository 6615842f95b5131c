import LinearAlgebra
import StableNumerics

/// A weighted logistic likelihood over standardised columns, in coordinates θ = (intercept at the columns'
/// means, coefficients per standard deviation): ηᵢ = offsetᵢ + θ₀ + Σⱼ (xᵢⱼ − centerⱼ) inverseScaleⱼ θⱼ.
struct Problem: Sendable {
  var design: Design
  /// The columns of `design` that take part, in order.
  var columns: [Int]
  var centers: [Double]
  var inverseScales: [Double]
  var outcomes: [Double]
  var weights: [Double]?
  var offset: [Double]?
  var totalWeight: Double
  var eventWeight: Double
  var threads: Int
  /// The names of `columns`.
  var names: [String]
  /// γ = basis · (θ₁ …), where the columns stand for an orthogonal basis of others; see ``OrthogonalBasis``.
  var basis: Matrix?

  var rows: Int { outcomes.count }
  /// q = p + 1
  var dimension: Int { columns.count + 1 }

  /// All columns of `observations` that vary, under `weights` where given in place of the observations' own.
  init(_ observations: Observations, scaling: ColumnScaling, weights: [Double]?, threads: Int) {
    let columns = scaling.scales.indices.filter { scaling.scales[$0] > 0 }
    self.init(
      observations, columns: columns, centers: columns.map { scaling.centers[$0] },
      inverseScales: columns.map { 1 / scaling.scales[$0] }, weights: weights, threads: threads)
  }

  init(
    _ observations: Observations, columns: [Int], centers: [Double], inverseScales: [Double],
    weights: [Double]?, threads: Int
  ) {
    design = observations.design
    self.columns = columns
    self.centers = centers
    self.inverseScales = inverseScales
    outcomes = observations.outcomes
    self.weights = weights
    offset = observations.offset
    (totalWeight, eventWeight) = Observations.weights(weights, of: observations.outcomes)
    self.threads = threads
    names = columns.map { observations.termNames[$0] }
  }

  /// The same rows with the columns at these positions of `columns` only.
  func keeping(_ positions: [Int]) -> Problem {
    var result = self
    result.columns = positions.map { columns[$0] }
    result.centers = positions.map { centers[$0] }
    result.inverseScales = positions.map { inverseScales[$0] }
    result.names = positions.map { names[$0] }
    return result
  }

  /// Every `step`-th row, in eights, copied.
  func sample(every step: Int) -> Problem {
    let indices = Design.everyRow(step, of: rows)
    var result = self
    result.design = Design(design.everyRow(step, threads: threads))
    result.outcomes = indices.map { outcomes[$0] }
    result.weights = weights.map { weights in indices.map { weights[$0] } }
    result.offset = offset.map { offset in indices.map { offset[$0] } }
    (result.totalWeight, result.eventWeight) = Observations.weights(result.weights, of: result.outcomes)
    return result
  }

  /// log-odds of the overall share of events: the solution without columns and offset.
  var nullIntercept: Double {
    let share = eventWeight / totalWeight
    return logit(share)
  }
}
