extension RankedOutcomes {
  /// A point that a cut at `score` reaches when it takes every row from that score upwards.
  public struct CurvePoint: Sendable, Equatable {
    /// Nil for the cut that takes no row.
    public let score: Double?
    /// Weight of the events and non-events that the cut takes.
    public let events: Double
    public let nonEvents: Double
  }

  /// Every cut, from the one that takes nothing to the one that takes all.
  public var cuts: [CurvePoint] {
    var points = [CurvePoint(score: nil, events: 0, nonEvents: 0)]
    points.reserveCapacity(ties.count + 1)
    var events = 0.0
    var nonEvents = 0.0
    for tie in ties {
      events += tie.events
      nonEvents += tie.nonEvents
      points.append(CurvePoint(score: tie.score, events: events, nonEvents: nonEvents))
    }
    return points
  }

  /// (false positive rate, true positive rate) of every cut, from (0, 0) to (1, 1).
  public var rocCurve: [(falsePositiveRate: Double, truePositiveRate: Double)] {
    cuts.map { ($0.nonEvents / nonEvents, $0.events / events) }
  }

  /// (recall, precision) of every cut that takes a row, recall ascending.
  public var precisionRecallCurve: [(recall: Double, precision: Double)] {
    cuts.dropFirst().map { ($0.events / events, $0.events / ($0.events + $0.nonEvents)) }
  }

  /// The area under the precision-recall curve as a step function, Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct
  /// scores: scikit-learn's `average_precision_score`. A score without information gives the event rate.
  public var averagePrecision: Double {
    var area = 0.0
    var eventsAbove = 0.0
    var above = 0.0
    for tie in ties {
      eventsAbove += tie.events
      above += tie.weight
      area += tie.events / events * (eventsAbove / above)
    }
    return area
  }

  /// The largest distance between the score's distribution among events and among non-events.
  public var kolmogorovSmirnov: Double {
    rocCurve.reduce(0) { max($0, abs($1.truePositiveRate - $1.falsePositiveRate)) }
  }
}
