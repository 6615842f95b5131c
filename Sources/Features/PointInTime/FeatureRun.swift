public import Calendar
import StableNumerics
import Synchronization
public import Tables

/// The dates, the horizon and the machine: what a command adds to a ``FeaturePlan``.
public struct FeatureRequest: Sendable, Equatable {
  public var asOf: [CalendarDate]
  public var horizon: CalendarSpan
  /// The last day that the tables cover; nil: the last day on which anything in them began or happened.
  public var dataUntil: CalendarDate?
  public var threads: Int

  public init(asOf: [CalendarDate], horizon: CalendarSpan, dataUntil: CalendarDate? = nil, threads: Int = 1) {
    self.asOf = asOf
    self.horizon = horizon
    self.dataUntil = dataUntil
    self.threads = threads
  }

  /// `from`, `from` + `every`, … up to `to`.
  public static func dates(from: CalendarDate, to: CalendarDate, every: CalendarSpan) -> [CalendarDate] {
    var dates: [CalendarDate] = []
    while true {
      let date = from.adding(every, times: dates.count)
      guard date <= to else { return dates }
      dates.append(date)
    }
  }
}

/// Features and labels, one row for each account that was there on each as-of date, ordered by date and id.
public struct FeatureRun: Sendable {
  public struct Label: Sendable, Equatable, Encodable {
    public let name: String
    public let yes: Int
    public let no: Int
    /// Left blank: the horizon isn't over.
    public let blank: Int
  }

  /// The id, `as_of`, the features, then `churned` and `expanded` where the plan has them.
  public let table: Table
  /// The group of each feature column, in order.
  public let groups: [(column: String, group: FeatureGroup)]
  public let labels: [Label]
  /// The labels that are flags without a date, where there is more than one as-of date.
  public let undatedLabels: [String]
  public let dataUntil: CalendarDate
  public let findings: [TableFindings]
  public let agreements: [OutcomeAgreement]
}

extension FeaturePlan {
  /// The columns to read from a table; nil for all of them.
  func columnsRead(from source: SourceTable) -> Set<String>? {
    guard let features else { return nil }
    var columns = Set(source.ownColumns)
    for feature in features where feature.table == source.name { columns.formUnion(feature.columns) }
    for outcome in outcomes where outcome.table == source.name {
      columns.formUnion(outcome.filter?.columns ?? [])
    }
    columns.formUnion(labelFilters(on: source).flatMap(\.columns))
    return columns
  }

  /// The filters by which labels read the rows of a table.
  func labelFilters(on source: SourceTable) -> [RowFilter] {
    var filters: [RowFilter?] = []
    switch churned?.rule {
    case .event(source.name, let filter), .flag(source.name, let filter): filters.append(filter)
    default: break
    }
    if case .flag(source.name, let filter) = expanded?.rule { filters.append(filter) }
    return filters.compactMap(\.self)
  }

  /// How to read a declared table: only the columns needed, keys as texts, dates as dates.
  public func readOptions(for source: SourceTable, threads: Int) -> ReadOptions {
    var kinds: [String: ColumnKind] = [:]
    for column in source.dateColumns { kinds[column] = .date }
    for column in source.keyColumns { kinds[column] = .text }
    return ReadOptions(kinds: kinds, wanted: columnsRead(from: source), threads: threads)
  }

  /// Makes the features. `tables` holds the content of each declared table by its name.
  ///
  /// O(rows · log rows an account + accounts · dates · rows in the windows); accounts in parallel, with the
  /// same bytes for any number of threads and any order of the rows.
  public func run(_ request: FeatureRequest, on tables: [String: Table]) throws(FeatureError) -> FeatureRun {
    let book = try AccountBook(plan: self, tables: tables)
    let dataUntil = request.dataUntil ?? book.lastDay ?? CalendarDate(daysSince1970: 0)
    let labels = try OutcomeLabels(
      plan: self, book: book, tables: tables, horizon: request.horizon, dataUntil: dataUntil)
    let declared = if let features { features } else { try standardFeatures(tables) }
    if let first = request.asOf.min() {
      try refuseFutureKnowledge(declared, tables: tables, book: book, labels: labels, asOf: first)
    }
    let columns = try columns(declared, book: book)

    let blocks = AccountBlock.all(
      columns: columns, book: book, labels: labels, dates: request.asOf, threads: request.threads)
    guard blocks.contains(where: { !$0.account.isEmpty }) else {
      throw .nobodyThere(
        from: request.asOf.min()?.description ?? "", to: request.asOf.max()?.description ?? "")
    }
    return try assemble(
      blocks, columns: columns, book: book, labels: labels, dates: request.asOf, dataUntil: dataUntil,
      agreements: try agreements(book: book, tables: tables))
  }

