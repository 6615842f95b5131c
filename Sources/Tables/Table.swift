/// A table in memory: named columns of one length, each of one kind, with missing values.
///
/// Column names are unique and keep the order of the file. Looking a column up by name costs O(columns).
public struct Table: Sendable, Equatable {
  public private(set) var columns: [Column]
  public private(set) var rowCount: Int

  /// Columns of unequal length or with a repeated name are refused.
  public init(columns: [Column]) throws(TableError) {
    rowCount = columns.first?.count ?? 0
    var seen: Set<String> = []
    for column in columns {
      if column.count != rowCount {
        throw .unequalColumns(name: column.name, count: column.count, expected: rowCount)
      }
      if !seen.insert(column.name).inserted { throw .duplicateColumn(name: column.name, place: nil) }
    }
    self.columns = columns
  }

  public var columnNames: [String] { columns.map(\.name) }

  public subscript(name: String) -> Column? {
    columns.first { $0.name == name }
  }

  /// The column of that name, or ``TableError/unknownColumn(name:known:place:)``.
  public func column(_ name: String) throws(TableError) -> Column {
    guard let column = self[name] else {
      throw .unknownColumn(name: name, known: columnNames, place: nil)
    }
    return column
  }

  /// The given rows, in the given order; rows may repeat.
  public func selecting(rows: [Int]) -> Table {
    var copy = self
    copy.columns = columns.map { $0.selecting(rows: rows) }
    copy.rowCount = rows.count
    return copy
  }
}
