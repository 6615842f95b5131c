internal import Calendar
internal import GRDB
internal import Segmentation

/// Everything about a standing but its account and its measured values. Most accounts of a book share one with
/// many others, so each is stored once and a standing names it by its number.
struct Place: Sendable, Equatable {
  var quadrant: Quadrant
  var isQuadrantSure: Bool
  var pyramidLevel: PyramidLevel
  var criteriaTier: Tier
  var tier: Tier
  var tierReason: String
  var coverage: Coverage
  var flags: Flags
  /// The tier that the day's facts earned, before memory.
  var earned: Tier
  var isAtHighRisk: Bool
  /// What migration remembers; its ARR stands with the measured values.
  var state: AccountState

  init(_ assignment: Assignment, _ state: AccountState, earned: Tier, isAtHighRisk: Bool) {
    quadrant = assignment.quadrant
    isQuadrantSure = assignment.isQuadrantSure
    pyramidLevel = assignment.pyramidLevel
    criteriaTier = assignment.criteriaTier
    tier = assignment.tier
    tierReason = assignment.tierReason
    coverage = assignment.coverage
    flags = assignment.flags
    self.earned = earned
    self.isAtHighRisk = isAtHighRisk
    self.state = state
    self.state.arr = nil
  }
}

extension Place: Hashable {
  /// By what tells most places apart, in few numbers; cheaper than all of it.
  func hash(into hasher: inout Hasher) {
    let codes = (quadrant.isImportant ? 1 : 0) + (quadrant.isNeedy ? 2 : 0) + (isQuadrantSure ? 4 : 0)
    let tiers = tier.rawValue + 8 * earned.rawValue + 64 * criteriaTier.rawValue + 512 * state.tier.rawValue
    hasher.combine(flags.rawValue)
    hasher.combine(codes + 8 * (tiers + 4096 * tierReason.utf8.count))
    func combine(_ day: CalendarDate?, _ other: CalendarDate?) {
      hasher.combine((day?.daysSince1970 ?? 0) << 32 ^ (other?.daysSince1970 ?? 0))
    }
    combine(state.grace?.since, state.grace?.until)
    combine(state.adjustment?.until, state.lastDowngrade)
  }
}

/// The places of a history by number and by content, which grow.
struct Places: Sendable {
  private var numbers: [Place: Int] = [:]
  private var places: [Int: Place] = [:]
  private var lastNumber = 0
  private let path: String

  /// Reads all of them. Cost O(places).
  init(_ database: Database, path: String) throws {
    self.path = path
    let rows = try SQLStatement(
      database, "SELECT id, \(Self.columns.joined(separator: ", ")) FROM place ORDER BY id")
    while try rows.step() {
      let place = try read(rows)
      lastNumber = rows.int(0)
      places[lastNumber] = place
      numbers[place] = lastNumber
    }
  }

  /// The place of a standing; a number that names none is damage.
  func place(of standing: Standing) throws(HistoryError) -> Place {
    guard let place = places[standing.place] else {
      throw .corrupted(path: path, table: "standing", column: "place", value: "\(standing.place)")
    }
    return place
  }

  /// The place's number; where it wasn't there a new one, under which the caller is to store it. With the text of
  /// the tier's reason that all accounts of the place can share.
  mutating func number(of place: Place) -> (number: Int, reason: String, isNew: Bool) {
    if let found = numbers.index(forKey: place) {
      return (numbers.values[found], numbers.keys[found].tierReason, false)
    }
    lastNumber += 1
    numbers[place] = lastNumber
    places[lastNumber] = place
    return (lastNumber, place.tierReason, true)
  }

  // MARK: Columns

  static let columns = [
    "quadrant", "quadrant_sure", "pyramid_level", "criteria_tier", "tier", "tier_reason", "coverage", "flags",
    "earned", "held", "cause", "at_risk", "designation", "overridden", "last_downgrade", "grace_since",
    "grace_until", "grace_basis", "adjustment", "adjustment_since", "adjustment_until", "adjustment_active",
  ]

