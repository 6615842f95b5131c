public import Metrics
import ModelFile
public import Scoring
public import Tables

/// How a later table differs from what a model was trained on.
public struct DriftReport: Sendable {
  /// One input, or the score.
  public struct Shift: Sendable, Equatable {
    public let name: String
    /// Population stability index over the baseline's bins; levels never seen are a bin of their own. Nil
    /// where a side has no value.
    public let psi: PopulationStability?
    /// Cohen's d of a number (now less then), Cramér's V of levels.
    public let effect: Double
    public let isNumeric: Bool
    /// Shares of missing values.
    public let missingThen: Double
    public let missingNow: Double
    /// Levels that the baseline doesn't have, ascending.
    public let unseenLevels: [String]
    /// The share of rows that hold one.
    public let unseenShare: Double
  }

  public let rowsThen: Int
  public let rowsNow: Int
  public let score: Shift
  /// In the order of the model's inputs.
  public let inputs: [Shift]
  /// Of the probabilities in this table, where outcomes are known.
  public let quality: PredictionQuality?

  /// - Parameter outcomes: 0 or 1 a row, NaN where not known; nil where no outcome is.
  public init(
    _ baseline: Baseline, _ scorer: Scorer, _ table: Table, outcomes: [Double]? = nil
  ) throws(DriftError) {
    guard table.rowCount > 0, baseline.rows > 0 else { throw .noRows }
    let scores: Scores
    let now: Baseline
    do throws(ScoringError) {
      scores = try scorer.score(table)
      now = try Baseline(
        scorer, table, scores: scores, rows: Array(0..<table.rowCount), binnedAs: baseline)
    } catch {
      throw .scoring(error)
    }
    rowsThen = baseline.rows
    rowsNow = now.rows
    score = Shift(then: baseline.score, now: now.score, rowsThen: baseline.rows, rowsNow: now.rows)
    var shifts: [Shift] = []
    for input in now.inputs {
      guard let then = baseline.inputs.first(where: { $0.name == input.name }) else {
        throw .unknownInput(name: input.name)
      }
      shifts.append(Shift(then: then, now: input, rowsThen: baseline.rows, rowsNow: now.rows))
    }
    inputs = shifts
    quality = try Self.quality(scorer, scores, outcomes)
  }

  private static func quality(
    _ scorer: Scorer, _ scores: Scores, _ outcomes: [Double]?
  ) throws(DriftError) -> PredictionQuality? {
    guard let outcomes else { return nil }
    let calibration = scorer.model.calibration
    let known = outcomes.indices.filter { !outcomes[$0].isNaN && !scores.linearPredictors[$0].isNaN }
    guard !known.isEmpty else { return nil }
    do {
      return try PredictionQuality(
        outcomes: known.map { outcomes[$0] },
        linearPredictors: known.map { calibration.linearPredictor(of: scores.linearPredictors[$0]) })
    } catch {
      throw .metric(error)
    }
  }
}

/// Why a drift report cannot be made.
public enum DriftError: Error, Sendable, Equatable {
  case scoring(ScoringError)
  case metric(MetricError)
  case noRows
  /// The baseline is of another model: it lacks this input.
  case unknownInput(name: String)
}
