public import Metrics
import ModelFile
public import Scoring
import StableNumerics
public import Tables

/// How a model does on a table with outcomes: the report of `pulso evaluate`.
public struct Evaluation: Codable, Sendable {
  /// The measures within one value of a column.
  public struct Group: Codable, Sendable {
    public let value: String
    public let quality: PredictionQuality
  }

  public let model: String
  public let quality: TrainingReport.Validation
  public let rowsWithoutOutcome: Int
  public let rowsWithoutScore: Int
  public let groups: [Group]
  /// What contacts cost and bring, where that was said.
  public let economics: Economics?

  /// Whom it pays to contact.
  public struct Economics: Codable, Sendable, Equatable {
    /// From this probability on a contact pays, as far as probabilities are calibrated.
    public let breakEvenProbability: Double
    /// The share of these rows from there on, and what contacting them would have earned a row.
    public let share: Double
    public let profit: Double
    /// The cut that would have earned most on these rows, chosen on them.
    public let bestCut: Double?
    public let bestShare: Double
    public let bestProfit: Double
    /// Expected maximum profit a row (Verbraken, Verbeke & Baesens 2013), and the share of rows that earns it.
    public let expectedMaximumProfit: Double
    public let expectedShare: Double
  }

  /// - Parameters:
  ///   - options: the target and what tells rows apart (id, group, time, weights).
  ///   - column: measures are also given within each of its values.
  ///   - contact: what a contact costs and brings; `offerCost` is paid when the offer is taken.
  /// - Throws: ``TrainingError``, `ScoringError` or `MetricError`.
  public init(
    _ scorer: Scorer, on table: Table, _ options: TrainingOptions, by column: String? = nil,
    contact: ContactEconomics? = nil, offerCost: Double = 0
  ) throws {
    let data = try TrainingRows(table, options)
    let scores = try scorer.score(table)
    let used = data.rows.indices.filter { !scores.probabilities[data.rows[$0]].isNaN }
    let eta = used.map { scores.linearPredictors[data.rows[$0]] }
    let calibrated = eta.map { scorer.model.calibration.linearPredictor(of: $0) }
    let outcomes = used.map { data.outcomes[$0] }
    let weights = data.weights.map { all in used.map { all[$0] } }
    model = scorer.model.name
    rowsWithoutOutcome = data.unlabelled
    rowsWithoutScore = data.rows.count - used.count
    var quality = try TrainingReport.Validation(
      scheme: "later table", outcomes: outcomes, linearPredictors: eta, calibrated: calibrated,
      weights: weights,
      groups: data.groups.map { all in used.map { all[$0] } },
      dates: data.times.map { all in used.map { all[$0] } },
      seed: options.seed, threads: options.threads)
    if let ordered = scorer.model.orderedBands, let bands = data.bands, data.bandLevels == ordered.levels {
      quality.ordered = try TrainingReport.OrderedQuality(
        highest: quality, bands: used.map { bands[$0] }, linearPredictors: eta,
        mediumShifts: eta.map { _ in ordered.mediumIntercept - scorer.model.intercept }, weights: weights,
        groups: data.groups.map { all in used.map { all[$0] } },
        dates: data.times.map { all in used.map { all[$0] } }, seed: options.seed, threads: options.threads)
    }
    self.quality = quality
    economics = try contact.map {
      try Economics(
        $0, offerCost: offerCost, outcomes: outcomes, linearPredictors: calibrated, weights: weights)
    }
    guard let column else {
      groups = []
      return
    }
    let names = try data.names(in: column, at: used)
    groups = try PredictionQuality.byGroup(
      names, outcomes: outcomes, linearPredictors: calibrated, weights: weights
    ).map { Group(value: $0.group, quality: $0.quality) }
  }
}

extension Evaluation.Economics {
  fileprivate init(
    _ contact: ContactEconomics, offerCost: Double, outcomes: [Double], linearPredictors: [Double],
    weights: [Double]?
  ) throws(MetricError) {
    let ranked = try RankedOutcomes(
      outcomes: outcomes, scores: linearPredictors.map { expit($0) }, weights: weights)
    breakEvenProbability = contact.breakEvenProbability
    var (total, taken, earned) = (0.0, 0.0, 0.0)
    for (row, eta) in linearPredictors.enumerated() {
      let weight = weights?[row] ?? 1
      total += weight
      guard expit(eta) >= contact.breakEvenProbability else { continue }
      taken += weight
      earned += weight * (contact.successRate * contact.valueSaved * outcomes[row] - contact.contactCost)
    }
    share = taken / total
    profit = earned / total
    let best = ranked.bestCut(for: contact)
    bestCut = best.score
    bestShare = best.share
    bestProfit = best.value
    // Beta(20 r, 20 (1 − r)) has the mean r; the paper's Beta(6, 14) is r = .3.
    let campaign = try RetentionCampaign(
      customerValue: contact.valueSaved, offerCost: offerCost, contactCost: contact.contactCost,
      acceptanceAlpha: 20 * contact.successRate, acceptanceBeta: max(1e-9, 20 * (1 - contact.successRate)))
    let expected = ranked.expectedMaximumProfit(campaign)
    expectedMaximumProfit = expected.profit
    expectedShare = expected.fraction
  }
}
