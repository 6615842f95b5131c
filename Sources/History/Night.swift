internal import Calendar
internal import GRDB
internal import Segmentation

/// One pass over the book within a run's transaction: yesterday's standings and today's assignments side by
/// side in the order of the ids' bytes.
struct Night {
  var outcome = RunOutcome()

  private let database: Database
  private let run: Run
  private let day: String
  private let preset: Preset
  private let rules: MigrationRules
  private let decisions: Decisions
  private var reader: StandingReader
  /// Yesterday's states of accounts that end in another one today.
  private var absorbed: [String: [(id: String, state: AccountState)]] = [:]

  private let archive: Statement
  private let remove: Statement
  private let insert: Statement
  private let insertEvent: Statement
  private let openProject: Statement
  private let concludeProject: Statement

  init(_ database: Database, run: Run, preset: Preset, rules: MigrationRules, path: String) throws {
    self.database = database
    self.run = run
    self.preset = preset
    self.rules = rules
    day = run.date.description
    decisions = try History.decisions(database, on: run.date, path: path)
    reader = StandingReader(path: path)
    archive = try database.makeStatement(
      sql: """
        INSERT INTO former (\(Standing.columnList), until)
        SELECT \(Standing.columnList), ?2 FROM standing WHERE account = ?1
        """)
    remove = try database.makeStatement(sql: "DELETE FROM standing WHERE account = ?")
    insert = try database.makeStatement(
      sql: "INSERT OR REPLACE INTO standing (\(Standing.columnList)) VALUES (\(Standing.placeholders))")
    insertEvent = try database.makeStatement(
      sql: """
        INSERT INTO event (date, account, number, kind, "from", "to", reason, author)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    openProject = try database.makeStatement(
      sql: "INSERT INTO project (account, kind, owner, start, healthy_from) VALUES (?, ?, ?, ?, ?)")
    concludeProject = try database.makeStatement(
      sql: "UPDATE project SET concluded = ? WHERE account = ? AND concluded IS NULL")
  }

  /// Standings read at a time: the table is read and written in turns, never both at once.
  private static let blockSize = 4096

  mutating func pass(_ assignments: inout [Assignment], _ context: (Int) -> RunContext) throws {
    try readAbsorbed()
    var order = Array(assignments.indices)
    if !zip(assignments, assignments.dropFirst()).allSatisfy({ History.precedes($0.id, $1.id) }) {
      order.sort { History.precedes(assignments[$0].id, assignments[$1].id) }
    }
    var next = 0
    var last: String?
    while true {
      let block = try standings(after: last)
      for old in block {
        while next < order.count, History.precedes(assignments[order[next]].id, old.assignment.id) {
          try place(&assignments[order[next]], nil, context(order[next]))
          next += 1
        }
        if next < order.count, assignments[order[next]].id.utf8.elementsEqual(old.assignment.id.utf8) {
          try place(&assignments[order[next]], old, context(order[next]))
          next += 1
        } else {
          try depart(old)
        }
      }
      guard block.count == Self.blockSize, let end = block.last else { break }
      last = end.assignment.id
    }
    while next < order.count {
      try place(&assignments[order[next]], nil, context(order[next]))
      next += 1
    }
  }

  private mutating func standings(after last: String?) throws -> [Standing] {
    let cursor = try Row.fetchCursor(
      database,
      sql: """
        SELECT \(Standing.columnList) FROM standing \(last == nil ? "" : "WHERE account > ?")
        ORDER BY account LIMIT \(Self.blockSize)
        """, arguments: last.map { [$0] } ?? [])
    var block: [Standing] = []
    block.reserveCapacity(Self.blockSize)
    while let row = try cursor.next() { block.append(try reader.standing(row)) }
    return block
  }

  private mutating func readAbsorbed() throws {
    for id in decisions.merges.keys.sorted() {
      let row = try Row.fetchOne(
        database, sql: "SELECT \(Standing.columnList) FROM standing WHERE account = ?", arguments: [id])
      guard let row else { continue }
      let state = try reader.standing(row).state
      absorbed[decisions.survivor(of: id), default: []].append((id, state))
    }
  }

  private mutating func place(_ assignment: inout Assignment, _ old: Standing?, _ context: RunContext) throws
  {
    let id = assignment.id
    var yesterday = old?.state
    var events: [TierEvent] = []
    for (absorbedID, state) in absorbed[id] ?? [] {
      yesterday = yesterday.map { AccountState.merging($0, state) } ?? state
      let merge = decisions.merges[absorbedID]
      events.append(
        TierEvent(
          account: id, date: run.date, kind: .merged, from: absorbedID, to: id, reason: merge?.reason ?? "",
          author: merge?.author ?? TierEvent.rules))
    }
    let earned = assignment.tier
    let isAtHighRisk = assignment.quadrant.isNeedy
    let today = Migration.Today(
      account: id, date: run.date, candidate: earned, arr: assignment.arr, renewal: context.renewal,
      designation: context.designation ?? decisions.designations[id]?.kind, isAtHighRisk: isAtHighRisk,
      isHealthy: context.isHealthy, override: decisions.overrides[id])
    let step = Migration.step(yesterday, today, rules: rules)
    events += step.events
    assignment.apply(step.state, preset: preset, floor: context.coverageFloor)
    if let before = old?.assignment.quadrant, before != assignment.quadrant {
      events.append(
        TierEvent(
          account: id, date: run.date, kind: .quadrantMoved, from: before.rawValue,
          to: assignment.quadrant.rawValue, reason: Self.moveReason(from: before, assignment)))
    }
    let standing = Standing(
      assignment: assignment, state: step.state, earned: earned, health: context.health,
      isAtHighRisk: isAtHighRisk)
    if standing != old {
      if old != nil { try archive.run(id, day) }
      insert.setUncheckedArguments(standing.arguments(since: day))
      try insert.execute()
      outcome.changed += 1
    }
    try follow(project: context.project, of: assignment)
    try store(events)
  }

  /// Opens the project that the account needs, and concludes the open one when the flag is gone.
  private func follow(project: Project?, of assignment: Assignment) throws {
    let isOpen = decisions.projects[assignment.id] != nil
    if isOpen, !assignment.flags.contains(.projectOpen) {
      try concludeProject.run(day, assignment.id)
    }
    if let project, !assignment.flags.contains(.projectOpen) {
      openProject.setUncheckedArguments([
        assignment.id, project.kind.rawValue, project.owner, day, project.healthyFrom,
      ])
      try openProject.execute()
    }
  }

  private mutating func depart(_ old: Standing) throws {
    let id = old.assignment.id
    try archive.run(id, day)
    try remove.run(id)
    outcome.departed += 1
    let survivor = decisions.survivor(of: id)
    try store([
      TierEvent(
        account: id, date: run.date, kind: .departed, from: old.assignment.tier.code, to: nil,
        reason: survivor == id ? "not_in_input" : "merged_into:\(survivor)")
    ])
  }

  private mutating func store(_ events: [TierEvent]) throws {
    for (number, event) in events.enumerated() {
      insertEvent.setUncheckedArguments([
        day, event.account, number, event.kind.rawValue, event.from, event.to, event.reason, event.author,
      ])
      try insertEvent.execute()
    }
    outcome.events += events
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

extension Statement {
  fileprivate func run(_ arguments: String...) throws {
    setUncheckedArguments(StatementArguments(arguments))
    try execute()
  }
}
