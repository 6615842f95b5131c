internal import Calendar
internal import GRDB
internal import Segmentation
internal import StableNumerics

/// One pass over the book within a run's transaction: yesterday's standings and today's assignments side by
/// side in the order of the ids' bytes. Page by page the accounts are reckoned, on another thread where there is
/// one, while the page before is written.
struct Night {
  var outcome = RunOutcome()
  /// The order of the rows, known after ``pass(_:threads:)``.
  private(set) var order = RowOrder(byID: [])

  private let database: Database
  private let reckoner: Reckoner
  private let read, readAfter, remove, insertPlace, insertHappening, concludeProject: SQLStatement
  private let archive, insert, replace, insertEvents, openProjects: RowInsertion

  init(
    _ database: Database, run: Run, preset: Preset, rules: MigrationRules, decisions: Decisions,
    path: String, keepingEvents: Bool, context: @escaping @Sendable (Int, Assignment) -> RunContext
  ) throws {
    self.database = database
    let day = run.date.description
    let places = try Places(database, path: path)
    var reckoning = Reckoning(date: run.date, preset: preset, rules: rules, decisions: decisions)
    reckoning.absorbed = try Self.absorbed(decisions, places, database)
    reckoner = Reckoner(
      reckoning, places, try Happenings(database, path: path), isTelling: keepingEvents, context: context)
    let columns = Standing.columns
    read = try SQLStatement(
      database, "SELECT \(columns), since FROM standing ORDER BY account LIMIT \(Self.pageSize)")
    readAfter = try SQLStatement(
      database,
      "SELECT \(columns), since FROM standing WHERE account > ? ORDER BY account LIMIT \(Self.pageSize)")
    archive = try RowInsertion(
      database, into: "former (until, \(columns), since)", columns: 9, shared: day)
    remove = try SQLStatement(database, "DELETE FROM standing WHERE account = ?")
    insert = try RowInsertion(database, into: "standing (since, \(columns))", columns: 8, shared: day)
    replace = try RowInsertion(
      database, "REPLACE", into: "standing (since, \(columns))", columns: 8, shared: day)
    insertPlace = try Places.insertion(database)
    insertHappening = try Happenings.insertion(database)
    insertEvents = try RowInsertion(
      database, into: "event (date, account, number, happening)", columns: 4, shared: day)
    openProjects = try RowInsertion(
      database, into: "project (start, account, kind, owner, healthy_from)", columns: 5, shared: day)
    concludeProject = try SQLStatement(
      database, "UPDATE project SET concluded = ? WHERE account = ? AND concluded IS NULL")
    concludeProject.bind(1, day)
  }

  /// Yesterday's states of the accounts that end in another one today, by that one.
  private static func absorbed(_ decisions: Decisions, _ places: Places, _ database: Database) throws
    -> [String: [(id: String, state: AccountState)]]
  {
    guard !decisions.merges.isEmpty else { return [:] }
    var absorbed: [String: [(id: String, state: AccountState)]] = [:]
    let row = try SQLStatement(database, "SELECT \(Standing.columns) FROM standing WHERE account = ?")
    for id in decisions.merges.keys.sorted() {
      row.bind(1, id)
      guard try row.step() else { continue }
      let standing = Standing(row)
      row.reset()
      let state = standing.state(try places.place(of: standing))
      absorbed[decisions.survivor(of: id), default: []].append((id, state))
    }
    return absorbed
  }

  /// Accounts a page, and standings read at a time: the table is read and written in turns, never both at once.
  private static let pageSize = 16_384

