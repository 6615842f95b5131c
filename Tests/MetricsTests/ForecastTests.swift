import Metrics
import StableNumerics
import Testing

@Suite("Probabilities: log loss, Brier, calibration")
struct ForecastTests {
  let reference = Reference.shared

  @Test("log loss and Brier are scikit-learn's, from probabilities and from linear predictors")
  func losses() throws {
    let y = reference.outcomes
    let eta = reference.linearPredictors
    for forecasts in [
      try Forecasts(outcomes: y, linearPredictors: eta),
      try Forecasts(outcomes: y, probabilities: eta.map(expit)),
    ] {
      #expect(close(forecasts.logLoss, reference.logLoss))
      #expect(close(forecasts.brier, reference.brier))
    }
    let weighted = try Forecasts(outcomes: y, linearPredictors: eta, weights: reference.weights)
    #expect(close(weighted.logLoss, reference.weightedLogLoss))
    #expect(close(weighted.brier, reference.weightedBrier))
  }

  @Test("log loss is never clipped: 800 nats stay 800, certainty that was wrong is infinite")
  func logLossAtTheEnds() throws {
    #expect(try Forecasts(outcomes: [0], linearPredictors: [800]).logLoss == 800)
    #expect(try Forecasts(outcomes: [0], probabilities: [1]).logLoss == .infinity)
    #expect(try Forecasts(outcomes: [1, 0], probabilities: [1, 0]).logLoss == 0)
    #expect(close(try Forecasts(outcomes: [1], probabilities: [1e-300]).logLoss, 690.7755278982137))
  }

