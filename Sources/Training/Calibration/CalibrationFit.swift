public import Metrics
public import ModelFile
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A calibration and why it was chosen.
public struct CalibrationFit: Sendable, Equatable {
  /// A calibration that was tried, by its log loss on rows that it had not seen.
  public struct Candidate: Sendable, Equatable {
    public let choice: TrainingOptions.CalibrationChoice
    /// Mean log loss, in nats.
    public let logLoss: Double
    /// How much lower than without calibration.
    public let gain: Double
    /// Of the gain, over rows (over groups, where there are groups).
    public let standardError: Double

    /// It helps where it gains more than one standard error.
    public var helps: Bool { gain > standardError }
  }

  public let calibration: Model.Calibration
  /// What `auto` compared; empty where the choice was given.
  public let candidates: [Candidate]

  /// Fits a calibration on out-of-fold linear predictors.
  ///
  /// `auto` tries each form on five folds of these rows and takes the one with the lowest log loss, if it
  /// helps; otherwise none, as also where there are fewer than five events to deal. Deterministic in
  /// (rows, seed). Cost: six fits of each form.
  ///
  /// - Parameters:
  ///   - outcomes: 0 or 1, or a share of trials.
  ///   - groups: rows with one number stay in one fold.
  public init(
    _ choice: TrainingOptions.CalibrationChoice, outcomes: [Double], linearPredictors: [Double],
    weights: [Double]? = nil, groups: [Int32]? = nil, seed: UInt64
  ) throws(MetricError) {
    guard choice == .auto else {
      candidates = []
      calibration = try Self.fit(choice, outcomes, linearPredictors, weights)
      return
    }
    for count in [linearPredictors.count, weights?.count ?? outcomes.count, groups?.count ?? outcomes.count]
    where count != outcomes.count {
      throw .lengthsDiffer(expected: outcomes.count, found: count)
    }
    let folds = try? Folds.stratified(outcomes: outcomes, groups: groups, count: 5, seed: seed)
    let losses = folds.map {
      Self.crossValidatedGains(outcomes, linearPredictors, weights, folds: $0)
    }
    var candidates: [Candidate] = []
    for (choice, gains) in losses ?? [] {
      candidates.append(
        Self.candidate(
          choice, gains, outcomes: outcomes, linearPredictors: linearPredictors, weights: weights,
          groups: groups))
    }
    self.candidates = candidates
    let best = candidates.filter(\.helps).min { $0.logLoss < $1.logLoss }
    calibration = try Self.fit(best?.choice ?? .none, outcomes, linearPredictors, weights)
  }

  private static func fit(
    _ choice: TrainingOptions.CalibrationChoice, _ outcomes: [Double], _ linearPredictors: [Double],
    _ weights: [Double]?
  ) throws(MetricError) -> Model.Calibration {
    switch choice {
    case .auto, .none: .none
    case .platt:
      try .platt(outcomes: outcomes, linearPredictors: linearPredictors, weights: weights)
    case .isotonic:
      try .isotonic(outcomes: outcomes, linearPredictors: linearPredictors, weights: weights)
    case .beta: try .beta(outcomes: outcomes, linearPredictors: linearPredictors, weights: weights)
    }
  }

  /// For each form that can be fitted in every fold: by how much it lowers each row's log loss.
  private static func crossValidatedGains(
    _ outcomes: [Double], _ linearPredictors: [Double], _ weights: [Double]?, folds: [Int]
  ) -> [(TrainingOptions.CalibrationChoice, [Double])] {
    var result: [(TrainingOptions.CalibrationChoice, [Double])] = []
    for choice in [TrainingOptions.CalibrationChoice.platt, .beta, .isotonic] {
      var gains = [Double](repeating: 0, count: outcomes.count)
      do {
        for fold in 0..<((folds.max() ?? 0) + 1) {
          let (training, validation) = Folds.split(folds, fold)
          let calibration = try fit(
            choice, training.map { outcomes[$0] }, training.map { linearPredictors[$0] },
            weights.map { weights in training.map { weights[$0] } })
          for row in validation {
            let eta = linearPredictors[row]
            gains[row] =
              logLoss(outcomes[row], eta)
              - logLoss(outcomes[row], calibration.linearPredictor(of: eta))
          }
        }
      } catch { continue }
      result.append((choice, gains))
    }
    return result
  }

  private static func candidate(
    _ choice: TrainingOptions.CalibrationChoice, _ gains: [Double], outcomes: [Double],
    linearPredictors: [Double], weights: [Double]?, groups: [Int32]?
  ) -> Candidate {
    let weights = weights ?? [Double](repeating: 1, count: gains.count)
    let total = weights.reduce(0, +)
    var gain = 0.0
    var plain = 0.0
    for row in gains.indices {
      gain += weights[row] * gains[row] / total
      plain += weights[row] * logLoss(outcomes[row], linearPredictors[row]) / total
    }
    // The sandwich variance of a weighted mean, rows of a group added up first.
    var deviations: [Double]
    if let groups {
      deviations = [Double](repeating: 0, count: Int(groups.max() ?? -1) + 1)
      for row in gains.indices { deviations[Int(groups[row])] += weights[row] * (gains[row] - gain) / total }
    } else {
      deviations = gains.indices.map { weights[$0] * (gains[$0] - gain) / total }
    }
    let variance = deviations.reduce(0) { $0 + $1 * $1 }
    return Candidate(
      choice: choice, logLoss: plain - gain, gain: gain, standardError: variance.squareRoot())
  }

  private static func logLoss(_ outcome: Double, _ linearPredictor: Double) -> Double {
    outcome * log1pExp(-linearPredictor) + (1 - outcome) * log1pExp(linearPredictor)
  }
}
