import Features
import LinearAlgebra
import LogisticRegression
import Metrics
public import ModelFile
import Scoring
import StableNumerics
import Synchronization
public import Tables

/// From a table with outcomes to a model that has been validated, calibrated and explained.
///
/// Validation comes first, on rows that no part of the fit has seen: each fold learns medians, levels, terms
/// and λ for itself. The final model learns from all rows, a holdout included.
public struct Trainer: Sendable {
  public let options: TrainingOptions

  public init(_ options: TrainingOptions) throws(TrainingError) {
    guard options.threads > 0 else {
      throw .invalidOption(name: "--threads", detail: "\(options.threads) is not positive")
    }
    self.options = options
  }

  /// What a run leaves behind.
  public struct Result: Sendable {
    public var model: Model
    /// What later tables are compared with.
    public var baseline: Baseline
    public var report: TrainingReport
    /// Rows with a prediction that they did not help to make, in the training's own order.
    public var outOfFold: OutOfFold?
    /// The same for the holdout, where there is one.
    public var holdout: OutOfFold?

    /// The rows to judge the model by.
    public var unseen: OutOfFold? { holdout ?? outOfFold }
  }

  /// Predictions for rows that the predicting fit had not seen.
  public struct OutOfFold: Sendable {
    /// Rows of the training table.
    public let rows: [Int]
    public let outcomes: [Double]
    public let linearPredictors: [Double]
    /// Log-odds after a calibration that had not seen the row.
    public internal(set) var calibrated: [Double]
    public let weights: [Double]?
    public let groups: [Int32]?
    /// Rows of one date have one number, where there is a time column: accounts are ranked within a date.
    public let dates: [Int64]?
    /// Where ordered bands are fitted: each row's, and from its log-odds to those of at least the middle band.
    public internal(set) var bands: [Int]?
    public internal(set) var mediumShifts: [Double]?
  }

