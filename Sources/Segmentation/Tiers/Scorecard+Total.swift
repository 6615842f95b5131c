extension Scorecard {
  /// One line of the arithmetic: `points` = sub-score × effective weight / 100.
  public struct Line: Sendable, Equatable {
    public let code: String
    public let subScore: Double?
    /// As configured, in percent.
    public let weight: Double
    /// After the weight of missing criteria went to the others.
    public let effectiveWeight: Double
    public let points: Double?
  }

  /// The arithmetic of one account, criterion by criterion; `cap` is the ARR that earns 100.
  public func lines(of profile: Profile, cap: Double) -> [Line] {
    var parts: [WeightedPart] = []
    weights.forEachPart(of: profile, cap: cap) { parts.append(WeightedPart(code: $0, value: $1, weight: $2)) }
    let known = parts.reduce(0) { $1.value == nil ? $0 : $0 + $1.weight }
    return parts.map { part in
      let effective = part.value == nil || known == 0 ? 0 : part.weight / known * 100
      return Line(
        code: part.code, subScore: part.value, weight: part.weight, effectiveWeight: effective,
        points: part.value.map { $0 * effective / 100 })
    }
  }

}

extension Scorecard.Weights {
  func mean(of profile: Profile, cap: Double) -> WeightedMean {
    var mean = WeightedMean()
    forEachPart(of: profile, cap: cap) { mean.add($1, weight: $2) }
    return mean
  }

  @inline(__always)
  fileprivate func forEachPart(of profile: Profile, cap: Double, _ body: (String, Double?, Double) -> Void) {
    body("arr", profile.arr.map { amountScore($0, cap: cap) }, arr)
    body("expansion", profile.expansionPoints(cap: cap), expansion)
    body("strategic", profile.strategicValue, strategic)
    body("complexity", profile.scorecardComplexity, complexity)
  }
}