  /// The blocks' rows put together in the order of date, then id.
  private func assemble(
    _ blocks: [AccountBlock], columns: [FeatureColumn], book: AccountBook, labels: OutcomeLabels,
    dates: [CalendarDate], dataUntil: CalendarDate, agreements: [OutcomeAgreement]
  ) throws(FeatureError) -> FeatureRun {
    // Blocks hold accounts in order and dates within an account; each date gathers its rows over the blocks.
    var order: [(block: Int, row: Int)] = []
    for date in dates.indices {
      for (number, block) in blocks.enumerated() {
        for row in block.account.indices where block.date[row] == date { order.append((number, row)) }
      }
    }
    func gather<Value>(_ value: (AccountBlock, Int) -> Value) -> [Value] {
      order.map { value(blocks[$0.block], $0.row) }
    }
    var result = [
      Column(
        name: resultID,
        values: .text(CodedText(codes: gather { Int32($0.account[$1]) }, levels: book.accounts.ids))),
      Column(
        name: "as_of",
        values: .date(Dates(seconds: gather { dates[$0.date[$1]].seconds }, hasTimeOfDay: false))),
    ]
    for (index, column) in columns.enumerated() {
      result.append(column.column(gather { $0.values[$1 * columns.count + index] }))
    }
    var counts: [FeatureRun.Label] = []
    func add(_ name: String, _ values: [Int8]) {
      result.append(Column(name: name, values: .boolean(values)))
      counts.append(
        FeatureRun.Label(
          name: name, yes: values.count { $0 == 1 }, no: values.count { $0 == 0 },
          blank: values.count { $0 < 0 }))
    }
    if labels.churned != nil { add("churned", gather { $0.churned[$1] }) }
    if labels.expanded != nil { add("expanded", gather { $0.expanded[$1] }) }
    let table: Table
    do throws(TableError) {
      table = try Table(columns: result)
    } catch {
      // Features have distinct names; only the id column can still be called like another.
      throw .duplicateFeature(name: resultID)
    }
    return FeatureRun(
      table: table, groups: columns.map { ($0.name, $0.group) }, labels: counts,
      undatedLabels: dates.count > 1 ? labels.flags : [],
      dataUntil: dataUntil, findings: book.findings, agreements: agreements)
  }
}

/// The rows of some neighbouring accounts.
private struct AccountBlock: Sendable {
  static let size = 256

  /// The account and the index of the date of each row.
  var account: [Int] = []
  var date: [Int] = []
  /// Row by row, a value for each column.
  var values: [Double] = []
  var churned: [Int8] = []
  var expanded: [Int8] = []

  init(
    _ accounts: Range<Int>, columns: [FeatureColumn], book: AccountBook, labels: OutcomeLabels,
    dates: [CalendarDate]
  ) {
    for account in accounts {
      let start = book.start[account]
      let first = self.account.count
      for (index, asOf) in dates.enumerated() where labels.isThere(account, start: start, asOf: asOf) {
        self.account.append(account)
        date.append(index)
        churned.append(labels.churned(account, asOf: asOf))
        expanded.append(labels.expanded(account, asOf: asOf))
      }
      values += Array(repeating: .nan, count: (self.account.count - first) * columns.count)
      // Column by column: each is fetched once an account, not once a date.
      for (position, column) in columns.enumerated() {
        for row in first..<self.account.count {
          var value = column.value(of: account, start: start, asOf: dates[date[row]])
          if let divisor = column.divisor {
            let by = values[row * columns.count + divisor]
            value = by == 0 ? .nan : value / by
          }
          values[row * columns.count + position] = value
        }
      }
    }
  }

  static func all(
    columns: [FeatureColumn], book: AccountBook, labels: OutcomeLabels, dates: [CalendarDate], threads: Int
  ) -> [AccountBlock] {
    let count = (book.accounts.count + size - 1) / size
    let blocks = Mutex<[AccountBlock?]>(Array(repeating: nil, count: count))
    forEachBlock(count: count, threads: threads) { number in
      let accounts = number * size..<min((number + 1) * size, book.accounts.count)
      let block = AccountBlock(accounts, columns: columns, book: book, labels: labels, dates: dates)
      blocks.withLock { $0[number] = block }
    }
    return blocks.withLock { $0.compactMap { $0 } }
  }
}
