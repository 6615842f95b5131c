public import Segmentation

extension Preset {
  /// Every key in which the presets differ, with both values as they are written in YAML.
  public func differences(from other: Preset) -> [(key: String, value: String, other: String)] {
    zip(entries, other.entries).compactMap { mine, theirs in
      mine.value == theirs.value ? nil : (mine.key, mine.value, theirs.value)
    }
  }

  /// Every number of the preset by its key, in the order of the YAML.
  var entries: [(key: String, value: String)] {
    let (w, i, n) = (scorecard.weights, matrix.importance, matrix.need)
    func text(_ value: Double) -> String {
      let text = value.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    func range(_ range: ClosedRange<Double>?) -> String {
      range.map { "\(text($0.lowerBound))-\(text($0.upperBound))" } ?? "rest"
    }
    func load(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)-\(range.upperBound)" }
    func bounds(_ bounds: ARRBounds) -> String {
      switch bounds {
      case .fixed(let list):
        list.map { "\($0.isInclusive ? ">=" : ">") \(text($0.amount))" }.joined(separator: ", ")
      case .shares(let shares): "shares " + shares.map(text).joined(separator: ", ")
      }
    }
    func cut(_ cut: AxisCut) -> String {
      switch cut {
      case .fixed(let value): text(value)
      case .percentile(let value): "p\(text(value))"
      }
    }
    let cutOffs =
      switch scorecard.cutOffs {
      case .given(let values): values.map(text).joined(separator: ", ")
      case .targets: "targets"
      }
    return [
      ("currency", currency), ("arr.tiers", bounds(tierBounds)), ("arr.pyramid", bounds(pyramidBounds)),
      ("arr.factor", text(arrFactor)), ("tiers.count", "\(tierCount)"), ("tiers.by", tierBasis.rawValue),
      ("tiers.coverage", coverage.map(\.rawValue).joined(separator: ", ")),
      ("tiers.targets.accounts", targets.map { range($0.accounts) }.joined(separator: ", ")),
      ("tiers.targets.arr", targets.map { range($0.arr) }.joined(separator: ", ")),
      (
        "scorecard.weights",
        [w.arr, w.expansion, w.strategic, w.complexity].map(text).joined(separator: ", ")
      ),
      ("scorecard.cut_offs", cutOffs), ("scorecard.complexity", scorecard.complexityRule.rawValue),
      ("criteria.rule", criteria.rule.rawValue),
      ("criteria.uses", criteria.uses.map(\.rawValue).sorted().joined(separator: ", ")),
      (
        "matrix.importance.weights",
        [
          i.weights.arr, i.weights.potentialARR, i.weights.expansion, i.weights.brand, i.weights.strategic,
        ].map(text).joined(separator: ", ")
      ),
      ("matrix.importance.cut", cut(i.cut)),
      (
        "matrix.need.weights",
        [
          n.weights.churnRisk, n.weights.health, n.weights.adoption, n.weights.licences, n.weights.tickets,
          n.weights.complexity,
        ].map(text).joined(separator: ", ")
      ),
      ("matrix.need.cut", cut(n.cut)), ("matrix.need.risk_cut", n.riskCut.map(text) ?? "off"),
      ("matrix.need.tickets_at_full", text(n.ticketsAtFull)),
      ("matrix.need.complexity", n.complexityRule.rawValue),
      ("expansion.high_ratio", text(expansion.highRatio)),
      ("expansion.medium_ratio", text(expansion.mediumRatio)),
      ("expansion.high_seat_use", text(expansion.highSeatUse)),
      ("expansion.high_probability", text(expansion.highProbability)),
      ("expansion.medium_probability", text(expansion.mediumProbability)),
      ("floors.onboarding_days", "\(floors.onboardingDays)"), ("floors.health_drop", text(floors.healthDrop)),
      ("floors.health_fell", text(floors.healthFell)),
      ("floors.health_collapsed", text(floors.healthCollapsed)),
      ("floors.healthy", text(floors.healthy)), ("floors.red_health", floors.redHealth.map(text) ?? "off"),
      ("floors.premium_coverage", floors.premiumCoverage.rawValue),
      ("service.dedicated_load", load(service.dedicatedLoad)),
      ("service.shared_load", load(service.sharedLoad)),
      ("service.pooled_load", load(service.pooledLoad)), ("service.digital_load", "\(service.digitalLoad)"),
      (
        "service.first_response_hours",
        service.firstResponseHours.map { $0.map(text) ?? "self_service" }.joined(separator: ", ")
      ),
      ("service.check_in", service.checkIn.map(\.code).joined(separator: ", ")),
      ("service.business_review", service.businessReview.map(\.code).joined(separator: ", ")),
      ("service.review_days", service.reviewDays.map { "\($0)" }.joined(separator: ", ")),
      ("vocabulary", vocabulary.rawValue), ("mode", mode.rawValue),
    ]
  }
}
