extension RankedOutcomes {
  /// The share of all events among the highest-scored `fraction` of the rows. A tie that the border cuts
  /// gives its events in proportion: what a random order within the tie gives on average.
  ///
  /// - Parameter fraction: in (0, 1].
  public func gain(top fraction: Double) throws(MetricError) -> Double {
    guard fraction > 0, fraction <= 1 else { throw .badParameter(name: "fraction", value: fraction) }
    var room = fraction * weight
    var taken = 0.0
    for tie in ties {
      let part = min(1, room / tie.weight)
      taken += part * tie.events
      room -= tie.weight
      if room <= 0 { break }
    }
    return taken / events
  }

  /// How many times more events the highest-scored `fraction` holds than as many rows drawn at random:
  /// the gain over the fraction. Top-decile lift is `lift(top: 0.1)`; at most 1/fraction.
  public func lift(top fraction: Double) throws(MetricError) -> Double {
    try gain(top: fraction) / fraction
  }

  /// The gains curve at `steps` equal steps, from (0, 0) to (1, 1).
  public func gains(steps: Int = 20) throws(MetricError) -> [(fraction: Double, gain: Double)] {
    guard steps > 0 else { throw .badParameter(name: "steps", value: Double(steps)) }
    var points = [(fraction: 0.0, gain: 0.0)]
    for step in 1...steps {
      let fraction = Double(step) / Double(steps)
      points.append((fraction, try gain(top: fraction)))
    }
    return points
  }
}
