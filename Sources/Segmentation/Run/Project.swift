public import Calendar

/// A temporary engagement for a small account in difficulty: a named piece of work with an owner, a start and
/// an exit, instead of a manager for good.
public struct Project: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Finish the onboarding.
    case onboarding
    /// Answer a fall in health, a notice or a high risk.
    case risk
    /// Help to use what was bought.
    case adoption
  }

  public var kind: Kind
  public var owner: String?
  public var start: CalendarDate
  /// Somebody declared the work done.
  public var isDone: Bool
  /// The health from which the customer counts as healthy at the end.
  public var healthyFrom: Double

  public init(
    kind: Kind, owner: String?, start: CalendarDate, isDone: Bool = false, healthyFrom: Double = 75
  ) {
    self.kind = kind
    self.owner = owner
    self.start = start
    self.isDone = isDone
    self.healthyFrom = healthyFrom
  }

  /// Done **and** healthy; either alone is not enough, and unknown health is not healthy. An onboarding is
  /// also done when the account says so.
  public func isConcluded(onboardingComplete: Bool?, health: Double?) -> Bool {
    let done = isDone || (kind == .onboarding && onboardingComplete == true)
    guard done, let health else { return false }
    return health >= healthyFrom
  }

  /// The project that an account in the quadrant `project` needs; nil in every other quadrant.
  public init?(for assignment: Assignment, owner: String?, floors: Floors, start: CalendarDate) {
    guard assignment.quadrant == .project else { return nil }
    let kind: Kind =
      if assignment.flags.contains(.onboardingOpen) {
        .onboarding
      } else if assignment.flags.isDisjoint(with: [.healthDrop, .noticeServed, .redRisk]) {
        .adoption
      } else {
        .risk
      }
    self.init(kind: kind, owner: owner, start: start, healthyFrom: floors.healthy)
  }
}
