/// Everything that a training run has to say, as plain values: what `pulso train --json` prints and
/// `report.json` keeps beside the model.
public struct TrainingReport: Codable, Sendable {
  public struct Solver: Codable, Sendable {
    public var name: String
    public var iterations: Int
    public var converged: Bool
    public var gradientNorm: Double
    public var newtonDecrement: Double
    public var conditionNumber: Double?
  }

  public struct PenaltySummary: Codable, Sendable {
    public var kind: String
    public var lambda: Double
    public var alpha: Double
    /// How to read λ.
    public var convention = "mean loss + lambda * ((1 - alpha)/2 * |b|^2 + alpha * |b|), glmnet"
  }

  public struct Prior: Codable, Sendable {
    public var model: String
    public var weight: Double
  }

  /// A row of the coefficient table; all but the term are nil where the column has no estimate of its own.
  public struct Coefficient: Codable, Sendable {
    public var term: String
    public var group: String?
    public var estimate: Double?
    public var stdError: Double?
    public var z: Double?
    public var pValue: Double?
    public var ciLow: Double?
    public var ciHigh: Double?
    public var oddsRatio: Double?
    /// The term's (weighted population) standard deviation in training; nil for the intercept.
    public var deviation: Double?

    /// Every key in every row: what a term has no value for is null.
    public func encode(to encoder: any Encoder) throws {
      var row = encoder.container(keyedBy: CodingKeys.self)
      try row.encode(term, forKey: .term)
      try row.encodeIfPresent(group, forKey: .group)
      try row.encode(estimate, forKey: .estimate)
      try row.encode(stdError, forKey: .stdError)
      try row.encode(z, forKey: .z)
      try row.encode(pValue, forKey: .pValue)
      try row.encode(ciLow, forKey: .ciLow)
      try row.encode(ciHigh, forKey: .ciHigh)
      try row.encode(oddsRatio, forKey: .oddsRatio)
      try row.encodeIfPresent(deviation, forKey: .deviation)
    }
  }

  /// Quality on rows that the fit had not seen.
  public struct Validation: Codable, Sendable {
    public var scheme: String
    public var rows: Int
    public var events: Double
    public var auc: Double?
    public var aucLow: Double?
    public var aucHigh: Double?
    public var prAuc: Double?
    public var logLoss: Double
    /// Of the event rate alone, to compare with.
    public var logLossOfRate: Double
    public var logLossLow: Double?
    public var logLossHigh: Double?
    public var brier: Double
    public var brierLow: Double?
    public var brierHigh: Double?
    public var ece: Double
    public var calibrationIntercept: Double?
    public var calibrationSlope: Double?
    public var topDecileLift: Double?
    public var topDecileLiftLow: Double?
    public var topDecileLiftHigh: Double?
    /// True where the interval of the AUC reaches .5: no better than chance.
    public var noBetterThanChance: Bool
    /// From format version 2 on; nil where the rows hold one class only.
    public var curves: QualityCurves?
    /// Where the model has three ordered bands: all above is of the highest against the others.
    public var ordered: OrderedQuality?
  }

  public struct Path: Codable, Sendable {
    public var lambda: [Double]
    public var deviance: [Double]
    public var standardError: [Double]
    public var chosen: Double
  }

  public struct Search: Codable, Sendable {
    public var termsAdded: Int
    public var logLossBefore: Double
    public var logLossAfter: Double
  }

  public struct Seconds: Codable, Sendable {
    public var read = 0.0
    public var recipe = 0.0
    public var fit = 0.0
    public var validate = 0.0
    public var total = 0.0

    public init() {}
  }

  /// Of `report.json`: 2 since it holds curves and deviations; nil, which is 1, before. Readers take both.
  public var formatVersion: Int? = 2
  public var model: String
  public var role: String
  public var version = ""
  public var path = ""
  public var target: String
  public var positive: String
  public var rows: Int
  public var rowsDropped: Int
  public var rowsWithoutOutcome: Int
  public var positives: Double
  public var recipe: String
  public var solver: Solver
  public var penalty: PenaltySummary
  /// The model whose weights the fit is centred on, and what they count.
  public var prior: Prior?
  public var standardErrors: String
  /// "wald" or "profile"; nil, which is "wald", before.
  public var confidenceIntervals: String?
  public var coefficients: [Coefficient]
  /// Where the outcome has three ordered bands: likelihood and deviance are of all three; `positives`, effects and
  /// the intercept of the highest.
  public var ordered: Ordered?
  public var logLikelihood: Double
  public var nullLogLikelihood: Double
  public var deviance: Double
  public var nullDeviance: Double
  public var aic: Double
  public var bic: Double
  public var mcfaddenR2: Double
  public var tjurR2: Double
  public var effectiveDegreesOfFreedom: Double
  public var validation: Validation?
  public var holdout: Validation?
  public var calibration: String
  public var lambdaPath: Path?
  public var search: Search?
  /// What each column does to the probability; largest first.
  public var effects: [InputEffect]?
  public var groupTests: [GroupTest]?
  /// The rows that move the fit most.
  public var influential: [InfluentialRow]?
  public var learningCurve: LearningCurve?
  /// The last day among the training rows, ISO 8601, where there is a time column.
  public var learnedUntil: String?
  /// Held against the champion of the day, where there was one.
  public var comparison: ChampionComparison?
  public var seconds = Seconds()
  public var warnings: [TrainingWarning] = []
}

/// Something about the data that the user should know before trusting the model.
public struct TrainingWarning: Codable, Sendable, Equatable {
  public enum Code: String, Codable, Sendable {
    case separation, collinear, constant, leakage
    case fewEvents = "few_events"
    case notCalibrated = "not_calibrated"
    case noSignal = "no_signal"
    case leftOut = "left_out"
    case duplicatedRows = "duplicated_rows"
    case rowOrder = "row_order"
    case rowsLeftOut = "rows_left_out"
    case priorSawRows = "prior_saw_rows"
    case horizonUnknown = "horizon_unknown"
    case proportionalOdds = "proportional_odds"
  }

  public var code: Code
  public var term: String?
  public var message: String

  public init(_ code: Code, term: String? = nil, _ message: String) {
    self.code = code
    self.term = term
    self.message = message
  }
}
