/// What a cut does to the rows, by weight.
public struct Confusion: Sendable, Equatable {
  public let truePositives: Double
  public let falsePositives: Double
  public let falseNegatives: Double
  public let trueNegatives: Double

  public init(
    truePositives: Double, falsePositives: Double, falseNegatives: Double, trueNegatives: Double
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// Events among the rows taken; NaN where none is taken.
  public var precision: Double { truePositives / (truePositives + falsePositives) }
  /// Rows taken among the events.
  public var recall: Double { truePositives / (truePositives + falseNegatives) }
  /// Rows left among the non-events.
  public var specificity: Double { trueNegatives / (trueNegatives + falsePositives) }
  /// The harmonic mean of precision and recall.
  public var f1: Double { 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives) }
  /// Youden's J = recall + specificity − 1.
  public var youden: Double { recall + specificity - 1 }

  /// Matthews' correlation of taken and event; 0 where either is the same for every row.
  public var matthewsCorrelation: Double {
    let product =
      ((truePositives + falsePositives) * (truePositives + falseNegatives)).squareRoot()
      * ((trueNegatives + falsePositives) * (trueNegatives + falseNegatives)).squareRoot()
    guard product > 0 else { return 0 }
    return (truePositives * trueNegatives - falsePositives * falseNegatives) / product
  }
}

extension RankedOutcomes {
  /// The cut that takes every row whose score is `score` or higher.
  public func confusion(from score: Double) -> Confusion {
    var taken = (events: 0.0, nonEvents: 0.0)
    for tie in ties where tie.score >= score {
      taken.events += tie.events
      taken.nonEvents += tie.nonEvents
    }
    return Confusion(
      truePositives: taken.events, falsePositives: taken.nonEvents,
      falseNegatives: events - taken.events, trueNegatives: nonEvents - taken.nonEvents)
  }
}