  @Test("calibration intercept, slope and calibration in the large are statsmodels' GLM")
  func calibrationLine() throws {
    let line = try CalibrationLine(
      outcomes: reference.outcomes, linearPredictors: reference.linearPredictors)
    let expected = reference.calibration
    #expect(close(line.intercept.value, expected.intercept, 1e-10))
    #expect(close(line.slope.value, expected.slope, 1e-10))
    #expect(close(line.slope.high - line.slope.value, 1.959963984540054 * expected.slopeSe, 1e-8))
    #expect(
      close(line.intercept.high - line.intercept.value, 1.959963984540054 * expected.interceptSe, 1e-8))
    #expect(close(line.calibrationInTheLarge.value, expected.large, 1e-10))
    #expect(
      close(
        line.calibrationInTheLarge.high - line.calibrationInTheLarge.value,
        1.959963984540054 * expected.largeSe, 1e-8))
    let weighted = try CalibrationLine(
      outcomes: reference.outcomes, linearPredictors: reference.linearPredictors,
      weights: reference.weights)
    #expect(close(weighted.intercept.value, expected.weightedIntercept, 1e-10))
    #expect(close(weighted.slope.value, expected.weightedSlope, 1e-10))
  }

  @Test("η scaled and moved gives the line that undoes it")
  func calibrationLineUndoes() throws {
    let straight = try CalibrationLine(
      outcomes: reference.outcomes, linearPredictors: reference.linearPredictors)
    for (scale, shift) in [(1e-6, 0.0), (40, 3), (1, -1000), (-2, 0.5)] {
      let moved = try CalibrationLine(
        outcomes: reference.outcomes, linearPredictors: reference.linearPredictors.map { $0 * scale + shift })
      #expect(close(moved.slope.value * scale, straight.slope.value, 1e-9))
      #expect(close(moved.intercept.value + moved.slope.value * shift, straight.intercept.value, 1e-9))
    }
  }

  @Test("no line without spread, without both classes, or through separated outcomes")
  func calibrationLineErrors() {
    #expect(throws: MetricError.constantScore) {
      try CalibrationLine(outcomes: [0, 1], linearPredictors: [0.3, 0.3])
    }
    #expect(throws: MetricError.oneClass(events: 0, nonEvents: 2)) {
      try CalibrationLine(outcomes: [0, 0], linearPredictors: [0.3, 0.4])
    }
    #expect(throws: MetricError.separated) {
      try CalibrationLine(outcomes: [0, 0, 1, 1], linearPredictors: [0, 1, 1, 2])
    }
    #expect(throws: MetricError.separated) {
      try CalibrationLine(outcomes: [1, 1, 0], linearPredictors: [0, 1, 2])
    }
  }

  @Test("bins hold equal weight, keep ties together, and ECE is their weighted gap")
  func reliability() throws {
    let outcomes = (0..<100).map { Double($0 % 4 == 0 ? 1 : 0) }
    let probabilities = (0..<100).map { (Double($0) + 0.5) / 100 }
    let forecasts = try Forecasts(outcomes: outcomes, probabilities: probabilities)
    let bins = try forecasts.reliability(bins: 10)
    #expect(bins.map(\.weight) == Array(repeating: 10, count: 10))
    #expect(close(bins[3].meanProbability, 0.35))
    // The tens hold 3, 2, 3, 2, … events: rows 0, 4, 8, then 12, 16, …
    let byHand = (0..<10).map { (bin: Int) -> Double in
      let happened = bin % 2 == 0 ? 0.3 : 0.2
      return abs((Double(bin) + 0.5) / 10 - happened)
    }
    #expect(close(try forecasts.expectedCalibrationError(bins: 10), byHand.reduce(0, +) / 10))

    let constant = try Forecasts(outcomes: outcomes, probabilities: outcomes.map { _ in 0.2 })
    #expect(try constant.reliability(bins: 10).count == 1)
    #expect(close(try constant.expectedCalibrationError(), 0.05))
    #expect(throws: MetricError.badParameter(name: "bins", value: 0)) {
      try constant.reliability(bins: 0)
    }
  }

  @Test("reliability − resolution + uncertainty is the Brier score, whatever the bins and weights")
  func brierDecomposition() throws {
    for bins in [1, 2, 10, 37] {
      for weights in [nil, reference.weights] {
        let forecasts = try Forecasts(
          outcomes: reference.outcomes, linearPredictors: reference.linearPredictors, weights: weights)
        let parts = try forecasts.brierDecomposition(bins: bins)
        #expect(close(parts.reliability - parts.resolution + parts.uncertainty, forecasts.brier))
        #expect(parts.reliability >= 0)
      }
    }
  }

  @Test("a probability outside [0, 1] is named")
  func errors() {
    #expect(throws: MetricError.notAProbability(row: 1, value: 1.5)) {
      try Forecasts(outcomes: [0, 1], probabilities: [0.1, 1.5])
    }
    #expect(throws: MetricError.notFinite(row: 0)) {
      try Forecasts(outcomes: [0, 1], probabilities: [.nan, 0.5])
    }
  }

  @Test("PRD-04 the measures together, as a whole and by segment")
  func together() throws {
    let whole = try PredictionQuality(
      outcomes: reference.outcomes, linearPredictors: reference.linearPredictors)
    #expect(whole.rows == 400)
    #expect(close(try #require(whole.auc).value, reference.auc))
    #expect(close(try #require(whole.calibrationSlope).value, reference.calibration.slope, 1e-10))
    let groups = reference.outcomes.indices.map { $0 % 3 == 0 ? "b" : "a" }
    let parts = try PredictionQuality.byGroup(
      groups, outcomes: reference.outcomes, linearPredictors: reference.linearPredictors)
    #expect(parts.map(\.group) == ["a", "b"])
    #expect(parts.map(\.quality.rows).reduce(0, +) == 400)
    let logLoss = parts.reduce(0) { $0 + Double($1.quality.rows) * $1.quality.logLoss } / 400
    #expect(close(logLoss, whole.logLoss))
    let oneClass = try PredictionQuality(outcomes: [0, 0], linearPredictors: [-1, -2])
    #expect(oneClass.auc == nil && oneClass.calibrationSlope == nil && oneClass.brier > 0)
  }
}
