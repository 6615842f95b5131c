internal import Calendar
internal import GRDB
internal import Segmentation

/// One row of `standing`: an account's assignment and what migration remembers of it.
struct Standing: Equatable {
  var assignment: Assignment
  var state: AccountState
  /// The tier that the day's facts earned, before memory.
  var earned: Tier
  var health: Double?
  var isAtHighRisk: Bool

  /// In the order of ``arguments(since:)``.
  static let columns = [
    "account", "since", "arr", "importance", "need", "quadrant", "quadrant_sure", "pyramid_level",
    "criteria_tier", "tier", "tier_score", "tier_reason", "coverage", "flags", "earned", "held", "cause",
    "health", "at_risk", "designation", "overridden", "last_downgrade", "grace_since", "grace_until",
    "grace_basis", "adjustment", "adjustment_since", "adjustment_until", "adjustment_active",
  ]
  static let columnList = columns.joined(separator: ", ")
  static let placeholders = columns.map { _ in "?" }.joined(separator: ", ")

  func arguments(since: String) -> StatementArguments {
    let a = assignment
    let s = state
    return [
      a.id, since, a.arr, a.importance, a.need, a.quadrant.rawValue, a.isQuadrantSure,
      a.pyramidLevel.rawValue, a.criteriaTier.code, a.tier.code, a.tierScore, a.tierReason,
      a.coverage.rawValue, a.flags.isEmpty ? "" : a.flags.codes.joined(separator: ";"), earned.code,
      s.tier.code, s.cause, health, isAtHighRisk, s.designation, s.overridden?.code,
      s.lastDowngrade?.description, s.grace?.since.description, s.grace?.until.description,
      s.grace?.basis.rawValue, s.adjustment?.kind.rawValue, s.adjustment?.since.description,
      s.adjustment?.until.description, s.adjustment?.isActive,
    ]
  }
}

/// Reads rows of `standing` and `former`; a code it doesn't know is an error that names it.
struct StandingReader {
  let path: String
  private var knownFlags: [String: Flags] = ["": []]

  init(path: String) {
    self.path = path
  }

  mutating func standing(_ row: Row) throws -> Standing {
    let tier = try code(row, 9, Tier.init(code:))
    var state = AccountState(tier: try code(row, 15, Tier.init(code:)), cause: row[16])
    let arr: Double? = row[2]
    state.arr = arr
    state.designation = row[19]
    state.overridden = try optionalCode(row, 20, Tier.init(code:))
    state.lastDowngrade = try optionalCode(row, 21, CalendarDate.init(iso8601:))
    if let basis = try optionalCode(row, 24, Grace.Basis.init(rawValue:)) {
      state.grace = Grace(
        since: try code(row, 22, CalendarDate.init(iso8601:)),
        until: try code(row, 23, CalendarDate.init(iso8601:)), basis: basis)
    }
    if let kind = try optionalCode(row, 25, Adjustment.Kind.init(rawValue:)) {
      state.adjustment = Adjustment(
        kind: kind, since: try code(row, 26, CalendarDate.init(iso8601:)),
        until: try code(row, 27, CalendarDate.init(iso8601:)), isActive: row[28] == 1)
    }
    let assignment = Assignment(
      id: row[0], arr: arr, importance: row[3], need: row[4],
      quadrant: try code(row, 5, Quadrant.init(rawValue:)), isQuadrantSure: row[6] == 1,
      pyramidLevel: try code(row, 7, PyramidLevel.init(rawValue:)),
      criteriaTier: try code(row, 8, Tier.init(code:)), tier: tier, tierScore: row[10], tierReason: row[11],
      coverage: try code(row, 12, Coverage.init(rawValue:)), flags: flags(row[13]))
    return Standing(
      assignment: assignment, state: state, earned: try code(row, 14, Tier.init(code:)), health: row[17],
      isAtHighRisk: row[18] == 1)
  }

  private mutating func flags(_ text: String) -> Flags {
    if let known = knownFlags[text] { return known }
    let flags = Flags(codes: text.split(separator: ";"))
    knownFlags[text] = flags
    return flags
  }

  private func code<Value>(_ row: Row, _ index: Int, _ make: (String) -> Value?) throws -> Value {
    guard let value = try optionalCode(row, index, make) else { throw damage(index, "NULL") }
    return value
  }

  private func optionalCode<Value>(_ row: Row, _ index: Int, _ make: (String) -> Value?) throws -> Value? {
    guard let text: String = row[index] else { return nil }
    guard let value = make(text) else { throw damage(index, text) }
    return value
  }

  private func damage(_ index: Int, _ value: String) -> HistoryError {
    .corrupted(path: path, table: "standing", column: Standing.columns[index], value: value)
  }
}
