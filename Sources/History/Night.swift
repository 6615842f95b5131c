internal import Calendar
internal import GRDB
internal import Segmentation

/// One pass over the book within a run's transaction: yesterday's standings and today's assignments side by
/// side in the order of the ids' bytes.
struct Night {
  var outcome = RunOutcome()
  var isKeepingEvents = true

  private let database: Database
  private let run: Run
  private let day: String
  private let preset: Preset
  private let rules: MigrationRules
  private let decisions: Decisions
  /// The order of the rows, known after ``pass(_:_:)``.
  private(set) var order = RowOrder(byID: [])
  private var places: Places
  private var happenings: Happenings
  /// Yesterday's states of accounts that end in another one today.
  private var absorbed: [String: [(id: String, state: AccountState)]] = [:]

  private let path: String
  private let read, readAfter, archive, remove, insert, replace: SQLStatement
  private let insertEvent, openProject, concludeProject: SQLStatement

  init(_ database: Database, run: Run, preset: Preset, rules: MigrationRules, path: String) throws {
    self.database = database
    self.run = run
    self.preset = preset
    self.rules = rules
    self.path = path
    day = run.date.description
    decisions = try History.decisions(database, on: run.date, path: path)
    places = try Places(database, path: path, isGrowing: true)
    happenings = try Happenings(database, path: path, isGrowing: true)
    let columns = Standing.columns
    read = try SQLStatement(
      database, "SELECT \(columns), since FROM standing ORDER BY account LIMIT \(Self.blockSize)")
    readAfter = try SQLStatement(
      database,
      "SELECT \(columns), since FROM standing WHERE account > ? ORDER BY account LIMIT \(Self.blockSize)")
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

  /// Standings read at a time: the table is read and written in turns, never both at once.
  private static let blockSize = 4096

  /// A standing as it was read, with the day since when it held.
  private struct Old {
    let standing: Standing
    let since: String
  }

  mutating func pass(_ assignments: inout [Assignment], _ context: (Int, Assignment) -> RunContext) throws {
    try readAbsorbed()
    var byID = Array(assignments.indices)
    if !zip(assignments, assignments.dropFirst()).allSatisfy({ History.precedes($0.id, $1.id) }) {
      byID.sort { History.precedes(assignments[$0].id, assignments[$1].id) }
    }
    order = RowOrder(byID: byID)
    var next = 0
    var last: String?
    while true {
      let block = try standings(after: last)
      for old in block {
        let account = old.standing.account
        while next < byID.count, History.precedes(assignments[byID[next]].id, account) {
          try place(&assignments, byID[next], nil, context)
          next += 1
        }
        if next < byID.count, assignments[byID[next]].id.utf8.elementsEqual(account.utf8) {
          try place(&assignments, byID[next], old, context)
          next += 1
        } else {
          try depart(old)
        }
      }
      guard block.count == Self.blockSize, let end = block.last else { break }
      last = end.standing.account
    }
    while next < byID.count {
      try place(&assignments, byID[next], nil, context)
      next += 1
    }
  }

  private func standings(after last: String?) throws -> [Old] {
    let rows = last == nil ? read : readAfter
    if let last { rows.bind(1, last) }
    var block: [Old] = []
    block.reserveCapacity(Self.blockSize)
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
      let state = standing.state(try places.place(of: standing, path: path))
      absorbed[decisions.survivor(of: id), default: []].append((id, state))
    }
  }

  private mutating func place(
    _ assignments: inout [Assignment], _ index: Int, _ old: Old?, _ context: (Int, Assignment) -> RunContext
  ) throws {
    let context = context(index, assignments[index])
    try place(&assignments[index], old, context)
  }

  private mutating func place(_ assignment: inout Assignment, _ old: Old?, _ context: RunContext) throws {
    let id = assignment.id
    let oldPlace = try old.map { try places.place(of: $0.standing, path: path) }
    var yesterday: AccountState?
    if let old, let oldPlace { yesterday = old.standing.state(oldPlace) }
    var events: [TierEvent] = []
    if !absorbed.isEmpty {
      for (absorbedID, state) in absorbed[id] ?? [] {
        yesterday = yesterday.map { AccountState.merging($0, state) } ?? state
        let merge = decisions.merges[absorbedID]
        events.append(
          TierEvent(
            account: id, date: run.date, kind: .merged, from: absorbedID, to: id, reason: merge?.reason ?? "",
            author: merge?.author ?? TierEvent.rules))
      }
    }
    let earned = assignment.tier
    let isAtHighRisk = assignment.quadrant.isNeedy
    let designation = decisions.designations.isEmpty ? nil : decisions.designations[id]?.kind
    let today = Migration.Today(
      account: id, date: run.date, candidate: earned, arr: assignment.arr, renewal: context.renewal,
      designation: context.designation ?? designation, isAtHighRisk: isAtHighRisk,
      isHealthy: context.isHealthy,
      override: decisions.overrides.isEmpty ? nil : decisions.overrides[id])
    let step = Migration.step(yesterday, today, rules: rules)
    events += step.events
    assignment.apply(step.state, preset: preset, floor: context.coverageFloor)
    if let before = oldPlace?.quadrant, before != assignment.quadrant {
      events.append(
        TierEvent(
          account: id, date: run.date, kind: .quadrantMoved, from: before.rawValue,
          to: assignment.quadrant.rawValue, reason: Self.moveReason(from: before, assignment)))
    }
    let number = try places.number(
      of: Place(assignment, step.state, earned: earned, isAtHighRisk: isAtHighRisk))
    let standing = Standing(assignment, place: number, health: context.health)
    if standing != old?.standing {
      if let old { try putAway(old) }
      let write = old == nil ? insert : replace
      standing.bind(write)
      try write.run()
      outcome.changed += 1
    }
    try follow(project: context.project, of: assignment)
    try store(events)
  }

  private func putAway(_ old: Old) throws {
    old.standing.bind(archive)
    archive.bind(8, old.since)
    try archive.run()
  }

  /// Opens the project that the account needs, and concludes the open one when the flag is gone.
  private func follow(project: Project?, of assignment: Assignment) throws {
    let isOpen = assignment.flags.contains(.projectOpen)
    if !isOpen, !decisions.projects.isEmpty, decisions.projects[assignment.id] != nil {
      concludeProject.bind(2, assignment.id)
      try concludeProject.run()
    }
    if let project, !isOpen {
      openProject.bind(1, assignment.id)
      openProject.bind(2, project.kind.rawValue)
      openProject.bind(3, project.owner)
      openProject.bind(5, project.healthyFrom)
      try openProject.run()
    }
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
        account: id, date: run.date, kind: .departed,
        from: try places.place(of: old.standing, path: path).tier.code, to: nil,
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

  /// Which axis moved the account, and the rule that did where one did.
  private static func moveReason(from before: Quadrant, _ now: Assignment) -> String {
    var parts: [String] = []
    if before.isImportant != now.quadrant.isImportant {
      parts.append(now.quadrant.isImportant ? "importance_rose" : "importance_fell")
    }
    if before.isNeedy != now.quadrant.isNeedy {
      parts.append(now.quadrant.isNeedy ? "need_rose" : "need_fell")
    }
    let rules: Flags = [.onboardingOpen, .healthDrop, .noticeServed, .redRisk, .projectOpen]
    return (parts + now.flags.intersection(rules).codes).joined(separator: ";")
  }
}
