internal import GRDB
internal import Segmentation

/// One row of `standing`: where an account stands, and the values that were measured on it.
struct Standing: Sendable, Equatable {
  var account: String
  var place: Int
  var arr: Double?
  var importance: Double?
  var need: Double?
  var tierScore: Double?
  /// 0–100.
  var health: Double?

  init(_ assignment: Assignment, place: Int, health: Double?) {
    account = assignment.id
    self.place = place
    arr = assignment.arr
    importance = assignment.importance
    need = assignment.need
    tierScore = assignment.tierScore
    self.health = health
  }

  /// In the order of ``init(_:)`` and ``bind(_:from:)``; `since` stands in both tables too.
  static let columns = "account, place, arr, importance, need, tier_score, health"

  init(_ row: SQLStatement) {
    account = row.text(0) ?? ""
    place = row.int(1)
    arr = row.double(2)
    importance = row.double(3)
    need = row.double(4)
    tierScore = row.double(5)
    health = row.double(6)
  }

  /// Binds the columns to the parameters from `first` on; returns the one after them.
  @discardableResult
  func bind(_ statement: SQLStatement, from first: Int32) -> Int32 {
    statement.bind(first, account)
    statement.bind(first + 1, place)
    statement.bind(first + 2, arr)
    statement.bind(first + 3, importance)
    statement.bind(first + 4, need)
    statement.bind(first + 5, tierScore)
    statement.bind(first + 6, health)
    return first + 7
  }

  /// The assignment as it was written that day.
  func assignment(_ place: Place) -> Assignment {
    Assignment(
      id: account, arr: arr, importance: importance, need: need, quadrant: place.quadrant,
      isQuadrantSure: place.isQuadrantSure, pyramidLevel: place.pyramidLevel,
      criteriaTier: place.criteriaTier, tier: place.tier, tierScore: tierScore, tierReason: place.tierReason,
      coverage: place.coverage, flags: place.flags)
  }

  func state(_ place: Place) -> AccountState {
    var state = place.state
    state.arr = arr
    return state
  }
}