  /// - Parameters:
  ///   - now: seconds on a clock of the caller's, for the timings in the report.
  ///   - progress: called with the fits done and the fits there are, on whichever thread.
  /// - Throws: ``TrainingError``, `RecipeError`, `FitError` or `MetricError`.
  public func train(
    _ table: Table, now: () -> Double = { 0 },
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Result {
    let begin = now()
    let data = try TrainingRows(table, options)
    let pipeline = Pipeline(data: data, options: options)
    var seconds = TrainingReport.Seconds()
    seconds.recipe = now() - begin

    let all = Array(data.rows.indices)
    let aside = try ValidationSplits.holdout(data, options)
    let splits =
      options.folds > 0
      ? try ValidationSplits(data, options, positions: aside?.training ?? all) : nil
    let steps = Steps(total: 1 + (aside == nil ? 0 : 1) + (splits?.splits.count ?? 0), progress)
    let fitting = now()
    let final = try pipeline.fit(all, threads: options.threads)
    steps.advance()
    seconds.fit = now() - fitting

    let validating = now()
    var holdout: (scheme: String, predictions: OutOfFold)?
    if let aside {
      let split = ValidationSplits.Split(training: aside.training, validation: aside.validation)
      holdout = (aside.scheme, try predictions(pipeline, [split], reusing: nil, steps))
    }
    var outOfFold: (scheme: String, predictions: OutOfFold)?
    var curve: TrainingReport.LearningCurve?
    if let splits {
      // λ is a single number chosen on hundreds of thousands of rows: choosing it anew in each fold would
      // change nothing but the waiting time.
      let shared = all.count > 200_000 ? final.lambda : nil
      let whole = try predictions(pipeline, splits.splits, reusing: shared, steps)
      outOfFold = (splits.scheme, whole)
      if options.learningCurve { curve = try learningCurve(pipeline, splits, whole, reusing: shared) }
    }
    let calibration = try calibrate(outOfFold?.predictions ?? holdout?.predictions)
    let calibrated = try outOfFold.map { try self.calibrated($0.predictions, as: calibration) }
    outOfFold?.predictions.calibrated = calibrated ?? []
    let calibratedLater = try holdout.map { try self.calibrated($0.predictions, as: calibration) }
    holdout?.predictions.calibrated = calibratedLater ?? []
    let validation = try outOfFold.map { try quality($0.scheme, $0.predictions) }
    let later = try holdout.map { try quality($0.scheme, $0.predictions) }
    seconds.validate = now() - validating

    let standardErrors = try standardErrors(final, data)
    let inference = try inference(final, standardErrors)
    let moments = final.observations.design.moments(
      weights: final.observations.weights, threads: options.threads)
    let model = model(final, data, moments, inference: inference, calibration: calibration)
    var report = report(final, data, moments, inference: inference)
    report.validation = validation
    report.holdout = later
    report.calibration = calibration.name
    report.effects = try InputEffects(final, model, data).all(threads: options.threads).sorted {
      ($0.perDeviation ?? $0.change).magnitude > ($1.perDeviation ?? $1.change).magnitude
    }
    if let ordered = final.ordered {
      try ordered.describe(&report, final, levels: data.bandLevels, standardErrors, threads: options.threads)
    }
    report.groupTests = final.groupTests(threads: options.threads)
    report.influential = try final.influentialRows(data)
    report.learningCurve = curve
    report.learnedUntil = data.times?.max().map { Dates.iso8601($0, hasTimeOfDay: false) }
    report.warnings = try TrainingWarning.all(
      final, data, options, report: report, outOfFold: outOfFold?.predictions)
    seconds.total = now() - begin
    report.seconds = seconds
    let baseline = try Baseline(
      Scorer(model), table, rows: final.positions.map { data.rows[$0] }, threads: options.threads)
    return Result(
      model: model, baseline: baseline, report: report, outOfFold: outOfFold?.predictions,
      holdout: holdout?.predictions)
  }

  // MARK: Validation

  private func predictions(
    _ pipeline: Pipeline, _ splits: [ValidationSplits.Split], reusing lambda: Double?, _ steps: Steps? = nil
  ) throws -> OutOfFold {
    // Folds side by side where there are several, else threads inside the one fit.
    let inner = splits.count > 1 ? 1 : options.threads
    let results = mapBlocks(count: splits.count, threads: options.threads) {
      fold -> Swift.Result<(eta: [Double], mediumShift: Double?), any Error> in
      Swift.Result {
        let fit = try pipeline.fit(splits[fold].training, lambda: lambda, threads: inner)
        steps?.advance()
        return (try pipeline.linearPredictors(fit, splits[fold].validation), fit.ordered?.mediumShift)
      }
    }
    var positions: [Int] = []
    var eta: [Double] = []
    var shifts: [Double] = []
    for (split, result) in zip(splits, results) {
      let (values, shift) = try result.get()
      for (position, value) in zip(split.validation, values) where !value.isNaN {
        positions.append(position)
        eta.append(value)
        if let shift { shifts.append(shift) }
      }
    }
    var predictions = OutOfFold(positions, eta, pipeline.data)
    if let bands = pipeline.data.fittedBands {
      predictions.bands = positions.map { bands[$0] }
      predictions.mediumShifts = shifts
    }
    return predictions
  }

  /// Validation again with each fit learning from an eighth, a quarter and a half of its rows; a share that is too
  /// small to fit is left out.
  private func learningCurve(
    _ pipeline: Pipeline, _ splits: ValidationSplits, _ whole: OutOfFold, reusing lambda: Double?
  ) throws -> TrainingReport.LearningCurve {
    func point(
      _ splits: [ValidationSplits.Split], _ predictions: OutOfFold
    ) throws -> TrainingReport.LearningCurve.Point {
      let quality = try PredictionQuality(
        outcomes: predictions.outcomes, linearPredictors: predictions.linearPredictors,
        weights: predictions.weights)
      let folds = Double(splits.count)
      let events = splits.reduce(0.0) { $0 + $1.training.reduce(0) { $0 + pipeline.data.outcomes[$1] } }
      return .init(
        rows: splits.reduce(0.0) { $0 + Double($1.training.count) } / folds, events: events / folds,
        auc: quality.auc?.value, logLoss: quality.logLoss)
    }
    var points: [TrainingReport.LearningCurve.Point] = []
    for share in [0.125, 0.25, 0.5] {
      let thinned = splits.thinned(to: share, pipeline.data, seed: options.seed &+ 8)
      guard let predictions = try? predictions(pipeline, thinned, reusing: lambda) else { continue }
      points.append(try point(thinned, predictions))
    }
    points.append(try point(splits.splits, whole))
    return TrainingReport.LearningCurve(points)
  }

  private func calibrate(_ predictions: OutOfFold?) throws -> Model.Calibration {
    // A calibration of one threshold would tear the bands apart.
    guard let predictions, options.calibration != .none, predictions.bands == nil else { return .none }
    return try CalibrationFit(
      options.calibration, outcomes: predictions.outcomes, linearPredictors: predictions.linearPredictors,
      weights: predictions.weights, groups: predictions.groups, seed: options.seed &+ 4
    ).calibration
  }

  private func quality(_ scheme: String, _ predictions: OutOfFold) throws -> TrainingReport.Validation {
    var validation = try TrainingReport.Validation(
      scheme: scheme, outcomes: predictions.outcomes, linearPredictors: predictions.linearPredictors,
      calibrated: predictions.calibrated,
      weights: predictions.weights, groups: predictions.groups, dates: predictions.dates,
      seed: options.seed &+ 5, threads: options.threads)
    if let bands = predictions.bands, let shifts = predictions.mediumShifts {
      validation.ordered = try TrainingReport.OrderedQuality(
        highest: validation, bands: bands, linearPredictors: predictions.linearPredictors,
        mediumShifts: shifts, weights: predictions.weights, groups: predictions.groups,
        dates: predictions.dates, seed: options.seed &+ 9, threads: options.threads)
    }
    return validation
  }

  /// Calibrated log-odds of rows that the calibration had not seen: it is fitted anew on four fifths at a time.
  private func calibrated(_ rows: OutOfFold, as calibration: Model.Calibration) throws -> [Double] {
    guard calibration != .none, let choice = TrainingOptions.CalibrationChoice(rawValue: calibration.name),
      let folds = try? Folds.stratified(
        outcomes: rows.outcomes, groups: rows.groups, count: 5, seed: options.seed &+ 6)
    else { return rows.linearPredictors.map { calibration.linearPredictor(of: $0) } }
    var result = rows.linearPredictors
    for fold in 0..<5 {
      let (training, validation) = Folds.split(folds, fold)
      let fitted = try CalibrationFit(
        choice, outcomes: training.map { rows.outcomes[$0] },
        linearPredictors: training.map { rows.linearPredictors[$0] },
        weights: rows.weights.map { all in training.map { all[$0] } }, seed: options.seed
      ).calibration
      for row in validation { result[row] = fitted.linearPredictor(of: rows.linearPredictors[row]) }
    }
    return result
  }

  // MARK: The artifact

  private func standardErrors(_ fit: Pipeline.Fit, _ data: TrainingRows) throws -> StandardErrors {
    switch options.standardErrors {
    case .automatic: data.groups.map { all in .cluster(fit.positions.map { all[$0] }) } ?? .model
    case .model: .model
    case .hc0: .hc0
    case .hc1: .hc1
    case .cluster(let column): .cluster(try data.clusters(column, at: fit.positions))
    }
  }

  private func inference(_ fit: Pipeline.Fit, _ kind: StandardErrors) throws -> Inference {
    if let ordered = fit.ordered { return try ordered.inference(kind) }
    var inference = try fit.regression.inference(fit.observations, standardErrors: kind)
    guard options.confidenceIntervals == .profile else { return inference }
    guard kind == .model else {
      throw TrainingError.invalidOption(
        name: "--ci",
        detail:
          "profile intervals rest on the likelihood of rows that stand alone: --robust none asks for them"
      )
    }
    for interval in try fit.regression.profileIntervals(fit.observations) {
      guard let row = inference.rows.firstIndex(where: { $0.term == interval.term }) else { continue }
      inference.rows[row].ciLow = interval.low
      inference.rows[row].ciHigh = interval.high
    }
    return inference
  }

  private func model(
    _ fit: Pipeline.Fit, _ data: TrainingRows, _ moments: [ColumnMoments], inference: Inference,
    calibration: Model.Calibration
  ) -> Model {
    // Class weights shape the fit, not the book: the usual odds are those of the rows as they are.
    let plain = fit.positions.map { (data.weights?[$0] ?? 1) * (data.trials?[$0] ?? 1) }
    let rate = zip(plain, fit.positions).reduce(0) { $0 + $1.0 * data.outcomes[$1.1] } / plain.reduce(0, +)
    return Model(
      name: options.name, role: options.role, target: options.target, positive: data.positive, id: options.id,
      recipe: fit.recipe, intercept: fit.intercept, coefficients: fit.coefficients,
      covariance: packed(inference.covariance), termMeans: moments.map { $0.mean / $0.unit },
      calibration: calibration, offset: options.offset, eventRate: rate, rows: fit.positions.count,
      bands: options.bands,
      orderedBands: fit.ordered.map {
        Model.OrderedBands(levels: data.bandLevels, mediumIntercept: -$0.fit.thresholds[0])
      })
  }

  /// The lower triangle row after row; an aliased column has no estimate and adds no uncertainty.
  private func packed(_ covariance: Matrix) -> [Double]? {
    var result: [Double] = []
    for i in 0..<covariance.rows {
      for j in 0...i { result.append(covariance[i, j].isFinite ? covariance[i, j] : 0) }
    }
    return result
  }
}

/// Counts fits as they end.
private final class Steps: Sendable {
  private let done = Mutex(0)
  private let total: Int
  private let progress: @Sendable (Int, Int) -> Void

