public import Metrics
import ModelFile
public import Scoring
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

  /// - Parameters:
  ///   - options: the target and what tells rows apart (id, group, time, weights).
  ///   - column: measures are also given within each of its values.
  /// - Throws: ``TrainingError``, `ScoringError` or `MetricError`.
  public init(
    _ scorer: Scorer, on table: Table, _ options: TrainingOptions, by column: String? = nil
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
    quality = try TrainingReport.Validation(
      scheme: "later table", outcomes: outcomes, linearPredictors: eta, calibrated: calibrated,
      weights: weights,
      groups: data.groups.map { all in used.map { all[$0] } },
      dates: data.times.map { all in used.map { all[$0] } },
      seed: options.seed, threads: options.threads)
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
