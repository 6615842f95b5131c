public import Segmentation
public import Tables

/// What can be wrong with an accounts or a scores table. Rows are indices into the table, from 0.
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
  /// The scores hold none of the columns that a score file has.
  case noScores(columns: [String])
  /// The header asked for is that of another column.
  case duplicateHeader(String)
  /// No table of segments: a column that every one has is missing.
  case noSegments(missing: String, columns: [String])

  case missingID(row: Int, column: String)
  /// The id stands in an earlier row too.
  case duplicateID(String, row: Int, column: String)
  case badCell(field: String, column: String, row: Int, text: String, expected: String)
  case badAmount(MoneyError, field: String, column: String, row: Int)
  /// The label of a level that the preset's vocabulary doesn't have; it is never guessed.
  case unknownWord(String, vocabulary: Vocabulary, field: String, column: String, row: Int)
  /// Two currencies are stated for the amounts of one account.
  case currenciesDiffer(String, String, row: Int, column: String)
  /// The amounts of an account are in a currency for which no rate to the preset's is stated.
  case currencyWithoutRate(String, to: String, account: String, row: Int, column: String)

  /// The row at fault, where one is.
  public var row: Int? {
    switch self {
    case .noID, .unknownColumn, .unknownField, .badExpression, .ownRevenueAsARR, .noScores, .noSegments,
      .duplicateHeader:
      nil
    case .missingID(let row, _), .duplicateID(_, let row, _), .badCell(_, _, let row, _, _),
      .badAmount(_, _, _, let row), .unknownWord(_, _, _, _, let row), .currenciesDiffer(_, _, let row, _),
      .currencyWithoutRate(_, _, _, let row, _):
      row
    }
  }
}
