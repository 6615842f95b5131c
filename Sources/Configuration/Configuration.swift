public import Calendar
public import Features
public import Tables

/// What `pulso.yaml` says, as plain values. A section that the file leaves out is the one of
/// ``standardText``, except that features follow the tables: with tables of one's own and no features, they
/// are made from what the tables have.
public struct Configuration {
  /// The file, as the user named it.
  public var file: String
  /// The folder of the tables: absolute, or relative to the working folder.
  public var dataFolder: String
  public var language: Language?
  /// Tables, features, labels, outcome definitions and onboarding.
  public var plan: FeaturePlan
  /// How far ahead labels look.
  public var horizon: CalendarSpan
  public var models: [ModelDeclaration]
  /// How many reasons the nightly scores give.
  public var reasons: Int
  public var bands: BandLimits
  /// Features that an account manager can act on, as column names.
  public var actionable: [String]
  /// The section `segment`, unread; nil when the file has none.
  public var segment: StrictMapping?
  public var nightly: NightlySettings
  /// Where each feature is declared, by its name.
  public var featurePlaces: [String: SourcePlace]

  /// Limits of the bands; `ModelFile` explains health and odds.
  public struct BandLimits: Sendable, Equatable {
    /// `red` below this health, `green` from that on.
    public var red = 25.0
    public var green = 75.0
    /// `high` from this multiple of the usual odds on, `low` below that.
    public var high = 3.0
    public var low = 1.0
  }

  public enum Language: String, Sendable, CaseIterable {
    case en, es
  }
}

/// A model that `pulso train --config` trains: the options of `train`, as they are written there.
public struct ModelDeclaration: Sendable, Equatable {
  public let name: String
  public var role: String?
  public var target: String?
  public var positive: String?
  public var id: String?
  public var recipe: String?
  public var features: [String]?
  public var exclude: [String]?
  public var penalty: String?
  public var lambda: String?
  public var alpha: Double?
  public var standardize: Bool?
  public var weights: String?
  public var offset: String?
  public var trials: String?
  public var classWeight: String?
  public var robust: String?
  public var ci: String?
  public var folds: Int?
  public var group: String?
  public var time: String?
  public var horizon: String?
  public var holdout: String?
  public var calibrate: String?
  public var tolerance: Double?
  public var maxIterations: Int?
  public var seed: Int?
  /// Columns whose effect must not be negative (+1) or positive (−1).
  public var bounds: [String: Int] = [:]
  public let place: SourcePlace

  public init(name: String, place: SourcePlace = SourcePlace()) {
    self.name = name
    self.place = place
  }

  /// Equal when they ask for the same model, wherever they are written.
  public static func == (a: ModelDeclaration, b: ModelDeclaration) -> Bool {
    a.fields == b.fields && a.bounds == b.bounds
  }

  private var fields: [String?] {
    [
      name, role, target, positive, id, recipe, features?.joined(separator: "\n"),
      exclude?.joined(separator: "\n"), penalty, lambda, alpha?.description, standardize?.description,
      weights, offset, trials, classWeight, robust, folds?.description, group, time, holdout, calibrate,
      tolerance?.description, maxIterations?.description, seed?.description,
    ]
  }
}
