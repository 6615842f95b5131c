extension Account {
  /// Seats not used, 0–1: 30 of 100 used leaves 0.7. Nil without both numbers.
  public var seatHeadroom: Double? {
    guard let seats, seats > 0, let seatsUsed else { return nil }
    return min(max(1 - seatsUsed / seats, 0), 1)
  }

  /// Modules not used, 0–1.
  public var moduleHeadroom: Double? {
    guard let modulesAvailable, modulesAvailable > 0, let modulesUsed else { return nil }
    return min(max(1 - modulesUsed / modulesAvailable, 0), 1)
  }

  /// ARR or, where more is within reach, the potential ARR: 10K with a potential of 50K comes before 25K that
  /// cannot grow.
  public var potentialAdjustedValue: Double? {
    guard let arr else { return potentialARR }
    return max(arr, potentialARR ?? arr)
  }

  /// Strategic value, 0–100: the higher of the fit (yes 100, no 0) and the mean of the four factors brand,
  /// reference, influence and partnership; 100 with a designation. Nil when nothing of it is known.
  public var strategicValue: Double? {
    if strategicDesignation != nil { return 100 }
    var sum = 0.0
    var count = 0.0
    func add(_ factor: Double?) {
      guard let factor else { return }
      sum += factor
      count += 1
    }
    add(brand)
    add(reference)
    add(influence)
    add(partnership)
    let factors = count > 0 ? sum / count : nil
    guard let fit = strategicFit.map({ $0.isFit ? 100.0 : 0 }) else { return factors }
    return max(fit, factors ?? 0)
  }

  /// Strategic fit as yes or no: a stated fit, or two of the three kinds of evidence.
  public var isStrategicFit: Bool? {
    if strategicDesignation != nil { return true }
    if let strategicFit { return strategicFit.isFit }
    return fitEvidence.map { $0.count >= 2 }
  }
}
