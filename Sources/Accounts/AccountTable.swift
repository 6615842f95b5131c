public import Segmentation
public import Tables

/// An accounts table, read column by column: the fields that were recognised, checked once, and the account
/// of any row on demand.
///
/// Fields are found by the configuration's mapping, by their own name, then by alias
/// (``AccountField/aliases``). Only the id is needed.
///
/// A class, though it never changes: accounts are made on all threads, and each copy of so many columns would count
/// references that the threads share.
public final class AccountTable: Sendable {
  public let table: Table
  /// The rows that can be used, by their index in the table, in order.
  public let rows: [Int]
  /// Rows with a cell that can't be read, under ``BadRowPolicy/skip``.
  public let rejects: [AccountsError]
  /// The columns that fields were found in, in the order of ``AccountField``.
  public let sources: [(field: AccountField, expression: ColumnExpression)]
  /// A column with the customers' own revenue that was left aside, where no ARR was found.
  public let ownRevenue: String?
  let fields: FieldCells
  let inlineScores: ScoreCells?

  /// `locale` is how amounts are written (``Money``); labels of tiers are those of `preset`'s vocabulary. With
  /// `rates`, an account in a currency that is neither among them nor the preset's is a bad row.
  public init(
    _ table: Table, mapping: [(field: String, expression: String)] = [], id: String? = nil,
    locale: NumberLocale? = nil, preset: Preset = Preset(), rates: Set<String>? = nil,
    onBadRow: BadRowPolicy = .stop
  ) throws(AccountsError) {
    self.table = table
    let names = table.columnNames
    var chosen: [AccountField: ColumnExpression] = [:]
    for (name, text) in mapping {
      guard let field = AccountField(rawValue: name) else {
        throw .unknownField(name, known: AccountField.allCases.map(\.rawValue))
      }
      chosen[field] = try ColumnExpression(text, field: name, columns: names)
    }
    if let id {
      guard names.contains(id) else { throw .unknownColumn(field: "id", column: id, columns: names) }
      chosen[.id] = ColumnExpression(column: id)
    }
    if let arr = chosen[.arr], AccountField.isOwnRevenue(arr.column) {
      throw .ownRevenueAsARR(column: arr.column)
    }
    var taken = Set(chosen.values.map(\.column))
    // A column's own name goes before anybody's alias.
    for field in AccountField.allCases where chosen[field] == nil && names.contains(field.rawValue) {
      guard taken.insert(field.rawValue).inserted else { continue }
      chosen[field] = ColumnExpression(column: field.rawValue)
    }
    // Numbers under this name are what a model predicts, words somebody's own judgement.
    if case .numeric? = table["expansion_potential"]?.values { taken.insert("expansion_potential") }
    let comparable = names.map(AccountField.comparable)
    for field in AccountField.allCases where chosen[field] == nil {
      let candidates = [field.rawValue] + field.aliases
      for alias in candidates.map(AccountField.comparable) {
        // Of `ARR__c` and `ARR` the plain one.
        let match =
          names.firstIndex { $0.lowercased() == alias } ?? comparable.firstIndex(of: alias)
        guard let index = match, taken.insert(names[index]).inserted else { continue }
        chosen[field] = ColumnExpression(column: names[index])
        break
      }
    }
    guard chosen[.id] != nil else { throw .noID(columns: names) }
    ownRevenue = chosen[.arr] == nil ? names.first(where: AccountField.isOwnRevenue) : nil
    sources = AccountField.allCases.compactMap { field in chosen[field].map { (field, $0) } }

    var problems: [AccountsError] = []
    fields = FieldCells(table, sources, locale: locale, preset: preset, rates: rates, &problems)
    inlineScores = ScoreCells(table, fields: sources.map(\.expression.column), &problems)
    problems.sort { ($0.row ?? 0) < ($1.row ?? 0) }
    if let first = problems.first, onBadRow == .stop { throw first }
    var kept: [AccountsError] = []
    for problem in problems where kept.last?.row != problem.row { kept.append(problem) }
    rejects = kept
    if kept.isEmpty {
      rows = Array(0..<table.rowCount)
    } else {
      let bad = Set(kept.compactMap(\.row))
      rows = (0..<table.rowCount).filter { !bad.contains($0) }
    }
  }

  /// The number of usable accounts.
  public var count: Int { rows.count }

  /// The managers that the accounts name; nil without a column of them.
  public var managerCount: Int? { fields.managerCount }

  /// Whether no account can have more than one module; nil where that isn't known.
  public var isSimpleProduct: Bool? { fields.isSimpleProduct }

  /// Whether the field was found in a column.
  public func has(_ field: AccountField) -> Bool { sources.contains { $0.field == field } }

  /// Where the id was found.
  public var idColumn: String { sources.first { $0.field == .id }?.expression.column ?? "" }

  public func id(_ index: Int) -> String { fields.id(rows[index]) }

  /// The `index`-th usable account.
  public func account(_ index: Int) -> Account { fields.account(rows[index]) }

  /// What a history asks of the `index`-th usable account: a fraction of the cost of all of it.
  public func memorable(_ index: Int) -> Account.Memorable { fields.memorable(rows[index]) }

  /// The scores that stand in the accounts table itself; nil when it has none.
  public func scores(_ index: Int) -> Scores? { inlineScores?.scores(rows[index]) }

  /// Whether the accounts table brings scores of its own.
  public var hasScores: Bool { inlineScores != nil }
}