  init(total: Int, _ progress: @escaping @Sendable (Int, Int) -> Void) {
    self.total = total
    self.progress = progress
  }

  func advance() {
    done.withLock { done in
      done += 1
      progress(done, total)
    }
  }
}

extension Trainer.OutOfFold {
  /// Rows with trials become two rows: their events and the rest, weighted.
  fileprivate init(_ positions: [Int], _ eta: [Double], _ data: TrainingRows) {
    guard let trials = data.trials else {
      rows = positions.map { data.rows[$0] }
      outcomes = positions.map { data.outcomes[$0] }
      linearPredictors = eta
      calibrated = []
      weights = data.weights.map { all in positions.map { all[$0] } }
      groups = data.groups.map { all in positions.map { all[$0] } }
      dates = data.times.map { all in positions.map { all[$0] } }
      return
    }
    rows = positions.flatMap { [data.rows[$0], data.rows[$0]] }
    outcomes = positions.flatMap { _ in [1, 0] }
    linearPredictors = eta.flatMap { [$0, $0] }
    calibrated = []
    weights = positions.flatMap { position in
      let weight = (data.weights?[position] ?? 1) * trials[position]
      return [weight * data.outcomes[position], weight * (1 - data.outcomes[position])]
    }
    groups = positions.flatMap { position in
      let group = data.groups?[position] ?? Int32(position)
      return [group, group]
    }
    dates = data.times.map { all in positions.flatMap { [all[$0], all[$0]] } }
  }
}

extension Model.Calibration {
  /// As in options and reports.
  public var name: String {
    switch self {
    case .none: "none"
    case .platt: "platt"
    case .isotonic: "isotonic"
    case .beta: "beta"
    }
  }
}
