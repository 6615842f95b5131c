public import Segmentation

// A preset is read as differences from the one it extends: every key is optional.

extension Preset {
  /// The keys of `mapping` laid over this preset. The mapping is not finished: the caller may have keys of
  /// its own beside them.
  public mutating func apply(_ mapping: inout StrictMapping) throws(ConfigurationError) {
    if let code = try mapping.string("currency") { currency = code.uppercased() }
    try mapping.read("arr") { (arr: inout StrictMapping) throws(ConfigurationError) in
      if let bounds = try arr.bounds("tiers") { tierBounds = bounds }
      if let bounds = try arr.bounds("pyramid") { pyramidBounds = bounds }
      if let factor = try arr.double("factor", in: 1e-9...1e9) { arrFactor = factor }
    }
    try mapping.read("tiers") { (tiers: inout StrictMapping) throws(ConfigurationError) in
      if let count = try tiers.int("count") { tierCount = count }
      if let basis = try tiers.choice("by", TierBasis.self) { tierBasis = basis }
      if let list = try tiers.choices("coverage", Coverage.self) { coverage = list }
      if let list = try tiers.mappings("targets") {
        var shares: [ShareTarget] = []
        for var item in list {
          shares.append(ShareTarget(accounts: try item.range("accounts"), arr: try item.range("arr")))
          try item.finish()
        }
        targets = shares
      }
    }
    try mapping.read("scorecard") { (m: inout StrictMapping) throws(ConfigurationError) in
      try scorecard.apply(&m)
    }
    try mapping.read("criteria") { (m: inout StrictMapping) throws(ConfigurationError) in
      if let rule = try m.choice("rule", Criteria.Rule.self) { criteria.rule = rule }
      if let uses = try m.choices("uses", Criteria.Criterion.self) { criteria.uses = Set(uses) }
    }
    try mapping.read("matrix") { (m: inout StrictMapping) throws(ConfigurationError) in try matrix.apply(&m) }
    try mapping.read("expansion") { (m: inout StrictMapping) throws(ConfigurationError) in
      let e = expansion
      expansion.highRatio = try m.double("high_ratio", in: 1...1000) ?? e.highRatio
      expansion.mediumRatio = try m.double("medium_ratio", in: 1...1000) ?? e.mediumRatio
      expansion.highSeatUse = try m.double("high_seat_use", in: 0...1) ?? e.highSeatUse
      expansion.highProbability = try m.double("high_probability", in: 0...1) ?? e.highProbability
      expansion.mediumProbability = try m.double("medium_probability", in: 0...1) ?? e.mediumProbability
    }
    try mapping.read("floors") { (m: inout StrictMapping) throws(ConfigurationError) in
      let f = floors
      floors.onboardingDays = try m.int("onboarding_days", in: 0...10_000) ?? f.onboardingDays
      floors.healthDrop = try m.double("health_drop", in: 0...100) ?? f.healthDrop
      floors.healthFell = try m.double("health_fell", in: 0...100) ?? f.healthFell
      floors.healthCollapsed = try m.double("health_collapsed", in: 0...100) ?? f.healthCollapsed
      floors.healthy = try m.double("healthy", in: 0...100) ?? f.healthy
      if try m.string("red_health") == "off" {
        floors.redHealth = nil
      } else {
        floors.redHealth = try m.double("red_health", in: 0...100) ?? f.redHealth
      }
      floors.premiumCoverage = try m.choice("premium_coverage", Coverage.self) ?? f.premiumCoverage
    }
    try mapping.read("service") { (m: inout StrictMapping) throws(ConfigurationError) in try service.apply(&m)
    }
    if let words = try mapping.choice("vocabulary", Vocabulary.self) { vocabulary = words }
    if let mode = try mapping.choice("mode", Mode.self) { self.mode = mode }
  }
}

