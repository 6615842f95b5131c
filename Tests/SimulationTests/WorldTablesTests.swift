import Calendar
import Foundation
import Simulation
import Tables
import Testing

/// What holds between the tables of any world.
@Suite("World tables")
struct WorldTablesTests {
  @Test("headers are the schema's, keys are unique, every row's account exists")
  func keys() throws {
    let folder = try TemporaryFolder()
    let truth = try smallWorld().write(toFolder: folder.path, threads: 2)
    let world = WorldFolder(path: folder.path)
    let accounts = Set(try world.table(.accounts).text("account_id"))
    #expect(accounts.count == 300)
    for table in WorldTable.allCases {
      let rows = try world.table(table)
      #expect(rows.columnNames == table.columns.map(\.name))
      #expect(truth.rows[table.rawValue] == rows.rowCount)
      #expect(Set(try rows.text("account_id")).isSubset(of: accounts))
    }
    for (table, key) in [
      (WorldTable.subscriptions, "subscription_id"), (.tickets, "ticket_id"), (.contacts, "contact_id"),
    ] {
      let keys = try world.table(table).text(key)
      #expect(Set(keys).count == keys.count)
    }
    let contacts = Set(try world.table(.contacts).text("contact_id"))
    #expect(Set(try world.table(.content).text("contact_id")).isSubset(of: contacts))
    let parents = try world.table(.accounts).text("parent_id").compactMap(\.self)
    #expect(!parents.isEmpty)
    #expect(Set(parents).isSubset(of: accounts))
  }

  @Test("an account's periods follow each other without a gap and end with a cancellation when it left")
  func periods() throws {
    let folder = try TemporaryFolder()
    try smallWorld().write(toFolder: folder.path, threads: 2)
    let world = WorldFolder(path: folder.path)
    let rows = try world.table(.subscriptions)
    let accounts = try rows.text("account_id")
    let starts = try rows.days("start_date")
    let ends = try rows.days("end_date")
    let events = try rows.text("event")
    let mrr = try rows.numbers("mrr")
    let book = Set(try world.table(.book).text("account_id"))
    for row in 0..<rows.rowCount {
      let isLast = row + 1 == rows.rowCount || accounts[row + 1] != accounts[row]
      if row == 0 || accounts[row - 1] != accounts[row] { #expect(events[row] == "new") }
      if events[row] == "upgrade" { #expect(mrr[row] > mrr[row - 1]) }
      if events[row] == "downgrade" { #expect(mrr[row] < mrr[row - 1]) }
      if events[row] == "renewal" { #expect(mrr[row] == mrr[row - 1]) }
      if isLast {
        let left = events[row] == "cancel"
        #expect(left == (ends[row] != nil))
        #expect(left == !book.contains(accounts[row]), "the book holds who hasn't left")
        if left { #expect(starts[row] == ends[row] && mrr[row] == 0) }
      } else {
        #expect(ends[row] == starts[row + 1])
      }
    }
  }

  @Test("nothing happens before the signing, after the leaving, or outside the data's dates")
  func dates() throws {
    let folder = try TemporaryFolder()
    let truth = try smallWorld().write(toFolder: folder.path, threads: 2)
    let world = WorldFolder(path: folder.path)
    let from = try #require(CalendarDate(iso8601: truth.configuration.dataFrom)).daysSince1970
    let until = try #require(CalendarDate(iso8601: truth.configuration.dataUntil)).daysSince1970
    #expect(truth.configuration.dataFrom == "2023-10-01" && truth.configuration.dataUntil == "2024-12-31")
    var signed: [String?: Int] = [:]
    var left: [String?: Int] = [:]
    let subscriptions = try world.table(.subscriptions)
    let events = try subscriptions.text("event")
    let starts = try subscriptions.days("start_date")
    for (row, id) in try subscriptions.text("account_id").enumerated() {
      if events[row] == "new" { signed[id] = starts[row] }
      if events[row] == "cancel" { left[id] = starts[row] }
    }
    #expect(!left.isEmpty)
    for (table, column) in [
      (WorldTable.usage, "date"), (.tickets, "opened_at"), (.tickets, "closed_at"), (.sentiment, "date"),
      (.content, "date"),
    ] {
      let rows = try world.table(table)
      let days = try rows.days(column)
      for (row, id) in try rows.text("account_id").enumerated() {
        guard let day = days[row] else { continue }
        let first = max(from, signed[id] ?? Int.max)
        let last = min(until, (left[id] ?? Int.max) - 1)
        if day < first || day > last { Issue.record("\(table.rawValue): \(id ?? "") on day \(day)") }
      }
    }
  }

  @Test("about half of the accounts are never heard, and names carry commas, quotes and accents")
  func blanks() throws {
    let folder = try TemporaryFolder()
    try smallWorld(accounts: 1000).write(toFolder: folder.path, threads: 2)
    let world = WorldFolder(path: folder.path)
    let heard = Set(try world.table(.sentiment).text("account_id")).count
    #expect((400...700).contains(heard))
    let names = try world.table(.accounts).text("account_name").compactMap(\.self)
    #expect(names.count == 1000)
    for sign in [",", "\"", "í", "Ñ"] { #expect(names.contains { $0.contains(sign) }) }
    let plans = try world.table(.subscriptions).text("plan")
    let legacy = plans.count { $0 == "legacy" }
    #expect(legacy > 0 && legacy < plans.count / 20)
  }

  @Test("every cell of every table is what its schema says")
  func schema() throws {
    let folder = try TemporaryFolder()
    try smallWorld().write(toFolder: folder.path, threads: 2)
    let world = WorldFolder(path: folder.path)
    for table in WorldTable.allCases { try expectSchema(of: world.table(table), table) }
  }
}

func expectSchema(of rows: Table, _ table: WorldTable) throws {
  for column in table.columns {
    let values = try rows.column(column.name).values
    let missing = (0..<rows.rowCount).count { values.isMissing($0) }
    #expect(column.mayBeBlank || missing == 0, "\(table.rawValue).\(column.name)")
    switch column.values {
    case .identifiers(let prefix):
      let isSpelled = try rows.text(column.name).allSatisfy { $0 == nil || $0?.hasPrefix(prefix) == true }
      #expect(isSpelled, "\(table.rawValue).\(column.name)")
    case .text: _ = try rows.text(column.name)
    case .dates: _ = try rows.days(column.name)
    case .booleans: _ = try rows.flags(column.name)
    case .codes(let codes):
      let unknown = try rows.text(column.name).compactMap(\.self).filter { !codes.contains($0) }
      #expect(unknown.isEmpty, "\(table.rawValue).\(column.name)")
    case .numbers(let range):
      let isInside = try rows.numbers(column.name).allSatisfy { $0.isNaN || range.contains($0) }
      #expect(isInside, "\(table.rawValue).\(column.name)")
    case .integers(let range):
      let isInside = try rows.numbers(column.name).allSatisfy {
        $0.isNaN || (Int(exactly: $0).map(range.contains) ?? false)
      }
      #expect(isInside, "\(table.rawValue).\(column.name)")
    }
  }
}
