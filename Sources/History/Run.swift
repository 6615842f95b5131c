public import Calendar
public import Segmentation

/// One night's work: which day, by which preset, and how the accounts' own table calls their id.
public struct Run: Sendable, Hashable {
  public var date: CalendarDate
  public var preset: String
  public var idColumn: String
  /// How many tiers the preset had; nil in runs of the first versions, which didn't write it down.
  public var tierCount: Int?

  public init(date: CalendarDate, preset: String, idColumn: String = "account_id", tierCount: Int? = nil) {
    self.date = date
    self.preset = preset
    self.idColumn = idColumn
    self.tierCount = tierCount
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
  /// The tier that the table says the account stands in; counts on the first night that sees the account.
  public var standing: Tier?

  public init(
    renewal: CalendarDate? = nil, designation: String? = nil, isHealthy: Bool = false, health: Double? = nil,
    coverageFloor: Coverage = .digital, project: Project? = nil, standing: Tier? = nil
  ) {
    self.renewal = renewal
    self.designation = designation
    self.isHealthy = isHealthy
    self.health = health
    self.coverageFloor = coverageFloor
    self.project = project
    self.standing = standing
  }

  /// What an account and its assignment say.
  public init(
    _ account: Account.Memorable, _ assignment: Assignment, scores: Scores?, floors: Floors,
    date: CalendarDate
  ) {
    renewal = account.renewalDate
    designation = account.strategicDesignation
    health = account.health ?? scores?.health
    isHealthy = health.map { $0 >= floors.healthy } ?? false
    coverageFloor = assignment.coverageFloor
    project = Project(for: assignment, owner: account.csm, floors: floors, start: date)
    standing = account.currentTier
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
