public import Calendar
public import ModelFile

/// What a training run is asked to do: the options of `pulso train`, validated by ``Trainer``.
public struct TrainingOptions: Sendable, Equatable {
  public enum RecipeKind: String, Sendable, CaseIterable {
    /// Imputation with indicators, pooled levels, and terms chosen on the training folds only.
    case auto
    /// The textbook design: complete rows, numbers as they are, treatment coding.
    case plain
  }

  public enum PenaltyKind: String, Sendable, CaseIterable {
    case none, l2
    case elasticNet = "elastic-net"
    case firth
  }

  public enum Lambda: Sendable, Equatable {
    case value(Double)
    /// The λ with the smallest cross-validated deviance.
    case crossValidated
    /// The largest λ whose cross-validated deviance is within one standard error of the smallest.
    case oneStandardError
  }

  public enum ClassWeight: Sendable, Equatable {
    /// Each class gets half of the total weight; the intercept is corrected back afterwards.
    case balanced
    /// Events weigh this many times a non-event.
    case ratio(Double)
  }

  public enum StandardErrors: Sendable, Equatable {
    /// Clustered by account where accounts repeat, else from the model.
    case automatic
    case model, hc0, hc1
    case cluster(String)
  }

  /// Last month's weights as a normal prior: the same terms, each coefficient centred on that model's with its
  /// variance; what is new in the rows moves them.
  public struct Prior: Sendable, Equatable {
    public var model: Model
    /// As the user named it.
    public var name: String
    /// How many times as much as the rows it learned from it counts: 1 carries all of them on, 0.5 half.
    public var weight: Double
    /// The last day among its training rows; nil: unknown.
    public var learnedUntil: CalendarDate?

    public init(model: Model, name: String, weight: Double = 1, learnedUntil: CalendarDate? = nil) {
      self.model = model
      self.name = name
      self.weight = weight
      self.learnedUntil = learnedUntil
    }
  }

  public enum ConfidenceIntervals: String, Sendable, CaseIterable {
    /// Estimate ± 1.96 standard errors.
    case wald
    /// What a likelihood-ratio test does not refuse.
    case profile
  }

  public enum Holdout: Sendable, Equatable {
    /// The latest share of the rows (with a time column), else a random share.
    case fraction(Double)
    /// All rows from this date on.
    case from(CalendarDate)
  }

  public enum CalibrationChoice: String, Sendable, CaseIterable {
    case auto, none, platt, isotonic, beta
  }

  public var target: String
  public var positive: String?
  public var id: String?
  public var name = "model"
  public var role = Model.Role.risk
  public var recipe = RecipeKind.auto
  /// Only these columns, where given.
  public var features: [String]?
  public var exclude: [String] = []
  public var penalty = PenaltyKind.l2
  public var lambda = Lambda.crossValidated
  /// The elastic-net mix: 0 ridge, 1 lasso. Used with ``PenaltyKind/elasticNet``.
  public var alpha = 0.5
  public var standardize = true
  public var weights: String?
  public var offset: String?
  public var trials: String?
  public var classWeight: ClassWeight?
  public var prior: Prior?
  public var standardErrors = StandardErrors.automatic
  public var confidenceIntervals = ConfidenceIntervals.wald
  /// 0 for no validation.
  public var folds = 5
  /// Rows with the same value stay on one side of every split; the id column where ids repeat.
  public var group: String?
  public var time: String?
  /// How far past its date a row's outcome looks: a split by time learns only from rows whose outcome was known
  /// when the rows that it predicts began. nil says that the outcome was known at once.
  public var horizon: CalendarSpan?
  public var holdout: Holdout?
  public var calibration = CalibrationChoice.auto
  public var tolerance: Double?
  public var maximumIterations = 100
  /// Also validate fits on an eighth, a quarter and a half of the rows.
  public var learningCurve = false
  public var threads = 1
  public var seed: UInt64 = 1
  /// Column → group of terms (usage, tickets, sentiment, content, account), for tests and reasons by group.
  public var groups: [String: String] = [:]
  /// Column → −1 or +1: the direction that its effect must have.
  public var bounds: [String: Int] = [:]
  /// Where scores become bands; kept in the model.
  public var bands = Model.Bands()

  public init(target: String) {
    self.target = target
  }

  /// Throws where an option means nothing for three ordered bands, or has not been thought through for them.
  func checkOrdered(highest: String) throws(TrainingError) {
    let refused: [(Bool, String)] = [
      (penalty != .none && penalty != .l2, "--penalty \(penalty.rawValue)"),
      (classWeight != nil, "--class-weight"), (prior != nil, "--prior"), (offset != nil, "--offset"),
      (!bounds.isEmpty, "a bound"), (!standardize, "--standardize false"), (tolerance != nil, "--tolerance"),
      (confidenceIntervals == .profile, "--ci profile"),
      (calibration != .auto && calibration != .none, "--calibrate \(calibration.rawValue)"),
    ]
    if let first = refused.first(where: \.0) { throw .notForBands(option: first.1, highest: highest) }
  }
}
