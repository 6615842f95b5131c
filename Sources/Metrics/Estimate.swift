/// A number with its 95 % interval.
public struct Estimate: Sendable, Equatable, Codable {
  public let value: Double
  public let low: Double
  public let high: Double

  public init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// value ± 1.96 standard errors, cut to `range`.
  public init(value: Double, standardError: Double, within range: ClosedRange<Double>) {
    let half = Self.normalQuantile975 * standardError
    self.init(
      value: value, low: max(range.lowerBound, value - half), high: min(range.upperBound, value + half))
  }

  /// Φ⁻¹(0.975)
  static let normalQuantile975 = 1.959963984540054
}
