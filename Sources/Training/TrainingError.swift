public import Tables

/// Why a table and a set of options do not make a model.
public enum TrainingError: Error, Sendable, Equatable {
  case noRows
  case unknownColumn(option: String, name: String, known: [String])
  /// `values` are the first few distinct ones.
  case targetNotBinary(column: String, count: Int, values: [String])
  case positiveUnknown(column: String, value: String, values: [String])
  case positiveNeeded(column: String, values: [String])
  case oneClass(column: String, value: String, rows: Int)
  case wrongKind(option: String, column: String, expected: String, found: ColumnKind)
  case badValue(option: String, column: String, row: Int, value: String, expected: String)
  case tooFewForFolds(folds: Int, smallest: Int, what: String)
  case emptyHoldout(detail: String)
  case noFeatures(considered: [String])
  case allRowsIncomplete(columns: [String])
  /// A comparison needs rows that the model had not seen.
  case notValidated
  /// What a fit of three ordered bands has no use for.
  case notForBands(option: String, highest: String)
  case invalidOption(name: String, detail: String)
}
