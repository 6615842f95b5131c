import Foundation
import StableNumerics

/// What was drawn, and how well the true log-odds rank and price it: the best that any model of the same
/// facts can do, up to luck.
///
/// Counts sit in bins of the log-odds 1/128 wide, so that a tally of any number of accounts stays small; two
/// accounts in one bin count as tied, which moves the AUC by less than 1e-4. Tallies of blocks are added in
/// the order of the blocks.
struct OutcomeTally: Sendable {
  private static let lowest = -16.0
  private static let binsPerUnit = 128.0
  private static let binCount = 32 * 128

  private(set) var events = 0
  private(set) var atRisk = 0
  private var negativeLogLikelihood = 0.0
  private var positives = [Int](repeating: 0, count: binCount)
  private var negatives = [Int](repeating: 0, count: binCount)

  /// - Parameter priced: whether the log-odds are those of this very outcome; else they only rank it.
  mutating func add(logOdds: Double, happened: Bool, priced: Bool = true) {
    let position = ((logOdds - Self.lowest) * Self.binsPerUnit).rounded(.down)
    let bin = Int(min(max(position, 0), Double(Self.binCount - 1)))
    atRisk += 1
    if happened {
      events += 1
      positives[bin] += 1
    } else {
      negatives[bin] += 1
    }
    if priced { negativeLogLikelihood += log1pExp(happened ? -logOdds : logOdds) }
  }

  mutating func add(_ other: OutcomeTally) {
    events += other.events
    atRisk += other.atRisk
    negativeLogLikelihood += other.negativeLogLikelihood
    for bin in 0..<Self.binCount {
      positives[bin] += other.positives[bin]
      negatives[bin] += other.negatives[bin]
    }
  }

  var rate: Double? { atRisk > 0 ? Double(events) / Double(atRisk) : nil }

  /// −(1/n) Σ log P(what happened); nil without rows.
  var logLoss: Double? { atRisk > 0 ? negativeLogLikelihood / Double(atRisk) : nil }

  /// P(log-odds of an event > those of a non-event) + ½ P(equal); nil with one class only.
  var auc: Double? {
    guard events > 0, events < atRisk else { return nil }
    var below = 0
    var doubledWins = 0
    for bin in 0..<Self.binCount {
      doubledWins += positives[bin] * (2 * below + negatives[bin])
      below += negatives[bin]
    }
    return Double(doubledWins) / 2 / Double(events) / Double(atRisk - events)
  }
}

/// The three outcomes that a world's truth is judged by.
struct WorldTally: Sendable {
  var churn = OutcomeTally()
  var expansion = OutcomeTally()
  /// Leaving within three months, ranked by the first month's log-odds.
  var churnInQuarter = OutcomeTally()

  mutating func add(_ history: AccountHistory) {
    let outcomes = history.outcomes
    for (position, outcome) in outcomes.enumerated() {
      churn.add(logOdds: outcome.churnLogOdds, happened: outcome.churned)
      if let expanded = outcome.expanded {
        expansion.add(logOdds: outcome.expansionLogOdds, happened: expanded)
      }
      let quarter = outcomes[position..<min(position + 3, outcomes.count)]
      let leaves = quarter.contains { $0.churned }
      if leaves || quarter.count == 3 {
        churnInQuarter.add(logOdds: outcome.churnLogOdds, happened: leaves, priced: false)
      }
    }
  }

  mutating func add(_ other: WorldTally) {
    churn.add(other.churn)
    expansion.add(other.expansion)
    churnInQuarter.add(other.churnInQuarter)
  }
}
