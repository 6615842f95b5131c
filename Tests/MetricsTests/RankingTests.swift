import Metrics
import StableNumerics
import Testing

@Suite("Ranking: AUC, precision-recall, lift")
struct RankingTests {
  let reference = Reference.shared

  func ranked(weighted: Bool = false) throws -> RankedOutcomes {
    try RankedOutcomes(
      outcomes: reference.outcomes, scores: reference.linearPredictors,
      weights: weighted ? reference.weights : nil)
  }

  @Test("AUC is scikit-learn's, its standard error DeLong's definition")
  func auc() throws {
    let plain = try ranked()
    #expect(close(plain.auc, reference.auc))
    #expect(close(try #require(plain.aucStandardError), reference.aucSe))
    let weighted = try ranked(weighted: true)
    #expect(close(weighted.auc, reference.weightedAuc))
    #expect(close(try #require(weighted.aucStandardError), reference.weightedAucSe))
    let interval = try #require(plain.aucEstimate)
    #expect(close(interval.high - interval.value, 1.959963984540054 * reference.aucSe))
  }

  @Test("DeLong's interval from ranks equals the count over all pairs, ties and all")
  func delongByPairs() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<50 {
      let count = 4 + random.below(40)
      var outcomes = (0..<count).map { _ in Double(random.below(2)) }
      outcomes.replaceSubrange(0..<4, with: [0, 0, 1, 1])
      let scores = (0..<count).map { _ in Double(random.below(7)) }
      let ranked = try RankedOutcomes(outcomes: outcomes, scores: scores)
      let (auc, variance) = delongOverAllPairs(outcomes, scores)
      #expect(close(ranked.auc, auc))
      #expect(close(try #require(ranked.aucStandardError), variance.squareRoot()))
    }
  }

  @Test("the paired comparison is DeLong's, and the same for the same scores")
  func paired() throws {
    let pair = try PairedAUC(
      outcomes: reference.outcomes, first: reference.linearPredictors, second: reference.second)
    #expect(close(pair.first, reference.auc))
    #expect(close(pair.second, reference.aucSecond))
    #expect(close(pair.standardError, reference.differenceSe))
    #expect(close(pair.pValue, reference.differenceP, 1e-9))
    let same = try PairedAUC(
      outcomes: reference.outcomes, first: reference.second, second: reference.second.map { $0 * 3 + 1 })
    #expect(same.difference == Estimate(value: 0, low: 0, high: 0))
    #expect(same.pValue == 1)
  }

  @Test("average precision, ROC and KS are scikit-learn's")
  func curves() throws {
    let plain = try ranked()
    #expect(close(plain.averagePrecision, reference.averagePrecision))
    #expect(close(try ranked(weighted: true).averagePrecision, reference.weightedAveragePrecision))
    #expect(close(plain.kolmogorovSmirnov, reference.ks))
    let curve = plain.rocCurve
    try #require(curve.count == reference.roc.fpr.count)
    for (point, expected) in zip(curve, zip(reference.roc.fpr, reference.roc.tpr)) {
      #expect(close(point.falsePositiveRate, expected.0) && close(point.truePositiveRate, expected.1))
    }
  }

  @Test("lift counts a tie at the border in proportion")
  func lift() throws {
    // Ten rows; the top two share their score, one of them an event; three events in all.
    let outcomes: [Double] = [1, 0, 1, 0, 1, 0, 0, 0, 0, 0]
    let scores: [Double] = [9, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    let ranked = try RankedOutcomes(outcomes: outcomes, scores: scores)
    #expect(close(try ranked.gain(top: 0.1), 0.5 / 3))
    #expect(close(try ranked.lift(top: 0.1), 5.0 / 3))
    #expect(close(try ranked.lift(top: 0.3), 2.0 / 3 / 0.3))
    #expect(try ranked.gain(top: 1) == 1)
    #expect(close(try RankedOutcomes(outcomes: outcomes, scores: outcomes.map { _ in 1 }).lift(top: 0.1), 1))
    #expect(throws: MetricError.badParameter(name: "fraction", value: 0)) { try ranked.gain(top: 0) }
  }

  @Test("a rising map of the score changes nothing; turning it round gives 1 − AUC")
  func monotoneMaps() throws {
    let plain = try ranked()
    let mapped = try RankedOutcomes(
      outcomes: reference.outcomes, scores: reference.linearPredictors.map { expit($0) * 100 })
    #expect(mapped.auc == plain.auc)
    #expect(mapped.averagePrecision == plain.averagePrecision)
    let turned = try RankedOutcomes(
      outcomes: reference.outcomes, scores: reference.linearPredictors.map { -$0 })
    #expect(close(turned.auc, 1 - plain.auc))
  }

  @Test("the order of rows leaves no trace, weight 2 is the row twice, weight 0 no row")
  func weightsAndOrder() throws {
    var random = SplitMix64(seed: 3)
    let order = Array(reference.outcomes.indices).shuffled(using: &random)
    let weights = reference.weights.map { $0 / 7 }
    let straight = try RankedOutcomes(
      outcomes: reference.outcomes, scores: reference.second, weights: weights)
    let shuffled = try RankedOutcomes(
      outcomes: order.map { reference.outcomes[$0] }, scores: order.map { reference.second[$0] },
      weights: order.map { weights[$0] })
    #expect(straight == shuffled)

    let twice = order.flatMap { Array(repeating: $0, count: Int(reference.weights[$0])) }
    let repeated = try RankedOutcomes(
      outcomes: twice.map { reference.outcomes[$0] } + [1],
      scores: twice.map { reference.linearPredictors[$0] } + [50], weights: twice.map { _ in 1 } + [0])
    #expect(repeated == (try ranked(weighted: true)))
  }

  @Test("each bad input is named")
  func errors() {
    #expect(throws: MetricError.oneClass(events: 2, nonEvents: 0)) {
      try RankedOutcomes(outcomes: [1, 1], scores: [0, 1])
    }
    #expect(throws: MetricError.lengthsDiffer(expected: 2, found: 1)) {
      try RankedOutcomes(outcomes: [1, 0], scores: [0])
    }
    #expect(throws: MetricError.notFinite(row: 1)) {
      try RankedOutcomes(outcomes: [1, 0], scores: [0, .nan])
    }
    #expect(throws: MetricError.notAnOutcome(row: 0, value: 0.5)) {
      try RankedOutcomes(outcomes: [0.5, 0], scores: [0, 1])
    }
    #expect(throws: MetricError.notAWeight(row: 1, value: -1)) {
      try RankedOutcomes(outcomes: [1, 0], scores: [0, 1], weights: [1, -1])
    }
    #expect(throws: MetricError.noRows) { try RankedOutcomes(outcomes: [], scores: []) }
  }
}

/// The obvious O(mn) implementation.
private func delongOverAllPairs(_ outcomes: [Double], _ scores: [Double]) -> (Double, Double) {
  let events = scores.indices.filter { outcomes[$0] == 1 }.map { scores[$0] }
  let others = scores.indices.filter { outcomes[$0] == 0 }.map { scores[$0] }
  func won(_ a: Double, _ b: Double) -> Double { a > b ? 1 : a == b ? 0.5 : 0 }
  func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  func variance(_ values: [Double]) -> Double {
    values.map { ($0 - mean(values)) * ($0 - mean(values)) }.reduce(0, +) / Double(values.count - 1)
  }
  let ofEvents = events.map { event in mean(others.map { won(event, $0) }) }
  let ofOthers = others.map { other in mean(events.map { won($0, other) }) }
  return (
    mean(ofEvents),
    variance(ofEvents) / Double(events.count) + variance(ofOthers) / Double(others.count)
  )
}
