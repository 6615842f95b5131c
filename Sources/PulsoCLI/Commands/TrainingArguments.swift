import ArgumentParser
import Calendar
import Foundation
import ModelFile
import Training

/// The options that describe one model; shared by the command line and by the models that a configuration
/// declares.
struct TrainingArguments: ParsableArguments {
  @Option(help: "The outcome column.")
  var target: String?
  @Option(help: "The value of the outcome that counts as the event.")
  var positive: String?
  @Option(help: "The account's id; without --time, rows with one id never stand on both sides of a split.")
  var id: String?
  @Option(help: "The model's name, its folder under models/ (default churn or expansion, by role).")
  var name: String?
  @Option(help: "risk, expansion or other (default risk).")
  var role: String?
  @Option(
    help:
      "auto: imputation, pooling, and terms chosen on the training folds; plain: numbers as they are and one column a level, rows with a missing value left out (default auto)."
  )
  var recipe: String?
  @Option(help: "Only these columns, separated by commas.")
  var features: String?
  @Option(help: "All columns but these, separated by commas.")
  var exclude: String?
  @Option(help: "none, l2, elastic-net or firth (default l2).")
  var penalty: String?
  @Option(
    help:
      "A number, cv (best cross-validated deviance) or 1se (largest within one standard error) (default cv).")
  var lambda: String?
  @Option(help: "The elastic-net mix: 0 ridge, 1 lasso (default 0.5).")
  var alpha: Double?
  @Option(help: "Penalise on columns scaled to unit variance: true or false (default true).")
  var standardize: String?
  @Option(help: "A column of case weights.")
  var weights: String?
  @Option(help: "A column added to the linear predictor; scoring demands it again.")
  var offset: String?
  @Option(help: "A column of trials; the target then counts events.")
  var trials: String?
  @Option(
    help: "balanced, or the weight of an event relative to a non-event; the intercept is corrected back.")
  var classWeight: String?
  @Option(
    help:
      "Standard errors: none (the model's), hc0, hc1 or cluster:COLUMN (default cluster by account where accounts repeat, else none)."
  )
  var robust: String?
  @Option(
    help:
      "wald or profile (likelihood; with --penalty none or firth): the coefficients' 95 % intervals (default wald)."
  )
  var ci: String?
  @Option(help: "Validation folds; 0 for no validation (default 5).")
  var folds: Int?
  @Option(help: "Rows with one value of this column stay together in every split that is not by time.")
  var group: String?
  @Option(help: "The date column of a forward-in-time validation.")
  var time: String?
  @Option(
    help: ArgumentHelp(
      "How far past its date a row's outcome looks, such as 90d or 3mo: validation by time then learns only from outcomes known at the cut. A configuration's models take the horizon of their label.",
      valueName: "span"))
  var horizon: String?
  @Option(help: "A share (0.2) or a date: rows kept aside to validate on.")
  var holdout: String?
  @Option(help: "auto, none, platt, isotonic or beta, on out-of-fold predictions (default auto).")
  var calibrate: String?
  @Option(help: "Stop when the Newton decrement is below this (default 1e-12).")
  var tolerance: Double?
  @Option(help: "At most this many Newton steps (default 100).")
  var maxIterations: Int?
  @Option(help: "The seed of the folds and intervals (default 1).")
  var seed: UInt64?

