import Foundation
import Metrics
import ModelFile
import Scoring
import StableNumerics
import Testing
import Training

@Suite("Calibration")
struct CalibrationTests {
  struct Reference: Decodable {
    let outcomes: [Double]
    let linearPredictors: [Double]
    let weights: [Double]
    let sigmoid: [Double]
    let platt: [Double]
    let plattWeighted: [Double]
    let beta: [Double]
    let betaWeighted: [Double]
    let grid: [Double]
    let isotonic: [Double]
    let isotonicWeighted: [Double]
    let isotonicPlain: [Double]
  }

  let reference: Reference

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/calibration.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    reference = try decoder.decode(Reference.self, from: Data(contentsOf: file))
  }

  func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
  }

  @Test("Platt's line is statsmodels' on the softened outcomes, and scikit-learn's sigmoid")
  func platt() throws {
    for (weights, expected) in [(nil, reference.platt), (reference.weights, reference.plattWeighted)] {
      guard
        case .platt(let intercept, let slope) = try Model.Calibration.platt(
          outcomes: reference.outcomes, linearPredictors: reference.linearPredictors, weights: weights)
      else {
        Issue.record("another calibration")
        return
      }
      #expect(isClose(intercept, expected[0], 1e-9) && isClose(slope, expected[1], 1e-9))
      if weights == nil {
        // scikit-learn's optimiser stops earlier.
        #expect(isClose(intercept, reference.sigmoid[0], 1e-4) && isClose(slope, reference.sigmoid[1], 1e-4))
      }
    }
  }

  @Test("beta calibration is statsmodels' on log p and −log(1 − p)")
  func beta() throws {
    for (weights, expected) in [(nil, reference.beta), (reference.weights, reference.betaWeighted)] {
      guard
        case .beta(let a, let b, let intercept) = try Model.Calibration.beta(
          outcomes: reference.outcomes, linearPredictors: reference.linearPredictors, weights: weights)
      else {
        Issue.record("another calibration")
        return
      }
      #expect(isClose(intercept, expected[0], 1e-8))
      #expect(isClose(a, expected[1], 1e-8) && isClose(b, expected[2], 1e-8))
    }
  }

  @Test("isotonic calibration is scikit-learn's, and never says 0 or 1")
  func isotonic() throws {
    for (weights, expected) in [(nil, reference.isotonic), (reference.weights, reference.isotonicWeighted)] {
      let fit = try Model.Calibration.isotonic(
        outcomes: reference.outcomes, linearPredictors: reference.linearPredictors, weights: weights)
      for (point, value) in zip(reference.grid, expected) {
        #expect(isClose(fit.probability(of: point), value, 1e-12))
        #expect(fit.probability(of: point) > 0 && fit.probability(of: point) < 1)
      }
    }
    #expect(reference.isotonicPlain.contains(0) || reference.isotonicPlain.contains(1))
  }

  @Test("no calibration turns a ranking round")
  func neverTurnsRound() throws {
    let turned = reference.linearPredictors.map { -$0 }
    let rate = reference.outcomes.reduce(0, +) / Double(reference.outcomes.count)
    for calibration in [
      try Model.Calibration.platt(outcomes: reference.outcomes, linearPredictors: turned),
      try .beta(outcomes: reference.outcomes, linearPredictors: turned),
      try .isotonic(outcomes: reference.outcomes, linearPredictors: turned),
    ] {
      let values = reference.grid.map { calibration.probability(of: $0) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(abs((values.first ?? 0) - rate) < 0.1 && abs((values.last ?? 0) - rate) < 0.1)
    }
  }

  /// Outcomes from expit(law(η)).
  func draw(_ count: Int, seed: UInt64, law: (Double) -> Double) -> (outcomes: [Double], etas: [Double]) {
    var random = SplitMix64(seed: seed)
    var outcomes: [Double] = []
    var etas: [Double] = []
    for _ in 0..<count {
      let eta = -1 + 5 * (random.uniform() + random.uniform() + random.uniform() - 1.5)
      etas.append(eta)
      outcomes.append(random.uniform() < expit(law(eta)) ? 1 : 0)
    }
    return (outcomes, etas)
  }

  @Test("auto keeps none where the probabilities are right, and mends those that are too sure")
  func auto() throws {
    var kept = 0
    for seed in 1...20 {
      let (outcomes, etas) = draw(800, seed: UInt64(seed)) { $0 }
      let fit = try CalibrationFit(.auto, outcomes: outcomes, linearPredictors: etas, seed: 1)
      if fit.calibration == .none { kept += 1 }
    }
    #expect(kept >= 17)
    let (outcomes, etas) = draw(2000, seed: 99) { 0.4 * $0 + 0.2 }
    let fit = try CalibrationFit(.auto, outcomes: outcomes, linearPredictors: etas, seed: 1)
    #expect(fit.calibration != .none)
    #expect(fit.candidates.map(\.choice) == [.platt, .beta, .isotonic])
    let mended = try CalibrationLine(
      outcomes: outcomes, linearPredictors: etas.map { fit.calibration.linearPredictor(of: $0) })
    #expect(abs(mended.slope.value - 1) < 0.1 && abs(mended.intercept.value) < 0.1)
  }

  @Test("auto is none where there is too little to try on, and where a law bends it finds the bend")
  func autoEnds() throws {
    let few = try CalibrationFit(
      .auto, outcomes: [1, 0, 0, 1, 0, 0], linearPredictors: [3, 2, 1, 0, -1, -2], seed: 1)
    #expect(few.calibration == .none && few.candidates.isEmpty)
    let (outcomes, etas) = draw(6000, seed: 5) { $0 < -1 ? -3 : 1 }
    let bent = try CalibrationFit(.auto, outcomes: outcomes, linearPredictors: etas, seed: 1)
    guard case .isotonic = bent.calibration else {
      Issue.record("\(bent.calibration)")
      return
    }
  }

  @Test("the order of rows leaves no trace; a forced choice names what it cannot do")
  func orderAndErrors() throws {
    let reversed = try Model.Calibration.platt(
      outcomes: reference.outcomes.reversed(), linearPredictors: reference.linearPredictors.reversed())
    #expect(
      reversed
        == (try .platt(outcomes: reference.outcomes, linearPredictors: reference.linearPredictors)))
    #expect(throws: MetricError.oneClass(events: 0, nonEvents: 2)) {
      try CalibrationFit(.platt, outcomes: [0, 0], linearPredictors: [1, 2], seed: 1)
    }
    #expect(throws: MetricError.constantScore) {
      try CalibrationFit(.platt, outcomes: [0, 1], linearPredictors: [2, 2], seed: 1)
    }
    #expect(throws: MetricError.lengthsDiffer(expected: 2, found: 1)) {
      try CalibrationFit(.auto, outcomes: [0, 1], linearPredictors: [2], seed: 1)
    }
  }
}
