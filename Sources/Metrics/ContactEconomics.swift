/// What it costs to contact an account and what that brings when the account would have left.
public struct ContactEconomics: Sendable, Equatable {
  /// Spent on each account contacted, whether it would have left or not.
  public let contactCost: Double
  /// Kept when the contact changes the mind of one that would have left; same currency.
  public let valueSaved: Double
  /// How often it does, in (0, 1].
  public let successRate: Double

  public init(contactCost: Double, valueSaved: Double, successRate: Double = 1) throws(MetricError) {
    guard contactCost >= 0, contactCost.isFinite else {
      throw .badParameter(name: "contactCost", value: contactCost)
    }
    guard valueSaved > 0, valueSaved.isFinite else {
      throw .badParameter(name: "valueSaved", value: valueSaved)
    }
    guard successRate > 0, successRate <= 1 else {
      throw .badParameter(name: "successRate", value: successRate)
    }
    self.contactCost = contactCost
    self.valueSaved = valueSaved
    self.successRate = successRate
  }

  /// From this probability on a contact pays: contactCost / (successRate · valueSaved). Above 1, never.
  /// It holds as far as the probabilities are calibrated.
  public var breakEvenProbability: Double { contactCost / (successRate * valueSaved) }
}

/// A cut chosen for a purpose: take every row whose score is `score` or higher.
public struct BestCut: Sendable, Equatable {
  /// Nil where taking nobody is best.
  public let score: Double?
  /// What the cut reaches, in the unit of its purpose.
  public let value: Double
  /// The share of rows that it takes.
  public let share: Double
}

extension RankedOutcomes {
  /// The cut that earned most on these rows; its value is profit per row. Needs no calibration, but it is
  /// chosen on the rows that it is measured on and so flatters itself where they are few.
  public func bestCut(for economics: ContactEconomics) -> BestCut {
    bestCut { cut in
      (economics.successRate * economics.valueSaved * cut.events
        - economics.contactCost * (cut.events + cut.nonEvents)) / weight
    }
  }

  /// The cut with the largest recall + specificity − 1 (Youden 1950).
  public var youdenCut: BestCut {
    bestCut { $0.events / events - $0.nonEvents / nonEvents }
  }

  /// Of cuts that are equally good, the one that takes fewest rows.
  private func bestCut(_ value: (CurvePoint) -> Double) -> BestCut {
    var best = BestCut(score: nil, value: 0, share: 0)
    for cut in cuts.dropFirst() {
      let reached = value(cut)
      if reached > best.value {
        best = BestCut(score: cut.score, value: reached, share: (cut.events + cut.nonEvents) / weight)
      }
    }
    return best
  }
}
