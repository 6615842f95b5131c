import StableNumerics

/// A retention campaign as Verbraken, Verbeke & Baesens (2013) model it: every account above a cut gets an
/// offer; one that would have left stays with probability γ, and γ is only known to follow Beta(α, β).
public struct RetentionCampaign: Sendable, Equatable {
  /// The value of an account that is kept.
  public let customerValue: Double
  /// The cost of the offer when it is taken.
  public let offerCost: Double
  /// The cost of the contact.
  public let contactCost: Double
  public let acceptanceAlpha: Double
  public let acceptanceBeta: Double

  /// The defaults are the paper's (euros in telecommunications); a book of business accounts has others.
  public init(
    customerValue: Double = 200, offerCost: Double = 10, contactCost: Double = 1,
    acceptanceAlpha: Double = 6, acceptanceBeta: Double = 14
  ) throws(MetricError) {
    guard customerValue > 0, customerValue.isFinite else {
      throw .badParameter(name: "customerValue", value: customerValue)
    }
    guard offerCost >= 0, offerCost < customerValue else {
      throw .badParameter(name: "offerCost", value: offerCost)
    }
    guard contactCost >= 0, contactCost.isFinite else {
      throw .badParameter(name: "contactCost", value: contactCost)
    }
    guard acceptanceAlpha > 0, acceptanceAlpha.isFinite else {
      throw .badParameter(name: "acceptanceAlpha", value: acceptanceAlpha)
    }
    guard acceptanceBeta > 0, acceptanceBeta.isFinite else {
      throw .badParameter(name: "acceptanceBeta", value: acceptanceBeta)
    }
    self.customerValue = customerValue
    self.offerCost = offerCost
    self.contactCost = contactCost
    self.acceptanceAlpha = acceptanceAlpha
    self.acceptanceBeta = acceptanceBeta
  }
}

/// The expected maximum profit of a score, and the share of accounts that earns it.
public struct ExpectedMaximumProfit: Sendable, Equatable {
  /// Per account of the whole book, in the campaign's currency.
  public let profit: Double
  /// The share of accounts to contact, expected over γ.
  public let fraction: Double
}

extension RankedOutcomes {
  /// EMP = ∫ max over cuts of P(cut; γ) · Beta(γ; α, β) dγ, where
  /// P = V (γ(1 − δ) − φ) π₀F₀ − V (δ + φ) π₁F₁, V the customer value, δ and φ the costs of offer and
  /// contact over V, F₀ and F₁ the shares of events and non-events that the cut takes.
  ///
  /// Only cuts on the convex hull of the ROC curve are ever best, each on an interval of γ, so the integral
  /// is a finite sum of incomplete beta functions; the same as `empChurn` of R's EMP.
  public func expectedMaximumProfit(_ campaign: RetentionCampaign) -> ExpectedMaximumProfit {
    let value = campaign.customerValue
    let offer = campaign.offerCost / value
    let contact = campaign.contactCost / value
    let alpha = campaign.acceptanceAlpha
    let beta = campaign.acceptanceBeta
    let hull = rocConvexHull
    var profit = 0.0
    var fraction = 0.0
    var from = 0.0
    for (index, cut) in hull.enumerated() where from < 1 {
      var to = 1.0
      if index + 1 < hull.count {
        let next = hull[index + 1]
        let moreEvents = (next.events - cut.events) / weight
        let moreNonEvents = (next.nonEvents - cut.nonEvents) / weight
        let even = (moreNonEvents * (offer + contact) + moreEvents * contact) / (moreEvents * (1 - offer))
        // Without more events the next cut never pays.
        to = moreEvents > 0 ? min(1, max(from, even)) : 1
      }
      let mass =
        regularizedIncompleteBeta(to, a: alpha, b: beta) - regularizedIncompleteBeta(from, a: alpha, b: beta)
      let mean =
        (regularizedIncompleteBeta(to, a: alpha + 1, b: beta)
          - regularizedIncompleteBeta(from, a: alpha + 1, b: beta)) * alpha / (alpha + beta)
      let events = cut.events / weight
      let nonEvents = cut.nonEvents / weight
      profit +=
        value * ((1 - offer) * events * mean - (contact * events + (offer + contact) * nonEvents) * mass)
      fraction += (events + nonEvents) * mass
      from = to
    }
    return ExpectedMaximumProfit(profit: profit, fraction: fraction)
  }

  /// The cuts on the upper convex hull of the ROC curve (Andrew's monotone chain), fewest rows first.
  public var rocConvexHull: [CurvePoint] {
    var hull: [CurvePoint] = []
    for cut in cuts {
      while hull.count >= 2 {
        let a = hull[hull.count - 2]
        let b = hull[hull.count - 1]
        let turn =
          (b.nonEvents - a.nonEvents) * (cut.events - a.events)
          - (b.events - a.events) * (cut.nonEvents - a.nonEvents)
        guard turn >= 0 else { break }
        hull.removeLast()
      }
      hull.append(cut)
    }
    return hull
  }
}
