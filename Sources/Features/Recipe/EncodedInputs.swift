public import Tables

/// Input columns as the numbers that terms are computed from, one array an input.
///
/// | kind | value |
/// |---|---|
/// | numeric | the number |
/// | boolean | 1 true, 0 false |
/// | categorical | index into `levels`; `levels.count` for a pooled level; −1 for one never seen where none is pooled |
/// | any | NaN for missing |
public struct EncodedInputs: Sendable {
  public let columns: [[Double]]
  public let rowCount: Int
}

extension RecipeInput {
  /// What the text of a categorical column is encoded as.
  public func code(of level: String) -> Double {
    if let index = levels.firstIndex(of: level) { return Double(index) }
    return unseenCode
  }

  /// A level that training never saw counts as a pooled one, or as none.
  public var unseenCode: Double { pooledLevels.isEmpty ? -1 : Double(levels.count) }
}

extension FittedRecipe {
  /// The inputs of a table, of the given rows in that order (all when nil).
  ///
  /// Each distinct level is looked up once, not once a row. Throws ``RecipeError/missingColumn(name:known:)``
  /// or ``RecipeError/wrongKind(column:expected:found:)`` for the first input that the table does not offer.
  public func encode(_ table: Table, rows: [Int]? = nil) throws(RecipeError) -> EncodedInputs {
    var columns: [[Double]] = []
    for input in inputs {
      columns.append(try input.encode(table, rows: rows))
    }
    return EncodedInputs(columns: columns, rowCount: rows?.count ?? table.rowCount)
  }

  /// Throws what ``encode(_:rows:)`` would, without reading a value.
  public func check(_ table: Table) throws(RecipeError) {
    for input in inputs { _ = try input.column(in: table) }
  }
}

extension RecipeInput {
  /// The column of that name, of the input's kind; a column without any value is of every kind.
  fileprivate func column(in table: Table) throws(RecipeError) -> Column {
    guard let column = table[name] else {
      throw .missingColumn(name: name, known: table.columnNames)
    }
    let fits =
      switch (kind, column.kind) {
      case (.numeric, .numeric), (.boolean, .boolean), (.categorical, .text): true
      default: (0..<column.count).allSatisfy { column.values.isMissing($0) }
      }
    guard fits else { throw .wrongKind(column: name, expected: kind, found: column.kind) }
    return column
  }

  fileprivate func encode(_ table: Table, rows: [Int]?) throws(RecipeError) -> [Double] {
    let column = try column(in: table)
    switch column.values {
    case .numeric(let values):
      return rows.map { $0.map { values[$0] } } ?? values
    case .boolean(let values):
      let meaning = [Double.nan, 0, 1]
      return rows.map { $0.map { meaning[Int(values[$0]) + 1] } } ?? values.map { meaning[Int($0) + 1] }
    case .text(let text) where kind == .categorical:
      var codeOf: [String: Double] = [:]
      for (index, level) in levels.enumerated() { codeOf[level] = Double(index) }
      let meaning = [Double.nan] + text.levels.map { codeOf[$0] ?? unseenCode }
      return rows.map { $0.map { meaning[Int(text.codes[$0]) + 1] } }
        ?? text.codes.map { meaning[Int($0) + 1] }
    case .text, .date:  // a column without any value
      return [Double](repeating: .nan, count: rows?.count ?? column.count)
    }
  }
}
