/// A team that doesn't scale rarely lacks heads first: the four causes to rule out before hiring (CAP-12), and
/// whether time follows value (TIR-30).
public struct HiringReadiness: Sendable {
  public enum Check: String, Sendable, CaseIterable, Codable {
    case segmentation, coverage, playbooks, criteria, attention

    public var remedy: Phrase {
      switch self {
      case .segmentation:
        Phrase(
          "fix segmentation before hiring: one tier holds far more than its target",
          es: "arregle la segmentación antes de contratar: un nivel tiene mucho más que su objetivo")
      case .coverage:
        Phrase(
          "fix coverage before hiring: every tier is served alike",
          es: "arregle la cobertura antes de contratar: todos los niveles reciben lo mismo")
      case .playbooks:
        Phrase(
          "fix playbooks before hiring: there is no file of them",
          es: "arregle los playbooks antes de contratar: no hay ningún archivo")
      case .criteria:
        Phrase(
          "fix criteria before hiring: accounts are told apart by ARR only",
          es: "arregle los criterios antes de contratar: las cuentas solo se distinguen por el ARR")
      case .attention:
        Phrase(
          "fix attention before hiring: hours spent don't follow the accounts' value",
          es: "arregle la atención antes de contratar: las horas no siguen el valor de las cuentas")
      }
    }
  }

  /// In the order of ``Check``; `attention` only where hours are known.
  public let checks: [(check: Check, isReady: Bool)]

  /// `correlation` is that of ``Attention``, nil where hours are unknown.
  public init(
    _ assignments: [Assignment], preset: Preset, usesARROnly: Bool, hasPlaybooks: Bool, correlation: Double?
  ) {
    let summary = Summary(assignments, preset: preset)
    let top = summary.tiers.first.map { summary.accountShare($0.group) } ?? 0
    let isTopCrowded = preset.targets.first?.accounts.map { top > $0.upperBound } ?? false
    let used = summary.tiers.count { $0.group.accounts > 0 }
    let plans = preset.tiers.map { TouchPlan.plan(ServiceClass($0, of: preset.tierCount), preset) }
    let isAlike = Attention.isCadenceAlike(plans) || Set(preset.tiers.map(preset.coverage(of:))).count == 1
    var checks: [(Check, Bool)] = [
      (.segmentation, used > 1 && !isTopCrowded), (.coverage, !isAlike), (.playbooks, hasPlaybooks),
      (.criteria, !usesARROnly),
    ]
    if let correlation { checks.append((.attention, correlation >= Attention.leastCorrelation)) }
    self.checks = checks.map { (check: $0.0, isReady: $0.1) }
  }
}
