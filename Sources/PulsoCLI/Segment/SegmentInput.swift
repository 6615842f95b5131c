import Accounts
import Calendar
import Configuration
import Foundation
import History
import SQLTables
import Segmentation
import StableNumerics
import Tables

/// The accounts, their scores and the settings of a segmentation, read and ready, in the order of the rows.
struct SegmentInput {
  let settings: SegmentConfiguration
  let accounts: AccountTable
  /// Those of the history, where there is one.
  let decisions: Decisions?
  /// Rows that were left out, in the order of their lines.
  let rejects: RejectsFile
  private let scores: ScoreTable?
  /// For each usable row, its row in the scores.
  private let scoreRows: [Int?]
  /// What stands in the result: rows, and customers made of several. Nil: every row, and rows are read on
  /// demand.
  private let subjects: [Subject]?
  private let designations: [String: String]

  private enum Subject: Sendable {
    case row(Int)
    /// With the row whose scores count.
    case joined(Account, scoresOf: Int)
  }

  /// `locale` is how numbers and amounts are written; nil takes numbers as `1234.5` and each amount as it shows
  /// by itself. `decisions` are those of the history: accounts merged by them become one row at the
  /// survivor's place, and accounts designated by them are strategic where the table doesn't say so.
  init(
    table: String, scores: String?, settings: SegmentConfiguration, id: String?, locale: NumberLocale? = nil,
    options: ReadOptions, decisions: Ahead<Result<Decisions, HistoryError>>? = nil
  ) throws {
    self.settings = settings
    var options = options
    options.locale = locale ?? options.locale
    if let id { options.kinds[id] = .text }
    var reading = try TableSource.read(table, options: options)
    func read() throws -> AccountTable {
      try Self.placed(table, reading) { () throws(AccountsError) in
        try AccountTable(
          reading.table, mapping: settings.columns, id: id, locale: locale, preset: settings.preset,
          rates: Set(settings.rates.keys), onBadRow: options.onBadRow)
      }
    }
    var accounts = try read()
    if Self.isRewritten(reading.table[accounts.idColumn]) {
      guard table != "-" else {
        throw CommandError(
          .badData, at: SourcePlace(file: table, column: accounts.idColumn),
          "the ids look like numbers or dates",
          hint: "name the column, so that they stay as they are: --id \(accounts.idColumn)")
      }
      options.kinds[accounts.idColumn] = .text
      reading = try TableSource.read(table, options: options)
      accounts = try read()
    }
    self.accounts = accounts
    rejects = RejectsFile(reading, of: table, accounts.rejects)
    self.scores = try scores.map { name in
      var options = options
      options.onBadRow = .stop
      for column in ["account_id", accounts.idColumn] { options.kinds[column] = .text }
      let reading = try TableSource.read(name, options: options)
      return try Self.placed(name, reading) { () throws(AccountsError) in
        try ScoreTable(reading.table, id: accounts.idColumn)
      }
    }
    scoreRows = self.scores?.rows(of: (0..<accounts.count).map(accounts.id)) ?? []
    let decisions = try decisions?.value().get()
    self.decisions = decisions
    designations = decisions?.designations.mapValues(\.kind) ?? [:]
    subjects = Self.subjects(accounts, settings, decisions, risk: Self.risk(accounts, self.scores, scoreRows))
  }

  /// Whether an id was taken for a fraction or a date, and would come out another way than it was written.
  private static func isRewritten(_ ids: Column?) -> Bool {
    switch ids?.values {
    case .date: true
    case .numeric(let values): values.contains { !$0.isNaN && $0 != $0.rounded() }
    default: false
    }
  }

  /// Errors of a row told with its place in the file.
  private static func placed<Value>(
    _ file: String, _ reading: TableReading, _ body: () throws(AccountsError) -> Value
  ) throws -> Value {
    do throws(AccountsError) {
      return try body()
    } catch {
      let line = error.row.flatMap { reading.places?.row($0)?.line }
      throw CommandError(error.complaint(at: SourcePlace(file: file, line: line)))
    }
  }

  var count: Int { subjects?.count ?? accounts.count }

  var hasPredictions: Bool { scores != nil || accounts.hasScores }

  /// The subject, as far as memory asks for it.
  @Sendable func memorable(_ index: Int) -> (Account.Memorable, Scores?) {
    if subjects == nil, designations.isEmpty { return (accounts.memorable(index), scores(ofRow: index)) }
    let (account, scores) = subject(index)
    return (Account.Memorable(account), scores)
  }

  @Sendable func subject(_ index: Int) -> (Account, Scores?) {
    switch subjects?[index] {
    case .joined(let account, let row): (designated(account), scores(ofRow: row))
    case .row(let row): (designated(accounts.account(row)), scores(ofRow: row))
    case nil where designations.isEmpty: (accounts.account(index), scores(ofRow: index))
    case nil: (designated(accounts.account(index)), scores(ofRow: index))
    }
  }

