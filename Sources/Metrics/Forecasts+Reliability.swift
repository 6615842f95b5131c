/// A part of the rows with similar probabilities: what was said, what happened.
public struct ReliabilityBin: Sendable, Equatable {
  /// The lowest and highest probability in it.
  public let lowest: Double
  public let highest: Double
  /// Total weight of its rows.
  public let weight: Double
  public let meanProbability: Double
  /// The share of events with Wilson's interval.
  public let eventRate: Estimate
}

extension Forecasts {
  /// Up to `count` bins of equal weight in the order of the probability. Rows with the same probability
  /// stay together, in the bin that the middle of their tie falls into; bins left empty by that vanish.
  public func reliability(bins count: Int = 10) throws(MetricError) -> [ReliabilityBin] {
    try partition(bins: count).map { range in
      let part = rows[range]
      let weight = part.reduce(0) { $0 + $1.weight }
      let events = part.reduce(0) { $0 + $1.weight * $1.outcome }
      return ReliabilityBin(
        lowest: rows[range.lowerBound].probability, highest: rows[range.upperBound - 1].probability,
        weight: weight, meanProbability: part.reduce(0) { $0 + $1.weight * $1.probability } / weight,
        eventRate: Proportion(successes: events, trials: weight).wilson)
    }
  }

  /// Expected calibration error: the weighted mean of |mean probability − event rate| over equal-weight
  /// bins (``reliability(bins:)``). It grows with the number of bins and shrinks with n, so only compare
  /// values of the same bins on the same rows.
  public func expectedCalibrationError(bins count: Int = 10) throws(MetricError) -> Double {
    try reliability(bins: count).reduce(0) {
      $0 + $1.weight * abs($1.meanProbability - $1.eventRate.value)
    } / weight
  }

  /// Row ranges of the bins.
  func partition(bins count: Int) throws(MetricError) -> [Range<Int>] {
    guard count > 0 else { throw .badParameter(name: "bins", value: Double(count)) }
    var ranges: [Range<Int>] = []
    var currentBin = -1
    var before = 0.0
    var start = 0
    while start < rows.count {
      var end = start
      var tieWeight = 0.0
      while end < rows.count, rows[end].probability == rows[start].probability {
        tieWeight += rows[end].weight
        end += 1
      }
      let bin = min(count - 1, Int(Double(count) * ((before + tieWeight / 2) / weight)))
      if bin == currentBin, let last = ranges.popLast() {
        ranges.append(last.lowerBound..<end)
      } else {
        ranges.append(start..<end)
        currentBin = bin
      }
      before += tieWeight
      start = end
    }
    return ranges
  }
}
