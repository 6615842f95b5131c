public import Features

/// Everything that scoring needs and nothing that it does not: the content of `model.json`.
public struct Model: Sendable, Equatable {
  public enum Role: String, Sendable, CaseIterable {
    case risk, expansion, other
  }

  /// How the linear predictor becomes a probability.
  public enum Calibration: Sendable, Equatable {
    /// expit(η)
    case none
    /// expit(intercept + slope · η) (Platt 1999)
    case platt(intercept: Double, slope: Double)
    /// The step function through these points, linear between them, flat beyond (Zadrozny & Elkan 2002).
    /// `linearPredictors` ascends strictly, `probabilities` does not descend.
    case isotonic(linearPredictors: [Double], probabilities: [Double])
    /// expit(intercept + a · log p − b · log(1 − p)) with p = expit(η) (Kull, Silva Filho & Flach 2017)
    case beta(a: Double, b: Double, intercept: Double)
  }

  /// Where a score becomes a band; compared with the account's odds relative to the book's usual odds.
  public struct Bands: Sendable, Equatable {
    /// risk: health below this is red
    public var redBelow: Double
    /// risk: health from this on is green
    public var greenFrom: Double
    /// expansion: high from this multiple of the usual odds
    public var highFrom: Double
    /// expansion: low below this multiple of the usual odds
    public var lowBelow: Double

    public init(redBelow: Double = 25, greenFrom: Double = 75, highFrom: Double = 3, lowBelow: Double = 1) {
      self.redBelow = redBelow
      self.greenFrom = greenFrom
      self.highFrom = highFrom
      self.lowBelow = lowBelow
    }
  }

  /// An outcome with three ordered bands, by proportional odds (McCullagh 1980): the model's log-odds η are those
  /// of the highest band, and P(at least the middle band) = expit(η + ``OrderedBands/mediumIntercept`` − intercept).
  public struct OrderedBands: Sendable, Equatable {
    /// The outcome's values, lowest first.
    public var levels: [String]
    /// The intercept of "at least the middle band"; above that of the highest.
    public var mediumIntercept: Double

    public init(levels: [String], mediumIntercept: Double) {
      self.levels = levels
      self.mediumIntercept = mediumIntercept
    }
  }

  public var name: String
  public var role: Role
  /// The outcome column and the value that counts as the event.
  public var target: String
  public var positive: String
  /// The id column of the training table, if one was named.
  public var id: String?
  public var recipe: FittedRecipe
  public var intercept: Double
  /// One for each of `recipe.terms`.
  public var coefficients: [Double]
  /// The covariance of (intercept, coefficients): lower triangle, row after row, (q+1)(q+2)/2 numbers; nil
  /// where the fit has none.
  public var covariance: [Double]?
  /// Weighted training mean of each term, the point that reasons are measured from.
  public var termMeans: [Double]
  public var calibration: Calibration
  /// A column added to the linear predictor with coefficient 1; scoring demands it again.
  public var offset: String?
  /// p₀: the (weighted) share of events in training.
  public var eventRate: Double
  /// Rows that the fit used.
  public var rows: Int
  public var bands: Bands
  /// Where the outcome has three ordered bands; ``positive`` is the highest.
  public var orderedBands: OrderedBands?

  public init(
    name: String, role: Role, target: String, positive: String, id: String? = nil, recipe: FittedRecipe,
    intercept: Double, coefficients: [Double], covariance: [Double]? = nil, termMeans: [Double],
    calibration: Calibration = .none, offset: String? = nil, eventRate: Double, rows: Int,
    bands: Bands = Bands(), orderedBands: OrderedBands? = nil
  ) {
    self.name = name
    self.role = role
    self.target = target
    self.positive = positive
    self.id = id
    self.recipe = recipe
    self.intercept = intercept
    self.coefficients = coefficients
    self.covariance = covariance
    self.termMeans = termMeans
    self.calibration = calibration
    self.offset = offset
    self.eventRate = eventRate
    self.rows = rows
    self.bands = bands
    self.orderedBands = orderedBands
  }
}
