internal import Calendar
internal import GRDB
internal import Segmentation
internal import StableNumerics

/// One pass over the book within a run's transaction: yesterday's standings and today's assignments side by
/// side in the order of the ids' bytes. Batch by batch the accounts are reckoned on all threads, then written
/// on this one.
struct Night {
  var outcome = RunOutcome()
  var isKeepingEvents = true
  var threads = 1

  private let database: Database
  private let decisions: Decisions
  private var reckoning: Reckoning
  /// The order of the rows, known after ``pass(_:_:)``.
  private(set) var order = RowOrder(byID: [])
  private var places: Places
  private var happenings: Happenings

  private let read, readAfter, archive, remove, insert, replace: SQLStatement
  private let insertEvent, openProject, concludeProject: SQLStatement

  init(_ database: Database, run: Run, preset: Preset, rules: MigrationRules, path: String) throws {
    self.database = database
    let day = run.date.description
    decisions = try History.decisions(database, on: run.date, path: path)
    reckoning = Reckoning(date: run.date, preset: preset, rules: rules, decisions: decisions)
    places = try Places(database, path: path, isGrowing: true)
    happenings = try Happenings(database, path: path, isGrowing: true)
    let columns = Standing.columns
    read = try SQLStatement(
      database, "SELECT \(columns), since FROM standing ORDER BY account LIMIT \(Self.batchSize)")
    readAfter = try SQLStatement(
      database,
      "SELECT \(columns), since FROM standing WHERE account > ? ORDER BY account LIMIT \(Self.batchSize)")
    archive = try SQLStatement(
      database, "INSERT INTO former (\(columns), since, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    remove = try SQLStatement(database, "DELETE FROM standing WHERE account = ?")
    insert = try SQLStatement(
      database, "INSERT INTO standing (\(columns), since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    replace = try SQLStatement(
      database, "REPLACE INTO standing (\(columns), since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    insertEvent = try SQLStatement(
      database, "INSERT INTO event (date, account, number, happening) VALUES (?, ?, ?, ?)")
    openProject = try SQLStatement(
      database, "INSERT INTO project (account, kind, owner, start, healthy_from) VALUES (?, ?, ?, ?, ?)")
    concludeProject = try SQLStatement(
      database, "UPDATE project SET concluded = ? WHERE account = ? AND concluded IS NULL")
    // What stays the same all night is bound once.
    archive.bind(9, day)
    insert.bind(8, day)
    replace.bind(8, day)
    insertEvent.bind(1, day)
    openProject.bind(4, day)
    concludeProject.bind(1, day)
  }

  /// Standings read, and accounts reckoned, at a time: the table is read and written in turns, never both at
  /// once.
  private static let batchSize = 16_384
  /// Accounts a block of a batch.
  private static let blockSize = 1024

  /// A standing as it was read, with the day since when it held.
  private struct Old: Sendable {
    let standing: Standing
    let since: String
  }

  /// An account of today with its standing of yesterday; either may be missing, not both.
  private struct Meeting: Sendable {
    /// Of today's assignment.
    var index: Int?
    var old: Old?
  }

  mutating func pass(_ assignments: inout [Assignment], _ context: @Sendable (Int, Assignment) -> RunContext)
    throws
  {
    try readAbsorbed()
    var byID = Array(assignments.indices)
    if !zip(assignments, assignments.dropFirst()).allSatisfy({ History.precedes($0.id, $1.id) }) {
      byID.sort { History.precedes(assignments[$0].id, assignments[$1].id) }
    }
    order = RowOrder(byID: byID)
    var next = 0
    var last: String?
    var batch: [Meeting] = []
    func meetNew(before end: String?) {
      while next < byID.count, batch.count < 2 * Self.batchSize,
        end.map({ History.precedes(assignments[byID[next]].id, $0) }) ?? true
      {
        batch.append(Meeting(index: byID[next]))
        next += 1
      }
    }
    while true {
      let block = try standings(after: last)
      for old in block {
        let account = old.standing.account
        while true {
          meetNew(before: account)
          guard batch.count >= 2 * Self.batchSize else { break }
          try settle(&batch, &assignments, context)
        }
        if next < byID.count, assignments[byID[next]].id.utf8.elementsEqual(account.utf8) {
          batch.append(Meeting(index: byID[next], old: old))
          next += 1
        } else {
          batch.append(Meeting(old: old))
        }
      }
      try settle(&batch, &assignments, context)
      guard block.count == Self.batchSize, let end = block.last else { break }
      last = end.standing.account
    }
    while next < byID.count {
      meetNew(before: nil)
      try settle(&batch, &assignments, context)
    }
  }

  private func standings(after last: String?) throws -> [Old] {
    let rows = last == nil ? read : readAfter
    if let last { rows.bind(1, last) }
    var block: [Old] = []
    block.reserveCapacity(Self.batchSize)
    while try rows.step() { block.append(Old(standing: Standing(rows), since: rows.text(7) ?? "")) }
    return block
  }

  private mutating func readAbsorbed() throws {
    guard !decisions.merges.isEmpty else { return }
    let row = try SQLStatement(database, "SELECT \(Standing.columns) FROM standing WHERE account = ?")
    for id in decisions.merges.keys.sorted() {
      row.bind(1, id)
      guard try row.step() else { continue }
      let standing = Standing(row)
      row.reset()
      let state = standing.state(try places.place(of: standing))
      reckoning.absorbed[decisions.survivor(of: id), default: []].append((id, state))
    }
  }

  // MARK: A batch

  /// Reckons and writes the batch, in its order, and empties it.
  private mutating func settle(
    _ batch: inout [Meeting], _ assignments: inout [Assignment],
    _ context: @Sendable (Int, Assignment) -> RunContext
  ) throws {
    let outcomes = reckon(batch, assignments, context)
    for (block, outcomes) in outcomes.enumerated() {
      var row = block * Self.blockSize
      for outcome in try outcomes.get() {
        let meeting = batch[row]
        row += 1
        if let outcome, let index = meeting.index {
          try store(outcome, meeting.old)
          assignments[index] = outcome.assignment
        } else if let old = meeting.old {
          try depart(old)
        }
      }
    }
    batch.removeAll(keepingCapacity: true)
  }

  /// Nil for who departs.
  private func reckon(
    _ batch: [Meeting], _ assignments: [Assignment], _ context: @Sendable (Int, Assignment) -> RunContext
  ) -> [Result<[Reckoning.Outcome?], HistoryError>] {
    let (reckoning, places) = (reckoning, places.index)
    return blockResults(count: (batch.count + Self.blockSize - 1) / Self.blockSize, threads: threads) {
      block in
      let rows = block * Self.blockSize..<min((block + 1) * Self.blockSize, batch.count)
      return Result { () throws(HistoryError) -> [Reckoning.Outcome?] in
        var outcomes: [Reckoning.Outcome?] = []
        outcomes.reserveCapacity(rows.count)
        for meeting in batch[rows] {
          guard let index = meeting.index else {
            outcomes.append(nil)
            continue
          }
          let assignment = assignments[index]
          outcomes.append(
            try reckoning.outcome(
              of: assignment, after: meeting.old?.standing, context(index, assignment), places))
        }
        return outcomes
      }
    }
  }

  private mutating func store(_ reckoned: Reckoning.Outcome, _ old: Old?) throws {
    let number = try reckoned.number ?? places.number(of: reckoned.place)
    let standing = Standing(reckoned.assignment, place: number, health: reckoned.health)
    if standing != old?.standing {
      if let old { try putAway(old) }
      let write = old == nil ? insert : replace
      standing.bind(write)
      try write.run()
      outcome.changed += 1
    }
    if reckoned.concludesProject {
      concludeProject.bind(2, standing.account)
      try concludeProject.run()
    }
    if let project = reckoned.opens {
      openProject.bind(1, standing.account)
      openProject.bind(2, project.kind.rawValue)
      openProject.bind(3, project.owner)
      openProject.bind(5, project.healthyFrom)
      try openProject.run()
    }
    try store(reckoned.events)
  }

  private func putAway(_ old: Old) throws {
    old.standing.bind(archive)
    archive.bind(8, old.since)
    try archive.run()
  }

  private mutating func depart(_ old: Old) throws {
    let id = old.standing.account
    try putAway(old)
    remove.bind(1, id)
    try remove.run()
    outcome.departed += 1
    let survivor = decisions.survivor(of: id)
    try store([
      TierEvent(
        account: id, date: reckoning.date, kind: .departed,
        from: try places.place(of: old.standing).tier.code, to: nil,
        reason: survivor == id ? "not_in_input" : "merged_into:\(survivor)")
    ])
  }

  private mutating func store(_ events: [TierEvent]) throws {
    for (number, event) in events.enumerated() {
      insertEvent.bind(2, event.account)
      insertEvent.bind(3, number)
      insertEvent.bind(4, try happenings.number(of: event))
      try insertEvent.run()
    }
    if isKeepingEvents { outcome.events += events }
  }
}
