extension RankedOutcomes {
  /// The area under the ROC curve, P(score of an event > score of a non-event) + ½ P(equal).
  public var auc: Double {
    aucMoments.auc
  }

  /// The AUC with DeLong's 95 % interval (DeLong, DeLong & Clarke-Pearson 1988), computed from the sorted
  /// ranks as Sun & Xu (2014) do. As R's pROC, on the scale of the AUC itself and cut to [0, 1]; at an AUC
  /// of exactly 0 or 1 the interval has no width, which says nothing about its certainty.
  ///
  /// Nil where a class has a total weight of 1 or less: one row has no variance.
  public var aucEstimate: Estimate? {
    guard let standardError = aucStandardError else { return nil }
    return Estimate(value: auc, standardError: standardError, within: 0...1)
  }

  /// The standard error behind ``aucEstimate``: √(S₁₀/events + S₀₁/non-events).
  public var aucStandardError: Double? {
    let moments = aucMoments
    guard events > 1, nonEvents > 1 else { return nil }
    return
      (moments.eventSquares / (events - 1) / events
      + moments.nonEventSquares / (nonEvents - 1) / nonEvents).squareRoot()
  }

  /// The AUC and, for each class, the weighted sum of squares of its placements around it. An event's
  /// placement is the share of non-events that it outranks, ties counting half; a non-event's, the share
  /// of events that outrank it.
  private var aucMoments: (auc: Double, eventSquares: Double, nonEventSquares: Double) {
    func placements(_ body: (_ tie: Tie, _ ofEvent: Double, _ ofNonEvent: Double) -> Void) {
      var eventsAbove = 0.0
      var nonEventsAbove = 0.0
      for tie in ties {
        body(
          tie, (nonEvents - nonEventsAbove - tie.nonEvents / 2) / nonEvents,
          (eventsAbove + tie.events / 2) / events)
        eventsAbove += tie.events
        nonEventsAbove += tie.nonEvents
      }
    }
    var concordant = 0.0
    placements { tie, _, ofNonEvent in concordant += tie.nonEvents * ofNonEvent }
    let auc = concordant / nonEvents
    var eventSquares = 0.0
    var nonEventSquares = 0.0
    placements { tie, ofEvent, ofNonEvent in
      eventSquares += tie.events * (ofEvent - auc) * (ofEvent - auc)
      nonEventSquares += tie.nonEvents * (ofNonEvent - auc) * (ofNonEvent - auc)
    }
    return (auc, eventSquares, nonEventSquares)
  }
}
