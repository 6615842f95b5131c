extension ImportanceAxis {
  /// The visible parts, each 0–100. ARR and potential are scaled to `cap`, the pyramid's first bound; brand
  /// and strategic value come as they are; expansion is the hand-set level or 100 × the predicted probability.
  public func parts(of profile: Profile, expansion: Double?, cap: Double) -> [WeightedPart] {
    var parts: [WeightedPart] = []
    forEachPart(of: profile, expansion: expansion, cap: cap) { code, value, weight in
      parts.append(WeightedPart(code: code, value: value, weight: weight))
    }
    return parts
  }

  func mean(of profile: Profile, expansion: Double?, cap: Double) -> WeightedMean {
    var mean = WeightedMean()
    forEachPart(of: profile, expansion: expansion, cap: cap) { mean.add($1, weight: $2) }
    return mean
  }

  @inline(__always)
  private func forEachPart(
    of profile: Profile, expansion: Double?, cap: Double, _ body: (String, Double?, Double) -> Void
  ) {
    body("arr", profile.arr.map { amountScore($0, cap: cap) }, weights.arr)
    body(
      "potential_arr", profile.potentialARR.map { amountScore(max($0, profile.arr ?? 0), cap: cap) },
      weights.potentialARR)
    body("expansion", expansion, weights.expansion)
    body("brand", profile.brand, weights.brand)
    body("strategic", profile.strategicValue, weights.strategic)
  }
}

/// 100 × amount / cap, held within 0…100.
func amountScore(_ amount: Double, cap: Double) -> Double {
  guard cap > 0 else { return amount > 0 ? 100 : 0 }
  return min(max(100 * amount / cap, 0), 100)
}
