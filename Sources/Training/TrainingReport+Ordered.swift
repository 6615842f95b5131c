import Metrics
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension TrainingReport {
  /// What a fit of three ordered bands says beyond its highest band (McCullagh 1980).
  public struct Ordered: Codable, Sendable {
    /// τ with P(band ≤ k) = expit(τₖ − xᵀβ), named as R's `polr` names it: "low|medium".
    public struct Threshold: Codable, Sendable {
      public var name: String
      public var estimate: Double
      public var stdError: Double
      public var ciLow: Double
      public var ciHigh: Double
    }

    /// The outcome's values, lowest first, and the rows of each.
    public var levels: [String]
    public var rows: [Int]
    public var thresholds: [Threshold]
    /// nil where one of the binary fits has no estimate, so that there is nothing to compare.
    public var parallelSlopes: ParallelSlopesTest?
  }

  /// Whether one coefficient serves both thresholds (Brant 1990), on fits without a penalty.
  public struct ParallelSlopesTest: Codable, Sendable {
    public struct Term: Codable, Sendable {
      public var term: String
      /// Log-odds per unit in the two binary fits.
      public var atLeastMedium: Double
      public var high: Double
      public var pValue: Double
    }

    public var statistic: Double
    public var degreesOfFreedom: Int
    public var pValue: Double
    /// Smallest p-value first.
    public var terms: [Term]
  }

  /// Quality of three ordered bands on rows that the fit had not seen.
  public struct OrderedQuality: Codable, Sendable {
    /// One cut of the bands: this one and those above against the rest.
    public struct Threshold: Codable, Sendable {
      public var band: String
      public var events: Double
      public var auc: Double?
      public var aucLow: Double?
      public var aucHigh: Double?
      public var calibrationIntercept: Double?
      public var calibrationSlope: Double?
    }

    /// Medium and high.
    public var thresholds: [Threshold]
    /// Mean of −log P(the row's band), and of the bands' shares alone.
    public var logLoss: Double
    public var logLossLow: Double
    public var logLossHigh: Double
    public var logLossOfShares: Double
    /// The share of pairs of rows of different bands that the log-odds put in the right order, ties half.
    public var concordance: Double?
  }
}

extension TrainingReport.OrderedQuality {
  /// - Parameters:
  ///   - highest: the measures of the highest band.
  ///   - linearPredictors: log-odds of the highest band; with `mediumShifts` added, of at least the middle one.
  init(
    highest: TrainingReport.Validation, bands: [Int], linearPredictors: [Double], mediumShifts: [Double],
    weights: [Double]?, groups: [Int32]?, dates: [Int64]?, seed: UInt64, threads: Int
  ) throws {
    let upper = zip(linearPredictors, mediumShifts).map { $0 + $1 }
    let medium = try TrainingReport.Validation(
      scheme: highest.scheme, outcomes: bands.map { $0 > 0 ? 1 : 0 }, linearPredictors: upper,
      calibrated: upper, weights: weights, groups: groups, dates: dates, seed: seed, threads: threads)
    thresholds = [("medium", medium), ("high", highest)].map { band, quality in
      Threshold(
        band: band, events: quality.events, auc: quality.auc, aucLow: quality.aucLow,
        aucHigh: quality.aucHigh, calibrationIntercept: quality.calibrationIntercept,
        calibrationSlope: quality.calibrationSlope)
    }
    let losses = bands.indices.map { row in
      Self.loss(bands[row], linearPredictors[row], shift: mediumShifts[row])
    }
    var (total, sum) = (0.0, 0.0)
    var shares = [0.0, 0.0, 0.0]
    for (row, loss) in losses.enumerated() {
      let weight = weights?[row] ?? 1
      total += weight
      sum += weight * loss
      shares[bands[row]] += weight
    }
    logLoss = sum / total
    let half = TrainingReport.Validation.halfWidth(losses, weights, groups)
    (logLossLow, logLossHigh) = (max(0, logLoss - half), logLoss + half)
    logLossOfShares = shares.reduce(0) { $1 > 0 ? $0 - $1 / total * log($1 / total) : $0 }
    concordance = try Self.concordance(bands, linearPredictors, weights, shares)
  }

  /// −log P(band) at log-odds η of the highest, exact in either tail.
  private static func loss(_ band: Int, _ eta: Double, shift: Double) -> Double {
    switch band {
    case 2: log1pExp(-eta)
    case 1: log1pExp(-eta - shift) + log1pExp(eta) - log(-expm1(-shift))
    default: log1pExp(eta + shift)
    }
  }

  /// The AUCs of the three pairs of bands, weighted by their pairs of rows.
  private static func concordance(
    _ bands: [Int], _ scores: [Double], _ weights: [Double]?, _ shares: [Double]
  ) throws -> Double? {
    var (right, pairs) = (0.0, 0.0)
    for (low, high) in [(0, 1), (0, 2), (1, 2)] where shares[low] > 0 && shares[high] > 0 {
      let rows = bands.indices.filter { bands[$0] == low || bands[$0] == high }
      let area = try RankedOutcomes(
        outcomes: rows.map { bands[$0] == high ? 1 : 0 }, scores: rows.map { scores[$0] },
        weights: weights.map { all in rows.map { all[$0] } }
      ).auc
      right += shares[low] * shares[high] * area
      pairs += shares[low] * shares[high]
    }
    return pairs > 0 ? right / pairs : nil
  }
}
