import Metrics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What a plot of a model's quality needs: curves of at most 101 points, to five decimals.
///
/// Ranks are those of the model, probabilities the calibrated ones, as in ``TrainingReport/Validation``.
public struct QualityCurves: Codable, Sendable, Equatable {
  public struct Curve: Codable, Sendable, Equatable {
    public let x: [Double]
    public let y: [Double]
  }

  /// Rows of similar probability: what was said, and what happened with Wilson's 95 % interval.
  public struct Bin: Codable, Sendable, Equatable {
    public let weight: Double
    public let meanProbability: Double
    public let eventRate: Double
    public let low: Double
    public let high: Double
  }

  public let eventRate: Double
  /// False positive rate, true positive rate.
  public let roc: Curve
  /// Recall, precision; recall ascending.
  public let precisionRecall: Curve
  /// The highest-scored share of the rows, the share of all events in it.
  public let gains: Curve
  /// Ten bins of equal weight, fewer where probabilities are tied.
  public let calibration: [Bin]

  /// Cost: two sorts. Throws `MetricError` where the rows hold one class only.
  init(
    outcomes: [Double], linearPredictors: [Double], calibrated: [Double], weights: [Double]?
  ) throws(MetricError) {
    let ranked = try RankedOutcomes(outcomes: outcomes, scores: linearPredictors, weights: weights)
    let forecasts = try Forecasts(outcomes: outcomes, linearPredictors: calibrated, weights: weights)
    let cuts = ranked.cuts
    let recall = cuts.map { $0.events / ranked.events }
    let fallout = cuts.map { $0.nonEvents / ranked.nonEvents }
    let taken = cuts.map { ($0.events + $0.nonEvents) / ranked.weight }
    eventRate = Self.rounded(ranked.eventRate)
    roc = Curve(fallout, recall, every: zip(fallout, recall).map { ($0 + $1) / 2 })
    precisionRecall = Curve(
      Array(recall.dropFirst()), cuts.dropFirst().map { $0.events / ($0.events + $0.nonEvents) },
      every: Array(recall.dropFirst()))
    gains = Curve(taken, recall, every: taken)
    calibration = try forecasts.reliability(bins: 10).map {
      Bin(
        weight: Self.rounded($0.weight), meanProbability: Self.rounded($0.meanProbability),
        eventRate: Self.rounded($0.eventRate.value), low: Self.rounded($0.eventRate.low),
        high: Self.rounded($0.eventRate.high))
    }
  }

  fileprivate static func rounded(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }
}

extension QualityCurves.Curve {
  /// The first and last point, and between them those at which `progress`, which ascends from 0 to 1, passes
  /// another hundredth.
  fileprivate init(_ x: [Double], _ y: [Double], every progress: [Double]) {
    var kept: [Int] = []
    var next = 0.0
    for index in x.indices where progress[index] >= next || index == x.count - 1 {
      kept.append(index)
      next = (floor(progress[index] * 100 + 1e-9) + 1) / 100
    }
    self.init(
      x: kept.map { QualityCurves.rounded(x[$0]) }, y: kept.map { QualityCurves.rounded(y[$0]) })
  }
}
