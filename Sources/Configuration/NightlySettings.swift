public import Accounts
import Features
public import Training

/// The section `nightly` of `pulso.yaml`: what a night reads, and where it leaves its results.
///
/// ```yaml
/// nightly:
///   accounts: book.csv
///   exports: [salesforce, customer]
///   fail_on: {psi: 0.2}
/// ```
public struct NightlySettings: Sendable, Equatable {
  /// The table to segment, in the folder of the tables; nil for the one with the role accounts.
  public var accounts: String?
  /// A table to score as it is, in the folder of the tables; nil where features are made.
  public var table: String?
  /// Absolute, or relative to the working folder, as the next two.
  public var models: String
  public var history: String
  public var out: String
  public var intervals = true
  public var exports: [ExportFormat] = []
  public var failOn = DriftLimits([])

  /// `folder` is the one that the configuration lies in.
  init(_ mapping: StrictMapping?, folder: String) throws(ConfigurationError) {
    guard var own = mapping else {
      (models, history, out) = Self.standardPaths(folder)
      return
    }
    let standard = Self.standardPaths(folder)
    accounts = try own.string("accounts")
    table = try own.string("table")
    func path(_ key: String) throws(ConfigurationError) -> String? {
      try own.string(key).map { Configuration.join(folder, $0) }
    }
    models = try path("models") ?? standard.models
    history = try path("history") ?? standard.history
    out = try path("out") ?? standard.out
    intervals = try own.bool("intervals") ?? true
    exports = try own.choices("exports", ExportFormat.self) ?? []
    if var limits = try own.mapping("fail_on") {
      failOn = DriftLimits(try Self.limits(&limits))
    }
    try own.finish()
  }

  private static func standardPaths(_ folder: String) -> (models: String, history: String, out: String) {
    (
      Configuration.join(folder, "models"), Configuration.join(folder, "history.sqlite"),
      Configuration.join(folder, "nightly")
    )
  }

  private static func limits(
    _ mapping: inout StrictMapping
  ) throws(ConfigurationError) -> [(measure: DriftLimits.Measure, limit: Double)] {
    var limits: [(measure: DriftLimits.Measure, limit: Double)] = []
    for measure in DriftLimits.Measure.allCases {
      if let limit = try mapping.double(measure.rawValue, in: 0...1e12) { limits.append((measure, limit)) }
    }
    try mapping.finish()
    return limits
  }
}

extension Configuration {
  /// The accounts to segment, as a table's location; nil where neither the section nor a table's role says.
  public var accountsLocation: String? {
    if let named = nightly.accounts { return location(named) }
    return plan.tables.first { $0.role == .accounts }.map { location(of: $0) }
  }

  /// The table to score as it is; nil where features are made.
  public var scoredTableLocation: String? { nightly.table.map { location($0) } }
}
