import Metrics

/// What a nightly job wants to be told about.
public struct DriftLimits: Sendable, Equatable {
  public enum Measure: String, Sendable, CaseIterable {
    /// Population stability index of any input or the score.
    case psi
    /// |Cohen's d| or Cramér's V of any input or the score.
    case effect
    /// Change in the share of missing values, up or down.
    case missing
    /// Share of rows with a level that training never saw.
    case unseen
    /// Expected calibration error in the window.
    case ece
  }

  /// In the order given.
  public let limits: [(measure: Measure, limit: Double)]

  public init(_ limits: [(measure: Measure, limit: Double)]) {
    self.limits = limits
  }

  public static func == (a: DriftLimits, b: DriftLimits) -> Bool {
    a.limits.elementsEqual(b.limits, by: ==)
  }
}

/// A measure beyond its limit.
public struct DriftFinding: Sendable, Equatable {
  public let measure: DriftLimits.Measure
  /// The input, or `score`; nil for a measure of the whole table.
  public let name: String?
  public let value: Double
  public let limit: Double
}

extension DriftReport {
  /// Everything beyond `limits`: by measure, then the score, then inputs in order. A PSI counts only where it
  /// is more than sampling noise (``PopulationStability/noiseLimit``), so that a small table raises no alarm.
  public func findings(_ limits: DriftLimits) -> [DriftFinding] {
    var findings: [DriftFinding] = []
    for (measure, limit) in limits.limits {
      func check(_ name: String?, _ value: Double) {
        if value > limit {
          findings.append(DriftFinding(measure: measure, name: name, value: value, limit: limit))
        }
      }
      if measure == .ece, let quality { check(nil, quality.ece) }
      for shift in [score] + inputs {
        switch measure {
        case .psi:
          if let psi = shift.psi, psi.index > psi.noiseLimit { check(shift.name, psi.index) }
        case .effect: check(shift.name, abs(shift.effect))
        case .missing: check(shift.name, abs(shift.missingNow - shift.missingThen))
        case .unseen: check(shift.name, shift.unseenShare)
        case .ece: break
        }
      }
    }
    return findings
  }
}
