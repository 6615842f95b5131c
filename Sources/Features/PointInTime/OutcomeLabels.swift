import Calendar
import Tables

/// What became of an account after a date. The outcome days of an as-of date D are D up to and including
/// D + horizon: together with the features' "before D" no day is left out.
struct OutcomeLabels: Sendable {
  /// 1 yes, 0 no, −1 not known: the horizon isn't over.
  static let unknown: Int8 = -1

  let subscriptions: JoinedTable?
  let churned: ChurnLabel?
  let expanded: ExpansionLabel?
  /// For the rule `event`: the table, and which of its positions count.
  private let events: RowsByAccount?
  private let eventCounts: [Bool]
  /// For the rule `flag`: an account each; empty otherwise.
  private let churnFlags: [Bool]
  private let expansionFlags: [Bool]
  private let mrr: [Double]
  private let seats: [Double]
  let horizon: CalendarSpan
  let dataUntil: CalendarDate

  init(
    plan: FeaturePlan, book: AccountBook, tables: [String: Table], horizon: CalendarSpan,
    dataUntil: CalendarDate
  ) throws(FeatureError) {
    self.horizon = horizon
    self.dataUntil = dataUntil
    subscriptions = plan.subscriptions.flatMap { book.joined[$0.name] }
    let needsSubscriptions: Bool =
      switch plan.churned?.rule {
      case .event, .flag, nil: false
      case .lapse, .anyEnd: true
      }
    // Without subscriptions the labels that need them are left out.
    churned = needsSubscriptions && subscriptions == nil ? nil : plan.churned
    if case .flag(let table, let filter) = churned?.rule {
      churnFlags = try plan.accounts(
        meeting: OutcomeDefinition(name: "labels.churned", table: table, filter: filter), book: book,
        tables: tables)
    } else {
      churnFlags = []
    }
    if case .flag(let table, let filter) = plan.expanded?.rule {
      expanded = plan.expanded
      expansionFlags = try plan.accounts(
        meeting: OutcomeDefinition(name: "labels.expanded", table: table, filter: filter), book: book,
        tables: tables)
    } else {
      expanded = subscriptions == nil ? nil : plan.expanded
      expansionFlags = []
    }
    if case .event(let name, let filter) = churned?.rule {
      guard let joined = book.joined[name] else {
        throw .unknownTable(name: name, known: plan.tables.map(\.name), user: "labels.churned")
      }
      events = joined.rows
      let passes = try filter?.matches(in: joined.table, file: joined.source.file)
      eventCounts = joined.rows.rows.map { passes?[$0] ?? true }
    } else {
      events = nil
      eventCounts = []
    }
    if needsSubscriptions, let subscriptions, subscriptions.source.end == nil {
      throw .missingDeclaration(key: "end", table: subscriptions.source.name)
    }
    mrr = try Self.values(subscriptions, subscriptions?.source.mrr)
    seats = try Self.values(subscriptions, subscriptions?.source.seats)
    if case .growth(let measure, _) = expanded?.rule {
      let lacks = (measure == .mrr && mrr.isEmpty) || (measure == .seats && seats.isEmpty)
      if lacks, let source = subscriptions?.source {
        throw .missingDeclaration(key: measure.rawValue, table: source.name)
      }
    }
  }

  /// The names of the labels that are flags.
  var flags: [String] {
    var names: [String] = []
    if case .flag = churned?.rule { names.append("churned") }
    if case .flag = expanded?.rule { names.append("expanded") }
    return names
  }

  private static func values(_ joined: JoinedTable?, _ name: String?) throws(FeatureError) -> [Double] {
    guard let joined, let name else { return [] }
    let source = joined.source
    let column = try joined.table.column(name, file: source.file, user: source.name)
    guard case .numeric(let numbers) = column.values else {
      throw .wrongKind(
        column: name, kind: column.kind, expected: "a number", file: source.file, user: source.name)
    }
    return joined.rows.rows.map { numbers[$0] }
  }

  /// Whether the account is there just before `asOf`: something runs, or, without subscriptions, it has begun.
  func isThere(_ account: Int, start: Int64?, asOf: CalendarDate) -> Bool {
    guard let rows = subscriptions?.rows else { return start.map { $0 < asOf.seconds } ?? false }
    return running(rows, account, asOf).contains { _ in true }
  }

  func churned(_ account: Int, asOf: CalendarDate) -> Int8 {
    guard let churned else { return Self.unknown }
    let last = asOf.adding(churned.horizon ?? horizon)
    let isOver = last <= dataUntil
    let from = asOf.seconds
    let to = last.adding(days: 1).seconds
    switch churned.rule {
    case .flag:
      return churnFlags[account] ? 1 : 0
    case .event:
      guard isOver, let events else { return Self.unknown }
      return events.positions(of: account, from: from, to: to).contains { eventCounts[$0] } ? 1 : 0
    case .anyEnd:
      guard isOver, let rows = subscriptions?.rows else { return Self.unknown }
      return running(rows, account, asOf).contains { rows.end[$0] < to } ? 1 : 0
    case .lapse(let grace):
      guard isOver, let rows = subscriptions?.rows else { return Self.unknown }
      return lapse(rows, account, asOf, grace: grace) < to ? 1 : 0
    }
  }

  /// The end of the account's unbroken stretch of subscriptions that runs just before `asOf`.
  func lapse(_ rows: RowsByAccount, _ account: Int, _ asOf: CalendarDate, grace: Int) -> Int64 {
    var end = running(rows, account, asOf).map { rows.end[$0] }.max() ?? .min
    let patience = Int64(grace) * 86_400
    for position in rows.positions(of: account) where rows.end[position] > rows.start[position] {
      if end == .max || rows.start[position] > end + patience { break }
      end = max(end, rows.end[position])
    }
    return end
  }

  func expanded(_ account: Int, asOf: CalendarDate) -> Int8 {
    guard let expanded else { return Self.unknown }
    guard case .growth(let measure, let growth) = expanded.rule else {
      return expansionFlags[account] ? 1 : 0
    }
    guard let rows = subscriptions?.rows else { return Self.unknown }
    let last = asOf.adding(expanded.horizon ?? horizon)
    guard last <= dataUntil else { return Self.unknown }
    let then = last.adding(days: 1)
    func grew(_ values: [Double]) -> Bool {
      guard !values.isEmpty else { return false }
      let before = running(rows, account, asOf).reduce(0) { $0 + (values[$1].isNaN ? 0 : values[$1]) }
      let after = running(rows, account, then).reduce(0) { $0 + (values[$1].isNaN ? 0 : values[$1]) }
      // A hair of slack: 110 is ten percent more than 100, whatever 100 · 1.1 rounds to.
      return after > before && after >= before * (1 + growth) * (1 - 1e-12)
    }
    let yes =
      switch measure {
      case .mrr: grew(mrr)
      case .seats: grew(seats)
      case .either: grew(mrr) || grew(seats)
      }
    return yes ? 1 : 0
  }

  /// The positions that began before `asOf` and hadn't ended before it.
  private func running(_ rows: RowsByAccount, _ account: Int, _ asOf: CalendarDate) -> some Sequence<Int> {
    rows.positions(of: account, from: .min, to: asOf.seconds).lazy.filter { rows.end[$0] >= asOf.seconds }
  }
}
