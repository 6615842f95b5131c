public import Calendar
public import Segmentation

/// One night's work: which day, by which preset, and how the accounts' own table calls their id.
public struct Run: Sendable, Hashable {
  public var date: CalendarDate
  public var preset: String
  public var idColumn: String

  public init(date: CalendarDate, preset: String, idColumn: String = "account_id") {
    self.date = date
    self.preset = preset
    self.idColumn = idColumn
  }
}

/// What migration has to know of an account beside its assignment.
public struct RunContext: Sendable, Equatable {
  public var renewal: CalendarDate?
  public var designation: String?
  public var isHealthy: Bool
  /// 0–100.
  public var health: Double?
  public var coverageFloor: Coverage
  /// The project that the account needs, where it stands in that quadrant.
  public var project: Project?

  public init(
    renewal: CalendarDate? = nil, designation: String? = nil, isHealthy: Bool = false, health: Double? = nil,
    coverageFloor: Coverage = .digital, project: Project? = nil
  ) {
    self.renewal = renewal
    self.designation = designation
    self.isHealthy = isHealthy
    self.health = health
    self.coverageFloor = coverageFloor
    self.project = project
  }

  /// What an account and its assignment say.
  public init(
    _ account: Account, _ assignment: Assignment, scores: Scores?, preset: Preset, date: CalendarDate
  ) {
    renewal = account.renewalDate
    designation = account.strategicDesignation
    health = account.health ?? scores?.health
    isHealthy = health.map { $0 >= preset.floors.healthy } ?? false
    coverageFloor = account.coverageFloor(preset.floors)
    project = Project(for: account, assignment, floors: preset.floors, start: date)
  }
}

/// What a run did.
public struct RunOutcome: Sendable, Equatable {
  /// In the order of accounts' bytes, of each account as they happened.
  public var events: [TierEvent] = []
  /// Accounts whose standing is new or differs from before.
  public var changed = 0
  public var departed = 0
  /// The day had been run before; that run's effect was taken back first.
  public var replacedRun = false

  public init() {}
}
