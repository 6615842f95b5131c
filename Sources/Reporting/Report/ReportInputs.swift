public import Calendar
public import ModelFile
public import Segmentation
public import Training

/// What a report is made from. Each part is optional: what isn't given is left out, and the page says what
/// would fill it.
public struct ReportInputs: Sendable {
  public var language: Language
  /// Instead of the finding that the page would open with.
  public var title: String?
  public var asOf: CalendarDate?
  public var book: ReportBook?
  public var models: [ReportModel]
  public var moves: ReportMoves?
  /// Of drift: a later table was given.
  public var hasDriftTable = false

  public init(
    language: Language, title: String? = nil, asOf: CalendarDate? = nil, book: ReportBook? = nil,
    models: [ReportModel] = [], moves: ReportMoves? = nil, hasDriftTable: Bool = false
  ) {
    self.language = language
    self.title = title
    self.asOf = asOf
    self.book = book
    self.models = models
    self.moves = moves
    self.hasDriftTable = hasDriftTable
  }
}

/// The accounts with their places, and what is known of them besides.
public struct ReportBook: Sendable {
  public struct Entry: Sendable {
    public let assignment: Assignment
    public let scores: Scores?

    public init(assignment: Assignment, scores: Scores?) {
      self.assignment = assignment
      self.scores = scores
    }
  }

  /// What only the accounts that are shown need; asked for one by one, so that a million rows aren't copied.
  public struct Detail: Sendable {
    public var name: String?
    public var csm: String?
    public var renewal: CalendarDate?
    /// Largest first.
    public var reasons: [ReportReason] = []
    public var expansionReasons: [ReportReason] = []

    public init() {}
  }

  public let preset: Preset
  /// In the order of their ids.
  let entries: [Entry]
  let detail: @Sendable (String) -> Detail

  /// - Parameter entries: in any order.
  public init(
    preset: Preset, entries: [Entry], detail: @escaping @Sendable (String) -> Detail = { _ in Detail() }
  ) {
    self.preset = preset
    self.entries = entries.sorted { $0.assignment.id < $1.assignment.id }
    self.detail = detail
  }
}

/// A part of a log-odds, as score files write it.
public struct ReportReason: Sendable, Equatable {
  public let term: String
  public let logOdds: Double

  /// `nps:+0.42`, `billing[monthly]:+0.26`; nil where the text is none.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let value = Double(text[text.index(after: colon)...]),
      value.isFinite
    else { return nil }
    term = String(text[..<colon])
    logOdds = value
  }
}

/// A model with what training said of it and how today's table differs.
public struct ReportModel: Sendable {
  public var model: Model
  public var version: String
  /// Nil where no `report.json` lies beside the model.
  public var report: TrainingReport?
  /// Nil where no `baseline.json` lies beside the model.
  public var baseline: Baseline?
  public var drift: DriftReport?
  public var comparison: ReportComparison?

  public init(
    model: Model, version: String, report: TrainingReport?, baseline: Baseline? = nil,
    drift: DriftReport? = nil
  ) {
    self.model = model
    self.version = version
    self.report = report
    self.baseline = baseline
    self.drift = drift
  }
}

/// A version held against the champion of its time.
public struct ReportComparison: Sendable {
  public let version: String
  /// The version is in use; else it waits to be promoted.
  public let isChampion: Bool
  public let comparison: ChampionComparison

  public init(version: String, isChampion: Bool, comparison: ChampionComparison) {
    self.version = version
    self.isChampion = isChampion
    self.comparison = comparison
  }
}

/// What happened to the accounts' places.
public struct ReportMoves: Sendable {
  /// The run before the last; nil where there was only one.
  public let since: CalendarDate?
  public let day: CalendarDate
  /// Of the last run, in order.
  public let events: [TierEvent]

  public init(since: CalendarDate?, day: CalendarDate, events: [TierEvent]) {
    self.since = since
    self.day = day
    self.events = events
  }
}