  private func designated(_ account: Account) -> Account {
    var account = account
    if account.strategicDesignation == nil { account.strategicDesignation = designations[account.id] }
    return account
  }

  private func scores(ofRow row: Int) -> Scores? {
    if let scores, let found = scoreRows[row] { return scores.scores(found) }
    return accounts.scores(row)
  }

  func segment(
    _ preset: Preset, asOf: CalendarDate, openProjects: [String: Project] = [:], threads: Int
  ) throws -> (Segmenter, Segmentation) {
    let segmenter = try Segmenter(
      preset: preset, asOf: asOf, rates: settings.rates, openProjects: openProjects, threads: threads)
    return (segmenter, try segmenter.segment(count: count, account: subject))
  }

  /// Which of the two systems the book is ready for, by what the table tells of it.
  var advice: SystemAdvice {
    var evidence: Set<SystemAdvice.Evidence> = []
    let isUsageKnown = [AccountField.seatsUsed, .modulesUsed].contains(where: accounts.has)
    if isUsageKnown { evidence.insert(.usage) }
    if hasPredictions || accounts.has(.health) { evidence.insert(.health) }
    if accounts.has(.tickets) { evidence.insert(.tickets) }
    return SystemAdvice(
      accounts: count, managers: accounts.managerCount, isSimpleProduct: accounts.isSimpleProduct,
      evidence: evidence)
  }

  /// Accounts that the scores don't name.
  private var unscored: Int { scoreRows.count { $0 == nil } }

  /// What the user should know of the input, a line each; empty when there is nothing.
  var warnings: String {
    var lines: [String] = []
    if let column = accounts.ownRevenue {
      lines.append("\(column) is what customers earn themselves, not what they pay; it was not read as ARR")
    }
    if !accounts.has(.arr) {
      lines.append(
        "no column says what the accounts pay: their ARR is missing and every size counts as unknown; take the table that has it, or name the column under segment: columns:"
      )
    }
    if rejects.count > 0 { lines.append("\(rejects.count) rows left out because they can't be read") }
    if unscored > 0 { lines.append("\(unscored) of \(accounts.count) accounts have no scores") }
    return lines.map { "pulso: note: \($0)\n" }.joined()
  }
}

// MARK: Customers of several rows

extension SegmentInput {
  private static func risk(_ accounts: AccountTable, _ scores: ScoreTable?, _ rows: [Int?]) -> (Int) -> Double
  {
    { row in
      let found = rows.isEmpty ? nil : rows[row]
      return (found.flatMap { scores?.scores($0) } ?? accounts.scores(row))?.churnRisk ?? -1
    }
  }

  /// Nil where every row is a customer of its own. A customer of several rows has the scores of its own row,
  /// where that has any, else those of its riskiest.
  private static func subjects(
    _ accounts: AccountTable, _ settings: SegmentConfiguration, _ decisions: Decisions?,
    risk: (Int) -> Double
  ) -> [Subject]? {
    let merges = decisions?.merges ?? [:]
    if settings.unit == .account, merges.isEmpty { return nil }
    let merged = Set(merges.flatMap { [$0.key, decisions?.survivor(of: $0.key) ?? $0.key] })
    // Only rows that can be joined are made into accounts here.
    let rows = (0..<accounts.count).filter { settings.unit == .company || merged.contains(accounts.id($0)) }
    let members = rows.map { accounts.account($0).inCurrency(of: settings) }
    let tops = settings.unit.customers(of: members)
    let joined = JoinedAccount.join(members) { account in
      let id = tops[account.id] ?? account.id
      return decisions?.survivor(of: id) ?? id
    }
    var customers: [(place: Int, subject: Subject)] = joined.map { customer in
      let own = rows[customer.members[0]]
      let riskiest = customer.members.map { rows[$0] }.max { risk($0) < risk($1) } ?? own
      let isOwn = accounts.id(own) == customer.account.id
      let place = isOwn ? own : customer.members.map { rows[$0] }.min() ?? own
      return (place, .joined(customer.account, scoresOf: isOwn && risk(own) >= 0 ? own : riskiest))
    }
    if settings.unit == .account {
      let taken = Set(rows)
      for row in 0..<accounts.count where !taken.contains(row) { customers.append((row, .row(row))) }
    }
    return customers.sorted { $0.place < $1.place }.map(\.subject)
  }
}

extension Account {
  /// The amounts in the preset's currency, so that those of several rows can be added.
  fileprivate func inCurrency(of settings: SegmentConfiguration) -> Account {
    guard let currency, let rate = settings.rates[currency] else { return self }
    return converted(to: settings.preset.currency, rate: rate)
  }
}
