import Features
import ModelFile
public import Scoring
import StableNumerics
public import Tables

/// What a model's inputs and its score looked like in training: what later tables are compared with. Lies
/// beside the model as `baseline.json`; counts only, no row.
public struct Baseline: Sendable, Equatable {
  public struct Input: Sendable, Equatable {
    public let name: String
    public let missing: Int
    public let distribution: Distribution

    public init(name: String, missing: Int, distribution: Distribution) {
      self.name = name
      self.missing = missing
      self.distribution = distribution
    }
  }

  public static let fileName = "baseline.json"

  public let rows: Int
  /// In the order of the model's inputs.
  public let inputs: [Input]
  /// Of the calibrated log-odds; missing are rows that cannot be scored.
  public let score: Input

  public init(rows: Int, inputs: [Input], score: Input) {
    self.rows = rows
    self.inputs = inputs
    self.score = score
  }

  /// - Parameter rows: those that the model was trained on; all when nil.
  public init(
    _ scorer: Scorer, _ table: Table, rows: [Int]? = nil, threads: Int = 1
  ) throws(ScoringError) {
    try self.init(
      scorer, table, scores: try scorer.score(table),
      rows: rows ?? Array(0..<table.rowCount), threads: threads)
  }

  /// - Parameter other: whose bins to count in; bins of its own when nil.
  init(
    _ scorer: Scorer, _ table: Table, scores: Scores, rows: [Int], binnedAs other: Baseline? = nil,
    threads: Int = 1
  ) throws(ScoringError) {
    var columns: [Column] = []
    for input in scorer.inputs {
      guard let column = table[input.name] else {
        throw .recipe(.missingColumn(name: input.name, known: table.columnNames))
      }
      columns.append(column)
    }
    let inputs = mapBlocks(count: columns.count, threads: threads) { [columns] index in
      let (input, column) = (scorer.inputs[index], columns[index])
      // A column without any value has no kind of its own; it takes the model's.
      let values = column.values
      let isEmpty = rows.allSatisfy { values.isMissing($0) }
      let bins = other?.inputs.first { $0.name == input.name }?.distribution
      let distribution =
        switch (isEmpty, input.kind) {
        case (true, .numeric): Distribution(numbers: [], binnedAs: bins)
        case (true, _): Distribution(levels: [])
        case (false, _): Distribution(values, rows: rows, binnedAs: bins)
        }
      return Input(
        name: input.name, missing: rows.count - distribution.count, distribution: distribution)
    }
    let calibration = scorer.model.calibration
    let logOdds = rows.map { calibration.linearPredictor(of: scores.linearPredictors[$0]) }
    let distribution = Distribution(numbers: logOdds, binnedAs: other?.score.distribution)
    self.init(
      rows: rows.count, inputs: inputs,
      score: Input(name: "score", missing: rows.count - distribution.count, distribution: distribution))
  }
}
