/// What can be wrong with an accounts or a scores table. Rows count from 1, the header not among them.
public enum AccountsError: Error, Sendable, Equatable {
  /// No column is an id by its name.
  case noID(columns: [String])
  /// The configuration maps `field` to a column that isn't there.
  case unknownColumn(field: String, column: String, columns: [String])
  case unknownField(String, known: [String])
  /// Not `column`, `column * number` or `column / number`.
  case badExpression(field: String, text: String)
  /// The customer's own revenue was given as its ARR.
  case ownRevenueAsARR(column: String)
  case missingID(row: Int, column: String)
  case badCell(field: String, column: String, row: Int, text: String, expected: String)
  /// The scores hold none of the columns that a score file has.
  case noScores(columns: [String])
  case duplicateScore(id: String)
  /// The header asked for is that of another column.
  case duplicateHeader(String)
  /// No table of segments: a column that every one has is missing.
  case noSegments(missing: String, columns: [String])
}
