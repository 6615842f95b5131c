/// How urgent a churn alert is for whoever has to act on it.
public enum AlertPriority: String, Sendable, CaseIterable, Codable {
  case high, medium, suppressed

  /// The alert's priority follows the coverage (COV-08): high touch high, low touch medium, tech touch
  /// nothing unless the alert is critical, and then high.
  public init(_ model: PyramidLevel, isCritical: Bool) {
    switch model {
    case .highTouch: self = .high
    case .lowTouch: self = .medium
    case .techTouch: self = isCritical ? .high : .suppressed
    }
  }
}
