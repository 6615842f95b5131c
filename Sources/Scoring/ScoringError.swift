public import Features
public import Tables

/// Why an account or a table has no score.
public enum ScoringError: Error, Sendable, Equatable {
  /// Rows are counted from 0; nil for a single account.
  case missingValue(column: String, row: Int?)
  /// Values so large that the linear predictor is not a number.
  case notFinite(row: Int?)
  case unknownInput(name: String, known: [String])
  case wrongKind(input: String, expected: RecipeInput.Kind)
  /// The table does not fit the model.
  case recipe(RecipeError)
  /// The model's offset column is missing or no number.
  case offset(column: String, found: ColumnKind?)
  /// Arrays of inputs in memory: not one for each input of the model.
  case columnCount(Int, expected: Int)
  /// Arrays of inputs in memory: this one is longer or shorter than the first.
  case unequalLengths(input: String, count: Int, expected: Int)
  /// Two models read the same column as different kinds; `model` is the later one.
  case modelsDisagree(column: String, model: String)
  /// Intervals were asked for, and the model has no covariance.
  case noCovariance(model: String)
}
