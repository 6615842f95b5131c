import Metrics
import StableNumerics
import Testing

@Suite("Decisions: cuts, costs, expected profit")
struct DecisionTests {
  let reference = Reference.shared

  func ranked() throws -> RankedOutcomes {
    try RankedOutcomes(outcomes: reference.outcomes, scores: reference.linearPredictors)
  }

  @Test("precision, recall, F1 and Matthews' correlation at a cut are scikit-learn's")
  func confusion() throws {
    let cut = try ranked().confusion(from: -1)
    #expect(close(cut.precision, reference.atMinus1.precision))
    #expect(close(cut.recall, reference.atMinus1.recall))
    #expect(close(cut.f1, reference.atMinus1.f1))
    #expect(close(cut.matthewsCorrelation, reference.atMinus1.mcc))
    #expect(close(cut.youden, cut.recall + cut.specificity - 1))
  }

  @Test("the best cut is the best of all cuts")
  func bestCut() throws {
    let economics = try ContactEconomics(contactCost: 30, valueSaved: 200, successRate: 0.5)
    #expect(economics.breakEvenProbability == 0.3)
    let ranked = try ranked()
    let best = ranked.bestCut(for: economics)
    var byHand = 0.0
    for score in reference.linearPredictors {
      let cut = ranked.confusion(from: score)
      byHand = max(byHand, (100 * cut.truePositives - 30 * (cut.truePositives + cut.falsePositives)) / 400)
    }
    #expect(close(best.value, byHand))
    #expect(
      close(ranked.youdenCut.value, ranked.confusion(from: try #require(ranked.youdenCut.score)).youden))
    let hopeless = try ContactEconomics(contactCost: 500, valueSaved: 200)
    #expect(ranked.bestCut(for: hopeless).score == nil && ranked.bestCut(for: hopeless).share == 0)
  }

  @Test("expected maximum profit is the integral of its definition")
  func expectedMaximumProfit() throws {
    let ranked = try ranked()
    let usual = ranked.expectedMaximumProfit(try RetentionCampaign())
    #expect(close(usual.profit, reference.empDefault.emp, 1e-9))
    #expect(close(usual.fraction, reference.empDefault.fraction, 1e-9))
    let dear = ranked.expectedMaximumProfit(
      try RetentionCampaign(
        customerValue: 900, offerCost: 60, contactCost: 25, acceptanceAlpha: 2, acceptanceBeta: 3))
    #expect(close(dear.profit, reference.empDear.emp, 1e-9))
    #expect(close(dear.fraction, reference.empDear.fraction, 1e-9))
    let second = try RankedOutcomes(outcomes: reference.outcomes, scores: reference.second)
    #expect(
      close(second.expectedMaximumProfit(try RetentionCampaign()).profit, reference.empSecond.emp, 1e-9))
  }

  @Test("a perfect score earns what contacting exactly the leavers earns")
  func perfectProfit() throws {
    let ranked = try RankedOutcomes(outcomes: [1, 0, 0, 0], scores: [4, 3, 2, 1])
    // γ(V − d) − f > 0 for nearly all γ of Beta(6, 14), whose mean is 0.3.
    let earned = ranked.expectedMaximumProfit(try RetentionCampaign())
    #expect(close(earned.profit, (0.3 * 190 - 1) / 4, 1e-6))
    #expect(close(earned.fraction, 0.25, 1e-6))
  }

  @Test("parameters out of range are named")
  func errors() {
    #expect(throws: MetricError.badParameter(name: "valueSaved", value: 0)) {
      try ContactEconomics(contactCost: 1, valueSaved: 0)
    }
    #expect(throws: MetricError.badParameter(name: "successRate", value: 2)) {
      try ContactEconomics(contactCost: 1, valueSaved: 1, successRate: 2)
    }
    #expect(throws: MetricError.badParameter(name: "offerCost", value: 200)) {
      try RetentionCampaign(customerValue: 200, offerCost: 200)
    }
  }

  @Test("the incomplete beta function is scipy's")
  func incompleteBeta() {
    for row in reference.incompleteBeta {
      let value = regularizedIncompleteBeta(row.x, a: row.a, b: row.b)
      #expect(abs(value - row.value) <= 1e-13 * max(row.value, 1e-3), "\(row) \(value)")
    }
    #expect(regularizedIncompleteBeta(0.5, a: 0, b: 1).isNaN)
  }
}