  static func insertion(_ database: Database) throws -> SQLStatement {
    try SQLStatement(
      database,
      "INSERT INTO place (id, \(columns.joined(separator: ", "))) VALUES "
        + "(?\(String(repeating: ", ?", count: columns.count)))")
  }

  /// To what ``insertion(_:)`` made.
  static func bind(_ place: Place, _ number: Int, _ statement: SQLStatement) {
    let state = place.state
    statement.bind(1, number)
    let texts: [String?] = [
      place.quadrant.rawValue, nil, place.pyramidLevel.rawValue, place.criteriaTier.code, place.tier.code,
      place.tierReason, place.coverage.rawValue, place.flags.codes.joined(separator: ";"), place.earned.code,
      state.tier.code, state.cause, nil, state.designation, state.overridden?.code,
      state.lastDowngrade?.description, state.grace?.since.description, state.grace?.until.description,
      state.grace?.basis.rawValue, state.adjustment?.kind.rawValue, state.adjustment?.since.description,
      state.adjustment?.until.description,
    ]
    for (index, text) in texts.enumerated() { statement.bind(Int32(index + 2), text) }
    statement.bind(3, place.isQuadrantSure ? 1 : 0)
    statement.bind(13, place.isAtHighRisk ? 1 : 0)
    statement.bind(23, state.adjustment.map { $0.isActive ? 1 : 0 })
  }

  private func read(_ row: SQLStatement) throws -> Place {
    var state = AccountState(
      tier: try code(row, 10, Tier.init(code:)), cause: try code(row, 11) { $0 })
    state.designation = row.text(13)
    state.overridden = try optionalCode(row, 14, Tier.init(code:))
    state.lastDowngrade = try optionalCode(row, 15, CalendarDate.init(iso8601:))
    if let basis = try optionalCode(row, 18, Grace.Basis.init(rawValue:)) {
      state.grace = Grace(
        since: try code(row, 16, CalendarDate.init(iso8601:)),
        until: try code(row, 17, CalendarDate.init(iso8601:)), basis: basis)
    }
    if let kind = try optionalCode(row, 19, Adjustment.Kind.init(rawValue:)) {
      state.adjustment = Adjustment(
        kind: kind, since: try code(row, 20, CalendarDate.init(iso8601:)),
        until: try code(row, 21, CalendarDate.init(iso8601:)), isActive: row.int(22) == 1)
    }
    let assignment = Assignment(
      id: "", arr: nil, importance: nil, need: nil, quadrant: try code(row, 1, Quadrant.init(rawValue:)),
      isQuadrantSure: row.int(2) == 1, pyramidLevel: try code(row, 3, PyramidLevel.init(rawValue:)),
      criteriaTier: try code(row, 4, Tier.init(code:)), tier: try code(row, 5, Tier.init(code:)),
      tierScore: nil, tierReason: try code(row, 6) { $0 },
      coverage: try code(row, 7, Coverage.init(rawValue:)),
      flags: Flags(codes: try code(row, 8) { $0 }.split(separator: ";")))
    return Place(
      assignment, state, earned: try code(row, 9, Tier.init(code:)), isAtHighRisk: row.int(12) == 1)
  }

  private func code<Value>(_ row: SQLStatement, _ column: Int32, _ make: (String) -> Value?) throws -> Value {
    guard let value = try optionalCode(row, column, make) else { throw damage(column, "NULL") }
    return value
  }

  private func optionalCode<Value>(
    _ row: SQLStatement, _ column: Int32, _ make: (String) -> Value?
  ) throws -> Value? {
    guard let text = row.text(column) else { return nil }
    guard let value = make(text) else { throw damage(column, text) }
    return value
  }

  private func damage(_ column: Int32, _ value: String) -> HistoryError {
    .corrupted(path: path, table: "place", column: Self.columns[Int(column) - 1], value: value)
  }
}
