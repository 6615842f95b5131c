#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Two scores of the same rows compared by their AUC: DeLong's test for correlated ROC curves (1988).
public struct PairedAUC: Sendable, Equatable {
  public let first: Double
  public let second: Double
  /// AUC of the first less that of the second, with its 95 % interval.
  public let difference: Estimate
  public let standardError: Double
  /// Two-sided, by the normal approximation; 1 where the two scores rank alike.
  public let pValue: Double

  /// - Parameter weights: repetitions of a row. O(n log n).
  /// - Throws: ``MetricError``; ``MetricError/oneClass(events:nonEvents:)`` also where a class has a total
  ///   weight of 1 or less, as one row has no variance.
  public init(
    outcomes: [Double], first: [Double], second: [Double], weights: [Double]? = nil
  ) throws(MetricError) {
    let a = try Placements(outcomes: outcomes, scores: first, weights: weights)
    let b = try Placements(outcomes: outcomes, scores: second, weights: weights)
    guard a.events > 1, a.nonEvents > 1 else {
      throw .oneClass(events: a.events, nonEvents: a.nonEvents)
    }
    // The variance of the difference is the variance of the differences of the placements; sorted first,
    // so that the order of the rows leaves no trace in the last bit.
    var eventTerms: [Double] = []
    var nonEventTerms: [Double] = []
    let difference = a.auc - b.auc
    for row in outcomes.indices {
      let weight = weights?[row] ?? 1
      let deviation = a.ofRow[row] - b.ofRow[row] - difference
      let term = weight * deviation * deviation
      if outcomes[row] == 1 { eventTerms.append(term) } else { nonEventTerms.append(term) }
    }
    let eventSquares = eventTerms.sorted().reduce(0, +)
    let nonEventSquares = nonEventTerms.sorted().reduce(0, +)
    let standardError =
      (eventSquares / (a.events - 1) / a.events + nonEventSquares / (a.nonEvents - 1) / a.nonEvents)
      .squareRoot()
    self.first = a.auc
    self.second = b.auc
    self.standardError = standardError
    self.difference = Estimate(value: difference, standardError: standardError, within: -1...1)
    pValue =
      standardError > 0 ? erfc(abs(difference) / standardError / 2.0.squareRoot()) : (difference == 0 ? 1 : 0)
  }
}

/// Each row's placement: the share of the other class that it stands on the right side of.
private struct Placements {
  let auc: Double
  let ofRow: [Double]
  let events: Double
  let nonEvents: Double

  init(outcomes: [Double], scores: [Double], weights: [Double]?) throws(MetricError) {
    let rows = try checkedRows(outcomes: outcomes, scores: scores, weights: weights)
    let ranked = try RankedOutcomes(rows)
    var ofRow = [Double](repeating: 0, count: outcomes.count)
    var eventsAbove = 0.0
    var nonEventsBelow = ranked.nonEvents
    var next = rows.count - 1
    for tie in ranked.ties {
      nonEventsBelow -= tie.nonEvents
      while next >= 0, rows[next].score == tie.score {
        ofRow[rows[next].index] =
          rows[next].outcome == 1
          ? (nonEventsBelow + tie.nonEvents / 2) / ranked.nonEvents
          : (eventsAbove + tie.events / 2) / ranked.events
        next -= 1
      }
      eventsAbove += tie.events
    }
    self.ofRow = ofRow
    auc = ranked.auc
    events = ranked.events
    nonEvents = ranked.nonEvents
  }
}
