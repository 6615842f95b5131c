import Metrics

/// What an audit comes to.
public enum AuditVerdict: String, Sendable, CaseIterable {
  /// It ranks those who leave clearly better than chance, and red leaves surely more often than green.
  case works
  /// Better than chance, but little: AUC below 0.65, or red not surely above green.
  case weak
  /// It points the right way, and these rows are too few to tell that from chance.
  case unproven
  /// Red leaves no more often than green, or the score ranks no better than chance.
  case doesNotWork = "does_not_work"
  /// Surely the wrong way round: a better score goes with more churn.
  case inverted

  /// From this AUC on a score is more than a little better than chance.
  public static let usefulAUC = 0.65
  /// Fewer events (or non-events) than this prove nothing.
  public static let fewestOutcomes = 10

  /// - Parameters:
  ///   - auc: of leaving, by the score in its declared direction.
  ///   - redOverGreen: where there are both colours.
  init(auc: Estimate, redOverGreen: ProportionRatio?, events: Int, stayed: Int) {
    let coloursFail = redOverGreen.map { $0.first.value <= $0.second.value } ?? false
    let coloursSure = redOverGreen.map { $0.lift.low > 1 } ?? true
    if auc.high < 0.5 {
      self = .inverted
    } else if coloursFail || auc.value <= 0.5 {
      self = .doesNotWork
    } else if min(events, stayed) < Self.fewestOutcomes {
      self = .unproven
    } else if auc.low <= 0.5 {
      self = auc.high < 0.6 ? .doesNotWork : .unproven
    } else if auc.value < Self.usefulAUC || !coloursSure {
      self = .weak
    } else {
      self = .works
    }
  }

  /// What `--fail-on verdict` reports: anything short of a score that helps at all.
  public var isFinding: Bool { self == .doesNotWork || self == .inverted }
}
