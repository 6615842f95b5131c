/// How an outcome is drawn: logit P(event in the month) = intercept + Σ coefficient × feature.
public struct LogisticTruth: Sendable {
  public struct Term: Sendable {
    public let feature: VisibleFeature
    public let coefficient: Double
  }

  public let intercept: Double
  public let terms: [Term]

  init(intercept: Double, _ terms: KeyValuePairs<VisibleFeature, Double>) {
    self.intercept = intercept
    self.terms = terms.map { Term(feature: $0.key, coefficient: $0.value) }
  }

  /// The log-odds of the event.
  public func linearPredictor(_ features: VisibleFeatures) -> Double {
    var sum = intercept
    for term in terms { sum += term.coefficient * features[term.feature] }
    return sum
  }

  /// Leaving within the month: about 2 % a month.
  public static let churn = LogisticTruth(
    intercept: -2.5,
    [
      .activePerSeat: -2.6,
      .usageTrend: -0.9,
      .featuresUsed: -0.15,
      .urgentTickets: 0.45,
      .logTickets: 0.3,
      .lastNPS: -0.15,
      .noNPS: 0.25,
      .emailTone: -0.8,
      .logContent: -0.5,
      .onboarding: 0.6,
      .paysYearly: -0.7,
      .starter: 0.4,
      .enterprise: -0.3,
      .legacy: 1,
    ])

  /// Buying more within the month, for an account that doesn't leave in it: about 3 % a month.
  public static let expansion = LogisticTruth(
    intercept: -6.5,
    [
      .activePerSeat: 2.8,
      .usageTrend: 0.6,
      .featuresUsed: 0.25,
      .urgentTickets: -0.3,
      .lastNPS: 0.1,
      .emailTone: 0.4,
      .logContent: 0.5,
      .onboarding: -0.8,
      .starter: 0.3,
      .enterprise: -0.4,
      .legacy: -1,
    ])
}
