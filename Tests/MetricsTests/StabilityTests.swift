import Metrics
import StableNumerics
import Testing

@Suite("Shift, effect size, bootstrap, isotonic regression")
struct StabilityTests {
  let reference = Reference.shared

  @Test("PSI is the textbook sum, and finite where a bin is empty")
  func populationStability() throws {
    let psi = try PopulationStability(
      expected: reference.psi.expected.map { $0 * 1000 }, actual: reference.psi.actual.map { $0 * 500 })
    #expect(close(psi.index, reference.psi.value))
    #expect(close(psi.expectedNoise, 3 * (0.001 + 0.002)))
    #expect(try PopulationStability(expected: [10, 20, 30], actual: [1, 2, 3]).index == 0)
    let emptied = try PopulationStability(expected: [50, 50, 0], actual: [0, 50, 0])
    #expect(emptied.index.isFinite && emptied.index > 0.25)
    #expect(throws: MetricError.noRows) { try PopulationStability(expected: [1, 1], actual: [0, 0]) }
    #expect(throws: MetricError.lengthsDiffer(expected: 1, found: 2)) {
      try PopulationStability(expected: [1], actual: [0, 0])
    }
    #expect(throws: MetricError.notAWeight(row: 1, value: -1)) {
      try PopulationStability(expected: [1, 1], actual: [2, -1])
    }
  }

  @Test("the noise of PSI is what samples of one distribution show on average")
  func populationStabilityNoise() throws {
    var random = SplitMix64(seed: 5)
    var total = 0.0
    var beyond = 0
    for _ in 0..<400 {
      var samples = [[Double](repeating: 0, count: 10), [Double](repeating: 0, count: 10)]
      for _ in 0..<1000 { samples[0][random.below(10)] += 1 }
      for _ in 0..<400 { samples[1][random.below(10)] += 1 }
      let psi = try PopulationStability(expected: samples[0], actual: samples[1])
      total += psi.index
      if psi.index > psi.noiseLimit { beyond += 1 }
    }
    #expect(beyond <= 14)
    #expect(abs(total / 400 / (9 * (1 / 1000 + 1 / 400)) - 1) < 0.1)
  }

  @Test("Cohen's d and Cramér's V are numpy's and scipy's")
  func effectSizes() {
    #expect(close(cohensD(Moments(reference.cohen.a), Moments(reference.cohen.b)), reference.cohen.d))
    #expect(close(cramersV(reference.cramer.table), reference.cramer.v))
    #expect(
      cramersV([[5, 0], [0, 5]]) == 1 && cramersV([[5, 5], [5, 5]]) == 0 && cramersV([[4], [6]]) == 0)
    #expect(cohensD(Moments([1, 1]), Moments([2, 2])) == .infinity)
    #expect(cohensD(Moments([]), Moments([2, 2])) == 0)
  }

  @Test("correlation leaves out rows with a missing value")
  func correlation() throws {
    let r = try #require(pearsonCorrelation([1, 2, .nan, 3, 4], [2, 4, 100, 6, 8]))
    #expect(close(r, 1))
    #expect(pearsonCorrelation([1, 1, 1], [1, 2, 3]) == nil)
    #expect(pearsonCorrelation([1, 2], [1, 2]) == nil)
  }

  @Test("the bootstrap agrees with DeLong, is the same for any threads, and draws clusters whole")
  func bootstrap() throws {
    let outcomes = reference.outcomes
    let scores = reference.linearPredictors
    let auc: @Sendable ([Double]) throws(MetricError) -> Double = { weights throws(MetricError) in
      try RankedOutcomes(outcomes: outcomes, scores: scores, weights: weights).auc
    }
    let one = try Bootstrap(replicates: 400, seed: 7).interval(rows: 400, of: auc)
    let two = try Bootstrap(replicates: 400, seed: 7, threads: 2).interval(rows: 400, of: auc)
    #expect(one == two)
    #expect(one.estimate.value == (try RankedOutcomes(outcomes: outcomes, scores: scores).auc))
    let width = one.estimate.high - one.estimate.low
    #expect(abs(width / (2 * 1.96 * reference.aucSe) - 1) < 0.15)
    // Each row four times in one cluster: the interval stays as wide as with the rows once.
    let fourfold = (0..<1600).map { $0 / 4 }
    let clustered = try Bootstrap(replicates: 200, seed: 7).interval(rows: 1600, clusters: fourfold) {
      (weights: [Double]) throws(MetricError) in
      try RankedOutcomes(
        outcomes: fourfold.map { outcomes[$0] }, scores: fourfold.map { scores[$0] }, weights: weights
      ).auc
    }
    #expect(abs((clustered.estimate.high - clustered.estimate.low) / width - 1) < 0.2)
  }

  @Test("draws without both classes are counted, not hidden")
  func bootstrapUndefined() throws {
    let interval = try Bootstrap(replicates: 200, seed: 1).interval(rows: 3) {
      (weights: [Double]) throws(MetricError) in
      try RankedOutcomes(outcomes: [1, 0, 0], scores: [2, 1, 3], weights: weights).auc
    }
    #expect(interval.undefined > 30 && interval.undefined < 110)
    #expect(throws: MetricError.badParameter(name: "replicates", value: 1)) {
      try Bootstrap(replicates: 1)
    }
  }

  @Test("isotonic regression is scikit-learn's, with and without weights")
  func isotonic() throws {
    let expected = reference.isotonic
    let plain = try IsotonicRegression(x: reference.linearPredictors, y: reference.outcomes)
    let weighted = try IsotonicRegression(
      x: reference.linearPredictors, y: reference.outcomes, weights: reference.weights)
    for (index, point) in expected.grid.enumerated() {
      #expect(close(plain(point), expected.values[index]))
      #expect(close(weighted(point), expected.weighted[index]))
    }
    #expect(zip(plain.x, plain.x.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(plain.values, plain.values.dropFirst()).allSatisfy { $0 <= $1 })
  }
}
