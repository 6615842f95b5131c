public import Tables

/// Why a table and a recipe do not go together.
public enum RecipeError: Error, Sendable, Equatable {
  /// The fitted recipe needs a column that the table lacks.
  case missingColumn(name: String, known: [String])
  /// A column is of another kind than in training.
  case wrongKind(column: String, expected: RecipeInput.Kind, found: ColumnKind)
  /// A column that was named as feature or as excluded is not there.
  case unknownFeature(name: String, known: [String])
  /// The id, target, weight, offset, time or group column was named as a feature.
  case reservedFeature(name: String)
  /// Nothing to learn from.
  case noFeatureLeft(leftOut: [LeftOutColumn])
  /// `plain`: every row lacks some value; `column` lacks the most.
  case noCompleteRow(column: String, missing: Int, rows: Int)
}
