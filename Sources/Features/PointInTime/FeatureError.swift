public import Tables

/// What can be wrong with features, by declaration or by what the tables hold.
public enum FeatureError: Error, Sendable, Equatable {
  case unknownTable(name: String, known: [String], user: String)
  case unknownColumn(name: String, known: [String], file: String, user: String?)
  case noAccounts
  case twoTables(role: String, first: String, second: String)
  case missingDeclaration(key: String, table: String)
  /// Two columns of the result would have one name.
  case duplicateFeature(name: String)
  /// `per` names no column declared further up.
  case unknownDivisor(name: String, feature: String, known: [String])
  case missingColumn(feature: String, aggregate: String)
  case wrongKind(column: String, kind: ColumnKind, expected: String, file: String, user: String)
  case filterValue(value: String, column: String, kind: ColumnKind, file: String)
  /// The column was filled in later than the as-of date.
  case knowsTheFuture(feature: String, column: String, table: String, reason: FutureKnowledge)
  /// The aggregate needs another kind of table.
  case wrongTable(feature: String, expected: String)
  case tablesInCircle(name: String)
  /// No account was there on any as-of date.
  case nobodyThere(from: String, to: String)
}

extension Table {
  func column(_ name: String, file: String, user: String? = nil) throws(FeatureError) -> Column {
    guard let column = self[name] else {
      throw .unknownColumn(name: name, known: columnNames, file: file, user: user)
    }
    return column
  }
}