extension Scorecard {
  fileprivate mutating func apply(_ mapping: inout StrictMapping) throws(ConfigurationError) {
    let w = weights
    var scorecard = self
    try mapping.read("weights") { (m: inout StrictMapping) throws(ConfigurationError) in
      scorecard.weights.arr = try m.double("arr") ?? w.arr
      scorecard.weights.expansion = try m.double("expansion") ?? w.expansion
      scorecard.weights.strategic = try m.double("strategic") ?? w.strategic
      scorecard.weights.complexity = try m.double("complexity") ?? w.complexity
    }
    if try mapping.strings("cut_offs") == ["targets"] {
      scorecard.cutOffs = .targets
    } else if let given = try mapping.doubles("cut_offs", in: 0...100) {
      scorecard.cutOffs = .given(given)
    }
    if let rule = try mapping.choice("complexity", ComplexityRule.self) { scorecard.complexityRule = rule }
    self = scorecard
  }
}

extension Matrix {
  fileprivate mutating func apply(_ mapping: inout StrictMapping) throws(ConfigurationError) {
    var matrix = self
    try mapping.read("importance") { (m: inout StrictMapping) throws(ConfigurationError) in
      let w = matrix.importance.weights
      try m.read("weights") { (m: inout StrictMapping) throws(ConfigurationError) in
        matrix.importance.weights.arr = try m.double("arr") ?? w.arr
        matrix.importance.weights.potentialARR = try m.double("potential_arr") ?? w.potentialARR
        matrix.importance.weights.expansion = try m.double("expansion") ?? w.expansion
        matrix.importance.weights.brand = try m.double("brand") ?? w.brand
        matrix.importance.weights.strategic = try m.double("strategic") ?? w.strategic
      }
      if let cut = try m.cut("cut") { matrix.importance.cut = cut }
    }
    try mapping.read("need") { (m: inout StrictMapping) throws(ConfigurationError) in
      let w = matrix.need.weights
      try m.read("weights") { (m: inout StrictMapping) throws(ConfigurationError) in
        matrix.need.weights.churnRisk = try m.double("churn_risk") ?? w.churnRisk
        matrix.need.weights.health = try m.double("health") ?? w.health
        matrix.need.weights.adoption = try m.double("adoption") ?? w.adoption
        matrix.need.weights.licences = try m.double("licences") ?? w.licences
        matrix.need.weights.tickets = try m.double("tickets") ?? w.tickets
        matrix.need.weights.complexity = try m.double("complexity") ?? w.complexity
      }
      if let cut = try m.cut("cut") { matrix.need.cut = cut }
      if let risk = try m.double("risk_cut", in: 0...1) { matrix.need.riskCut = risk }
      if let tickets = try m.double("tickets_at_full", in: 0...1e9) { matrix.need.ticketsAtFull = tickets }
      if let rule = try m.choice("complexity", ComplexityRule.self) { matrix.need.complexityRule = rule }
    }
    self = matrix
  }
}

extension ServiceLevels {
  fileprivate mutating func apply(_ mapping: inout StrictMapping) throws(ConfigurationError) {
    if let load = try mapping.range("dedicated_load") { dedicatedLoad = load.whole }
    if let load = try mapping.range("shared_load") { sharedLoad = load.whole }
    if let load = try mapping.range("pooled_load") { pooledLoad = load.whole }
    if let load = try mapping.int("digital_load", in: 1...1_000_000_000) { digitalLoad = load }
    if let hours = try mapping.strings("first_response_hours") {
      var result: [Double?] = []
      for text in hours {
        guard text == "self_service" || Double(text).map({ $0 > 0 && $0.isFinite }) == true else {
          throw .invalidValue(
            value: text, expected: "hours, or self_service", place: mapping.place(of: "first_response_hours"))
        }
        result.append(Double(text))
      }
      firstResponseHours = result
    }
    if let rhythms = try mapping.rhythms("check_in") { checkIn = rhythms }
    if let rhythms = try mapping.rhythms("business_review") { businessReview = rhythms }
    if let days = try mapping.doubles("review_days", in: 1...10_000) { reviewDays = days.map { Int($0) } }
  }
}

extension ClosedRange<Double> {
  fileprivate var whole: ClosedRange<Int> { Int(lowerBound)...Int(upperBound) }
}
