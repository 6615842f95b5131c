import Calendar
import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How a column betrays that it is filled in after the fact.
public enum FutureKnowledge: Sendable, Equatable {
  /// The label or an outcome definition is made from it.
  case labelSource
  /// Its name says so.
  case name
  /// It holds dates later than the as-of date.
  case datedLater(value: String, asOf: String)
  /// Wherever it is filled (or holds `value`), in `rows` rows, the end came later than the as-of date, when it
  /// did so for only `share` of all rows.
  case onlyBeforeTheEnd(value: String?, rows: Int, share: Double, asOf: String)
}

extension FeaturePlan {
  /// Refuses every feature that reads a column which was filled in later than its row's date.
  ///
  /// Accounts have no history, and a subscription's row is dated by its start, so a column of theirs may hold
  /// what became known at the end. Four signs, any of which is enough: a label or outcome definition is made
  /// from the column; its name tells of an ending; it is a date beyond `asOf`; or it is filled (of accounts and
  /// subscriptions also: holds one of its values) only where the end came after `asOf`, so often that chance
  /// would do it less than once in a million (pᵏ < 10⁻⁶ for k rows, p being the share of all rows that ended). A column whose date of knowledge
  /// is declared (`known_at`) is not refused.
  func refuseFutureKnowledge(
    _ features: [FeatureDeclaration], tables: [String: Table], book: AccountBook, labels: OutcomeLabels,
    asOf: CalendarDate
  ) throws(FeatureError) {
    for feature in features {
      guard let source = self.tables.first(where: { $0.name == feature.table }) else { continue }
      let table = try AccountBook.table(source, tables)
      for name in feature.columns where !source.columnsKnownAt.contains(where: { $0.column == name }) {
        let column = try table.column(name, file: source.file, user: feature.name)
        if let reason = futureKnowledge(
          of: column, in: source, feature: feature, book: book, labels: labels, asOf: asOf)
        {
          throw .knowsTheFuture(feature: feature.name, column: name, table: source.name, reason: reason)
        }
      }
    }
  }

  private func futureKnowledge(
    of column: Column, in source: SourceTable, feature: FeatureDeclaration, book: AccountBook,
    labels: OutcomeLabels, asOf: CalendarDate
  ) -> FutureKnowledge? {
    if labelColumns(source).contains(column.name) { return .labelSource }
    if source.role != .events, Self.tellsOfAnEnding(column.name) { return .name }
    if source.role == .accounts, feature.aggregate != .daysUntil, case .date(let dates) = column.values,
      let latest = dates.seconds.max(), latest >= asOf.seconds
    {
      return .datedLater(
        value: Dates.iso8601(latest, hasTimeOfDay: dates.hasTimeOfDay), asOf: asOf.description)
    }
    let fates = fates(source, book: book, labels: labels, asOf: asOf)
    return Self.onlyBeforeTheEnd(column, fates: fates, asOf: asOf, readsValues: source.role != .events)
  }

  /// The columns of the table that say how it ended.
  private func labelColumns(_ source: SourceTable) -> [String] {
    var columns = outcomes.filter { $0.table == source.name }.flatMap { $0.filter?.columns ?? [] }
    if source.role != .events { columns += labelFilters(on: source).flatMap(\.columns) }
    if source.role != .events, let end = source.end { columns.append(end) }
    return columns
  }

  /// Words of an ending, in English and Spanish.
  static func tellsOfAnEnding(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    let stems = ["churn", "cancel", "terminat", "refund", "baja"]
    let whole: Set<String> = ["lost", "ended", "left", "attrition"]
    return words.contains { word in whole.contains(word) || stems.contains { word.hasPrefix($0) } }
      || [["end", "date"], ["end", "reason"], ["fecha", "fin"]].contains { pair in words.starts(with: pair) }
  }

  /// The rows that had begun by `asOf` and hadn't ended, and whether the end came later: of accounts and
  /// subscriptions that of the account, of events their own. Empty where nothing ends.
  private func fates(
    _ source: SourceTable, book: AccountBook, labels: OutcomeLabels, asOf: CalendarDate
  ) -> [(row: Int, ended: Bool)] {
    if source.role == .events {
      guard source.end != nil, let rows = book.joined[source.name]?.rows else { return [] }
      return rows.rows.indices.compactMap { position in
        guard rows.start[position] < asOf.seconds, rows.end[position] >= asOf.seconds else { return nil }
        return (rows.rows[position], rows.end[position] != .max)
      }
    }
    guard let rows = labels.subscriptions?.rows else { return [] }
    return (0..<book.accounts.count).flatMap { account -> [(row: Int, ended: Bool)] in
      guard labels.isThere(account, start: book.start[account], asOf: asOf) else { return [] }
      let ended = labels.lapse(rows, account, asOf, grace: 1) != .max
      if source.role == .accounts { return book.row[account].map { [($0, ended)] } ?? [] }
      return rows.positions(of: account, from: .min, to: asOf.seconds)
        .filter { rows.end[$0] >= asOf.seconds }.map { (rows.rows[$0], ended) }
    }
  }

  private static func onlyBeforeTheEnd(
    _ column: Column, fates: [(row: Int, ended: Bool)], asOf: CalendarDate, readsValues: Bool
  ) -> FutureKnowledge? {
    let ended = fates.count { $0.ended }
    guard ended > 0, ended < fates.count else { return nil }
    let share = Double(ended) / Double(fates.count)
    func found(_ value: String?, _ holds: (Int) -> Bool) -> FutureKnowledge? {
      var rows = 0
      for fate in fates where holds(fate.row) {
        guard fate.ended else { return nil }
        rows += 1
      }
      guard Double(rows) * log(share) < log(1e-6) else { return nil }
      return .onlyBeforeTheEnd(value: value, rows: rows, share: share, asOf: asOf.description)
    }
    let values = column.values
    if let reason = found(nil, { !values.isMissing($0) }) { return reason }
    // Whether an event ends at all may well hang on what it is, as with urgent tickets.
    guard readsValues else { return nil }
    switch values {
    case .numeric(let numbers): return found("other than 0", { !numbers[$0].isNaN && numbers[$0] != 0 })
    case .boolean(let flags): return found("true", { flags[$0] == 1 }) ?? found("false", { flags[$0] == 0 })
    case .text(let texts) where texts.levels.count <= 50:
      for code in texts.levels.indices {
        if let reason = found(texts.levels[code], { texts.codes[$0] == Int32(code) }) { return reason }
      }
      return nil
    case .text, .date: return nil
    }
  }
}
