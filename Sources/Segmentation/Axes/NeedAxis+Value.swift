extension NeedAxis {
  /// The visible parts, each 0–100, higher meaning more need: 100 − health for health and for the predicted
  /// risk (so that 50 is the book's usual risk and 75 three times its odds), the unused share of modules and
  /// seats, tickets against ``ticketsAtFull``, and complexity.
  public func parts(of profile: Profile, riskHealth: Double?) -> [WeightedPart] {
    var parts: [WeightedPart] = []
    forEachPart(of: profile, riskHealth: riskHealth) { code, value, weight in
      parts.append(WeightedPart(code: code, value: value, weight: weight))
    }
    return parts
  }

  func mean(of profile: Profile, riskHealth: Double?) -> WeightedMean {
    var mean = WeightedMean()
    forEachPart(of: profile, riskHealth: riskHealth) { mean.add($1, weight: $2) }
    return mean
  }

  @inline(__always)
  private func forEachPart(
    of profile: Profile, riskHealth: Double?, _ body: (String, Double?, Double) -> Void
  ) {
    body("churn_risk", riskHealth.map { 100 - $0 }, weights.churnRisk)
    body("health", profile.health.map { 100 - $0 }, weights.health)
    body("adoption", profile.moduleHeadroom.map { 100 * $0 }, weights.adoption)
    body("licences", profile.seatHeadroom.map { 100 * $0 }, weights.licences)
    body("tickets", profile.tickets.map { amountScore($0, cap: ticketsAtFull) }, weights.tickets)
    body("complexity", profile.needComplexity, weights.complexity)
  }
}
