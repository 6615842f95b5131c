internal import Calendar
internal import Segmentation

/// What a night makes of one account, from yesterday's standing, today's assignment and what people decided:
/// everything of a night that needs no database, so that accounts can be reckoned side by side.
struct Reckoning: Sendable {
  let date: CalendarDate
  let preset: Preset
  let rules: MigrationRules
  let decisions: Decisions
  /// Yesterday's states of accounts that end in another one today.
  var absorbed: [String: [(id: String, state: AccountState)]] = [:]

  struct Outcome: Sendable {
    /// With memory applied.
    var assignment: Assignment
    var place: Place
    var health: Double?
    var events: [TierEvent]
    /// The project that the account needs and has not.
    var opens: Project?
    var concludesProject: Bool
  }

  /// Of an account that may have stood somewhere yesterday.
  func outcome(of today: Assignment, after old: Standing?, _ oldPlace: Place?, _ context: RunContext)
    -> Outcome
  {
    var assignment = today
    let id = assignment.id
    var yesterday: AccountState?
    if let old, let oldPlace { yesterday = old.state(oldPlace) }
    var events = absorb(into: id, &yesterday)

    let earned = assignment.tier
    let isAtHighRisk = assignment.quadrant.isNeedy
    let decided = decisions.designations.isEmpty ? nil : decisions.designations[id]
    let designation = context.designation ?? decided?.kind
    let step = Migration.step(
      yesterday,
      Migration.Today(
        account: id, date: date, candidate: earned, arr: assignment.arr, renewal: context.renewal,
        designation: designation,
        designationAuthor: decided.flatMap { $0.kind == designation ? $0.author : nil } ?? TierEvent.rules,
        strategicTier: preset.strategicTier,
        standing: context.standing, isAtHighRisk: isAtHighRisk, isHealthy: context.isHealthy,
        override: decisions.overrides.isEmpty ? nil : decisions.overrides[id]),
      rules: rules)
    events = events.isEmpty ? step.events : events + step.events
    assignment.apply(step.state, preset: preset, floor: context.coverageFloor)
    if let before = oldPlace?.quadrant, before != assignment.quadrant {
      events.append(
        TierEvent(
          account: id, date: date, kind: .quadrantMoved, from: before.rawValue,
          to: assignment.quadrant.rawValue, reason: Self.moveReason(from: before, assignment)))
    }
    let place = Place(assignment, step.state, earned: earned, isAtHighRisk: isAtHighRisk)
    let hasProject = assignment.flags.contains(.projectOpen)
    return Outcome(
      assignment: assignment, place: place, health: context.health, events: events,
      opens: hasProject ? nil : context.project,
      concludesProject: !hasProject && !decisions.projects.isEmpty && decisions.projects[id] != nil)
  }

  /// Of an account that isn't in today's book.
  func departure(of id: String, from place: Place) -> TierEvent {
    let survivor = decisions.survivor(of: id)
    return TierEvent(
      account: id, date: date, kind: .departed, from: place.tier.code, to: nil,
      reason: survivor == id ? "not_in_input" : "merged_into:\(survivor)")
  }

  /// The account that `id` goes on as, where others end in it.
  private func absorb(into id: String, _ yesterday: inout AccountState?) -> [TierEvent] {
    if absorbed.isEmpty { return [] }
    return (absorbed[id] ?? []).map { absorbedID, state in
      yesterday = yesterday.map { AccountState.merging($0, state) } ?? state
      let merge = decisions.merges[absorbedID]
      return TierEvent(
        account: id, date: date, kind: .merged, from: absorbedID, to: id, reason: merge?.reason ?? "",
        author: merge?.author ?? TierEvent.rules)
    }
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
