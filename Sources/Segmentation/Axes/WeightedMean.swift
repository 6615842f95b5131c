/// Σ wᵢ xᵢ / Σ wᵢ over the parts that are known. A part that is missing takes its weight with it, so that
/// unknown never counts as zero; that it was missing is remembered.
struct WeightedMean {
  private var sum = 0.0
  private var weight = 0.0
  /// A part with a weight above 0 was missing.
  private(set) var isIncomplete = false

  mutating func add(_ value: Double?, weight: Double) {
    guard weight > 0 else { return }
    if let value {
      sum += weight * value
      self.weight += weight
    } else {
      isIncomplete = true
    }
  }

  /// Nil when no part is known. Rounded to 1e-6, so that what is compared with a cut is what is printed.
  var value: Double? { weight > 0 ? (sum / weight * 1e6).rounded() / 1e6 : nil }
}

/// One visible part of an axis or of the scorecard: `value` 0–100 (nil: unknown) with its weight in percent.
public struct WeightedPart: Sendable, Equatable {
  public let code: String
  public let value: Double?
  public let weight: Double
}
