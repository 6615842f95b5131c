extension Preset {
  /// The preset, if its numbers fit together.
  public func validated() throws(SegmentationError) -> Preset {
    guard (3...5).contains(tierCount) else { throw .tierCountOutOfRange(tierCount) }
    try scorecard.weights.checkSum()
    try matrix.importance.weights.checkSum()
    try matrix.need.weights.checkSum()
    try Self.check("arr.pyramid", pyramidBounds, count: 2)
    try Self.check("arr.tiers", tierBounds, count: tierCount - 1)
    if case .given(let cutOffs) = scorecard.cutOffs {
      try Self.check("scorecard.cut_offs", count: cutOffs.count, is: tierCount - 1)
      try Self.checkDescending("scorecard.cut_offs", cutOffs)
    }
    try Self.check("tiers.coverage", count: coverage.count, is: tierCount)
    try Self.check("tiers.targets", count: targets.count, is: tierCount)
    try Self.check("service.first_response_hours", count: service.firstResponseHours.count, is: tierCount)
    let classes = ServiceClass.allCases.count
    try Self.check("service.check_in", count: service.checkIn.count, is: classes)
    try Self.check("service.business_review", count: service.businessReview.count, is: classes)
    try Self.check("service.review_days", count: service.reviewDays.count, is: tierCount)
    let low = targets.reduce(0) { $0 + ($1.accounts?.lowerBound ?? 0) }
    let high = targets.reduce(0) { $0 + ($1.accounts?.upperBound ?? 100) }
    guard low <= 100, high >= 100 else { throw .infeasibleTargets(lowSum: low, highSum: high) }
    return self
  }

  private static func check(_ what: String, count: Int, is expected: Int) throws(SegmentationError) {
    guard count == expected else { throw .wrongCount(what: what, found: count, expected: expected) }
  }

  private static func check(_ what: String, _ bounds: ARRBounds, count: Int) throws(SegmentationError) {
    switch bounds {
    case .fixed(let bounds):
      try check(what, count: bounds.count, is: count)
      try checkDescending(what, bounds.map(\.amount))
      for bound in bounds where !(bound.amount >= 0 && bound.amount.isFinite) {
        throw .outOfRange(what: what, value: bound.amount, low: 0, high: .infinity)
      }
    case .shares(let shares):
      try check(what, count: shares.count, is: count + 1)
      for share in shares where !(share >= 0 && share <= 100) {
        throw .outOfRange(what: what, value: share, low: 0, high: 100)
      }
      try checkWeights(what, shares)
    }
  }

  private static func checkDescending(_ what: String, _ values: [Double]) throws(SegmentationError) {
    for (upper, lower) in zip(values, values.dropFirst()) where !(upper > lower) {
      throw .notDescending(what: what, values: values)
    }
  }

  /// Weights are percentages: each in 0…100, together 100 (to within rounding of the decimal input).
  static func checkWeights(_ axis: String, _ weights: [Double]) throws(SegmentationError) {
    for weight in weights where !(weight >= 0 && weight.isFinite) {
      throw .outOfRange(what: "\(axis) weight", value: weight, low: 0, high: 100)
    }
    let sum = weights.reduce(0, +)
    guard abs(sum - 100) < 1e-9 else { throw .weightsDoNotSum(axis: axis, sum: sum) }
  }
}
