import LinearAlgebra
import LogisticRegression
public import Metrics
public import ModelFile
import StableNumerics

extension Model.Calibration {
  /// Platt's (1999) line: expit(intercept + slope · η) by maximum likelihood on softened outcomes
  /// (``SoftenedOutcomes``), as scikit-learn's `method="sigmoid"`. A slope that would turn the ranking round
  /// is held at 0, where everybody gets the event rate.
  public static func platt(
    outcomes: [Double], linearPredictors: [Double], weights: [Double]? = nil
  ) throws(MetricError) -> Model.Calibration {
    let softened = try SoftenedOutcomes(outcomes, linearPredictors: linearPredictors, weights: weights)
    let line = try TwoParameterLogistic(softened.points)
    guard line.slope > 0 else { return .platt(intercept: logit(softened.mean), slope: 0) }
    return .platt(intercept: line.intercept, slope: line.slope)
  }

  /// Isotonic regression (Zadrozny & Elkan 2002) of the softened outcomes on η: never 0 or 1, so that what
  /// happens is never given probability 0. On softened outcomes it is scikit-learn's `method="isotonic"`
  /// drawn towards the middle by less than one row's worth.
  public static func isotonic(
    outcomes: [Double], linearPredictors: [Double], weights: [Double]? = nil
  ) throws(MetricError) -> Model.Calibration {
    let points = try SoftenedOutcomes(outcomes, linearPredictors: linearPredictors, weights: weights).points
    let fit = try IsotonicRegression(x: points.map(\.x), y: points.map(\.y), weights: points.map(\.weight))
    return .isotonic(linearPredictors: fit.x, probabilities: fit.values)
  }

  /// Beta calibration (Kull, Silva Filho & Flach 2017): the line, with a slope of its own for probabilities
  /// near 0 and near 1. a, b ≥ 0; maximum likelihood on softened outcomes.
  public static func beta(
    outcomes: [Double], linearPredictors: [Double], weights: [Double]? = nil
  ) throws(MetricError) -> Model.Calibration {
    let softened = try SoftenedOutcomes(outcomes, linearPredictors: linearPredictors, weights: weights)
    // log p and −log(1 − p), exact at both ends.
    let columns = [
      softened.points.map { -log1pExp(-$0.x) }, softened.points.map { log1pExp($0.x) },
    ]
    // Where an unbounded slope comes out negative, the best with a, b ≥ 0 has it at 0.
    for kept in [[0, 1], [0], [1]] {
      let slopes = try slopes(columns, kept: kept, softened.points)
      if kept.allSatisfy({ slopes.coefficients[$0] >= 0 }) {
        return .beta(
          a: slopes.coefficients[0], b: slopes.coefficients[1], intercept: slopes.intercept)
      }
    }
    return .beta(a: 0, b: 0, intercept: logit(softened.mean))
  }

  private static func slopes(
    _ columns: [[Double]], kept: [Int], _ points: [WeightedPoint]
  ) throws(MetricError) -> (intercept: Double, coefficients: [Double]) {
    let design = Matrix(rows: points.count, columns: kept.count, values: kept.flatMap { columns[$0] })
    do {
      let observations = try Observations(
        design: design, termNames: kept.map { $0 == 0 ? "log p" : "−log(1 − p)" },
        outcomes: points.map(\.y), weights: points.map(\.weight))
      let fitted = try LogisticRegression(penalty: .none).fit(observations)
      var coefficients = [0.0, 0.0]
      for (index, coefficient) in zip(kept, fitted.coefficients) { coefficients[index] = coefficient }
      return (fitted.intercept, coefficients)
    } catch {
      // Softened outcomes are never separated: what is left is a column without spread.
      throw .constantScore
    }
  }
}

/// Outcomes moved off 0 and 1 as Platt (1999) does: (N₊ + 1)/(N₊ + 2) for the event and 1/(N₋ + 2) for its
/// absence, what a uniform prior on each makes of them. An outcome between (a share of trials) lies between.
struct SoftenedOutcomes {
  /// Rows of weight above 0, η ascending: the order of the input leaves no trace.
  let points: [WeightedPoint]
  let mean: Double

  init(_ outcomes: [Double], linearPredictors: [Double], weights: [Double]?) throws(MetricError) {
    for count in [linearPredictors.count, weights?.count ?? outcomes.count] where count != outcomes.count {
      throw .lengthsDiffer(expected: outcomes.count, found: count)
    }
    var rows: [WeightedPoint] = []
    for row in outcomes.indices {
      let weight = weights?[row] ?? 1
      guard weight >= 0, weight.isFinite else { throw .notAWeight(row: row, value: weight) }
      guard outcomes[row] >= 0, outcomes[row] <= 1 else {
        throw .notAnOutcome(row: row, value: outcomes[row])
      }
      guard linearPredictors[row].isFinite else { throw .notFinite(row: row) }
      if weight > 0 { rows.append(WeightedPoint(x: linearPredictors[row], y: outcomes[row], weight: weight)) }
    }
    rows.sort { ($0.x, $0.y, $0.weight) < ($1.x, $1.y, $1.weight) }
    guard !rows.isEmpty else { throw .noRows }
    let total = rows.reduce(0) { $0 + $1.weight }
    let events = rows.reduce(0) { $0 + $1.weight * $1.y }
    guard events > 0, events < total else { throw .oneClass(events: events, nonEvents: total - events) }
    let low = 1 / (total - events + 2)
    let high = (events + 1) / (events + 2)
    points = rows.map { WeightedPoint(x: $0.x, y: low + (high - low) * $0.y, weight: $0.weight) }
    mean = low + (high - low) * events / total
  }
}