  mutating func pass(_ assignments: inout [Assignment], threads: Int) throws {
    var byID = Array(assignments.indices)
    if !byID.dropFirst().allSatisfy({ History.precedes(assignments[$0 - 1].id, assignments[$0].id) }) {
      byID.sort { History.precedes(assignments[$0].id, assignments[$1].id) }
    }
    order = RowOrder(byID: byID)
    var encounters = Encounters(byID: byID)
    var meetings = try encounters.next(Self.pageSize, assignments, standings)
    var page = NightPage()
    while !meetings.isEmpty {
      let next = Ahead(threads: threads) { [reckoner, meetings] in
        Result { () throws(HistoryError) in try reckoner.page(meetings) }
      }
      // Whatever fails here, the other thread is waited for.
      let work = Result {
        try write(page, &assignments)
        return try encounters.next(Self.pageSize, assignments, standings)
      }
      page = try next.value().get()
      meetings = try work.get()
    }
    try write(page, &assignments)
  }

  /// The next standings of yesterday; fewer than a page are the last.
  private func standings(after last: String?) throws -> [OldStanding] {
    let rows = last == nil ? read : readAfter
    if let last { rows.bind(1, last) }
    var standings: [OldStanding] = []
    standings.reserveCapacity(Self.pageSize)
    while try rows.step() {
      standings.append(OldStanding(standing: Standing(rows), since: rows.text(7) ?? ""))
    }
    return standings
  }

  private mutating func write(_ page: NightPage, _ assignments: inout [Assignment]) throws {
    for (number, place) in page.newPlaces {
      Places.bind(place, number, insertPlace)
      try insertPlace.run()
    }
    for (number, happening) in page.newHappenings {
      Happenings.bind(happening, number, insertHappening)
      try insertHappening.run()
    }
    try archive.insert(page.former) { old, statement, first in
      statement.bind(old.standing.bind(statement, from: first), old.since)
    }
    try insert.insert(page.first) { $0.bind($1, from: $2) }
    try replace.insert(page.changed) { $0.bind($1, from: $2) }
    for account in page.departed {
      remove.bind(1, account)
      try remove.run()
    }
    for account in page.concluded {
      concludeProject.bind(2, account)
      try concludeProject.run()
    }
    try openProjects.insert(page.opened) { opened, statement, first in
      statement.bind(first, opened.account)
      statement.bind(first + 1, opened.project.kind.rawValue)
      statement.bind(first + 2, opened.project.owner)
      statement.bind(first + 3, opened.project.healthyFrom)
    }
    try insertEvents.insert(page.events) { event, statement, first in
      statement.bind(first, event.account)
      statement.bind(first + 1, event.number)
      statement.bind(first + 2, event.happening)
    }
    for (row, assignment) in page.assignments { assignments[row] = assignment }
    outcome.changed += page.first.count + page.changed.count
    outcome.departed += page.departed.count
    outcome.events += page.told
  }
}

/// Today's accounts and yesterday's standings, merged by the ids' bytes.
private struct Encounters {
  /// Today's rows.
  let byID: [Int]
  private var next = 0
  private var standings: [OldStanding] = []
  private var nextStanding = 0
  private var areAllRead = false

  init(byID: [Int]) { self.byID = byID }

  /// The next `count` meetings, fewer at the end. `read` gives up to `count` standings after an id.
  mutating func next(
    _ count: Int, _ assignments: [Assignment], _ read: (String?) throws -> [OldStanding]
  ) throws -> [Meeting] {
    var meetings: [Meeting] = []
    meetings.reserveCapacity(count)
    while meetings.count < count {
      if nextStanding == standings.count, !areAllRead {
        standings = try read(standings.last?.standing.account)
        nextStanding = 0
        areAllRead = standings.count < count
      }
      var meeting = Meeting()
      switch (next < byID.count, nextStanding < standings.count) {
      case (false, false): return meetings
      case (true, false): meeting.today = (byID[next], assignments[byID[next]])
      case (false, true): meeting.old = standings[nextStanding]
      case (true, true):
        let (id, old) = (assignments[byID[next]].id, standings[nextStanding].standing.account)
        if !History.precedes(old, id) { meeting.today = (byID[next], assignments[byID[next]]) }
        if !History.precedes(id, old) { meeting.old = standings[nextStanding] }
      }
      if meeting.today != nil { next += 1 }
      if meeting.old != nil { nextStanding += 1 }
      meetings.append(meeting)
    }
    return meetings
  }
}