  /// The options as training values; what cannot be read is a usage error that names the option.
  func trainingOptions(target: String, threads: Int) throws -> TrainingOptions {
    var options = TrainingOptions(target: target)
    options.positive = positive
    options.id = id
    options.role = try Self.choice("--role", role) ?? .risk
    options.name = name ?? (options.role == .other ? "model" : options.role == .risk ? "churn" : "expansion")
    try Registry.check(name: options.name)
    options.recipe = try Self.choice("--recipe", recipe) ?? .auto
    options.features = features.map(Self.list)
    options.exclude = exclude.map(Self.list) ?? []
    options.penalty = try Self.choice("--penalty", penalty) ?? .l2
    if let lambda {
      switch lambda {
      case "cv": options.lambda = .crossValidated
      case "1se": options.lambda = .oneStandardError
      default: options.lambda = .value(try Self.number("--lambda", lambda, atLeast: 0))
      }
    }
    if let alpha {
      guard (0...1).contains(alpha) else { throw Self.wrong("--alpha", "\(alpha)", "a number from 0 to 1") }
      options.alpha = alpha
    }
    if let standardize {
      guard let value = Bool(standardize) else {
        throw Self.wrong("--standardize", standardize, "true or false")
      }
      options.standardize = value
    }
    options.weights = weights
    options.offset = offset
    options.trials = trials
    if let classWeight {
      options.classWeight =
        classWeight == "balanced"
        ? .balanced : .ratio(try Self.number("--class-weight", classWeight, above: 0))
    }
    switch robust {
    case nil: options.standardErrors = .automatic
    case "none": options.standardErrors = .model
    case "hc0": options.standardErrors = .hc0
    case "hc1": options.standardErrors = .hc1
    case let text? where text.hasPrefix("cluster:") && text.count > 8:
      options.standardErrors = .cluster(String(text.dropFirst(8)))
    case let text?: throw Self.wrong("--robust", text, "none, hc0, hc1 or cluster:COLUMN")
    }
    options.confidenceIntervals = try Self.choice("--ci", ci) ?? .wald
    if options.confidenceIntervals == .profile, options.penalty != .none, options.penalty != .firth {
      throw CommandError(
        .usage, "--ci profile needs a likelihood without a penalty of \(options.penalty.rawValue)",
        hint: "with --penalty none or firth there is one; leave out --ci otherwise")
    }
    if let folds {
      guard folds == 0 || folds >= 2 else { throw Self.wrong("--folds", "\(folds)", "0 or at least 2") }
      options.folds = folds
    }
    options.group = group
    options.time = time
    if let horizon {
      guard let span = CalendarSpan(horizon) else {
        throw Self.wrong("--horizon", horizon, "a span such as 90d, 2w, 3mo or 1y")
      }
      guard time != nil else {
        throw CommandError(
          .usage, "--horizon needs --time",
          hint: "name the date that the outcome is counted from: --time COLUMN")
      }
      options.horizon = span
    }
    if let holdout {
      if let date = CalendarDate(iso8601: holdout) {
        guard time != nil else {
          throw CommandError(
            .usage, "--holdout with a date needs --time", hint: "name the date column: --time COLUMN")
        }
        options.holdout = .from(date)
      } else {
        guard let share = Double(holdout), share >= 1e-6, share < 1 else {
          throw Self.wrong("--holdout", holdout, "a share from 0.000001 to below 1, or a date YYYY-MM-DD")
        }
        options.holdout = .fraction(share)
      }
    }
    options.calibration = try Self.choice("--calibrate", calibrate) ?? .auto
    if let tolerance {
      guard tolerance > 0, tolerance.isFinite else {
        throw Self.wrong("--tolerance", "\(tolerance)", "a positive number")
      }
      options.tolerance = tolerance
    }
    if let maxIterations {
      guard maxIterations > 0 else {
        throw Self.wrong("--max-iterations", "\(maxIterations)", "a positive number")
      }
      options.maximumIterations = maxIterations
    }
    try checkAgreement(options)
    options.threads = threads
    options.seed = seed ?? 1
    return options
  }

  /// An option that would do nothing beside another is an error, not ignored.
  private func checkAgreement(_ options: TrainingOptions) throws {
    func contradiction(_ message: String, _ hint: String) -> CommandError {
      CommandError(.usage, message, hint: hint)
    }
    if lambda != nil, options.penalty == .none || options.penalty == .firth {
      throw contradiction(
        "--lambda does nothing with --penalty \(options.penalty.rawValue)", "leave out one of the two")
    }
    if alpha != nil, options.penalty != .elasticNet {
      throw contradiction("--alpha needs --penalty elastic-net", "l2 is its alpha 0, the lasso its alpha 1")
    }
    let isValidated = options.folds > 0 || options.holdout != nil
    if calibrate != nil, options.calibration != .auto, options.calibration != .none, !isValidated {
      throw contradiction(
        "--calibrate \(options.calibration.rawValue) needs rows that the model had not seen",
        "give --folds or --holdout")
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func choice<Value: RawRepresentable & CaseIterable>(
    _ option: String, _ text: String?
  ) throws -> Value? where Value.RawValue == String {
    guard let text else { return nil }
    guard let value = Value(rawValue: text) else {
      throw wrong(option, text, Value.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return value
  }

  private static func number(
    _ option: String, _ text: String, atLeast low: Double = -.infinity, above: Double = -.infinity
  ) throws -> Double {
    guard let value = Double(text), value.isFinite, value >= low, value > above else {
      throw wrong(
        option, text, above > -.infinity ? "a number above \(above)" : "a number of at least \(low)")
    }
    return value
  }

  private static func wrong(_ option: String, _ text: String, _ expected: String) -> CommandError {
    CommandError(.usage, "\(option) is \(text)", hint: "expected \(expected)")
  }
}
