/// Where a field's values come from: a column, or a column times or divided by a number, as in
/// `MonthlyCharges * 12`.
public struct ColumnExpression: Sendable, Equatable {
  public let column: String
  public let factor: Double

  public init(column: String, factor: Double = 1) {
    self.column = column
    self.factor = factor
  }

  /// Reads `text`; a column whose whole name is `text` comes first, so that names with `*` or `/` work.
  public init(_ text: String, field: String, columns: [String]) throws(AccountsError) {
    if columns.contains(text) {
      self.init(column: text)
      return
    }
    guard let sign = text.lastIndex(where: { $0 == "*" || $0 == "/" }) else {
      throw .unknownColumn(field: field, column: text, columns: columns)
    }
    let column = String(text[..<sign]).trimmed
    let number = String(text[text.index(after: sign)...]).trimmed
    guard !column.isEmpty, let value = Double(number), value.isFinite, value > 0 else {
      throw .badExpression(field: field, text: text)
    }
    guard columns.contains(column) else {
      throw .unknownColumn(field: field, column: column, columns: columns)
    }
    self.init(column: column, factor: text[sign] == "*" ? value : 1 / value)
  }
}

extension String {
  /// Without spaces at either end.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
