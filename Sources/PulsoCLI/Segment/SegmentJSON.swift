import Segmentation

/// The summary of `pulso segment` as one JSON object.
struct SegmentJSON: Encodable {
  struct Group: Encodable {
    var code: String
    var label: String
    var accounts: Int
    var arr: Double
    var accountShare: Double
    var arrShare: Double
    var unsure: Int?
    var target: Target?
  }

  struct Target: Encodable {
    var accountsLow: Double?
    var accountsHigh: Double?
    var accountsStanding: String?
    var arrLow: Double?
    var arrHigh: Double?
    var arrStanding: String?
  }

  struct Cuts: Encodable {
    var importance: Double
    var need: Double
    var riskCut: Double?
    /// A value at the cut is high.
    var atCut = "high"
    var scorecard: [Double]
    var tierArr: [Double?]
    var pyramidArr: [Double?]
  }

  struct Disagreements: Encodable {
    var reason: String
    var accounts: Int
    var arr: Double
  }

  struct Advice: Encodable {
    var system: String
    var reasons: [String]
    var missing: [String]
  }

  struct Change: Encodable {
    var upAccounts: Int
    var upArr: Double
    var downAccounts: Int
    var downArr: Double
    var quadrantAccounts: Int
    var quadrantArr: Double
  }

  var preset: String
  var currency: String
  var asOf: String
  var accounts: Int
  var arr: Double
  var cuts: Cuts
  var quadrants: [Group]
  var tiers: [Group]
  var pyramid: [Group]
  var criteria: [Group]
  var coverage: [Group]
  var disagreements: [Disagreements]
  var advice: Advice
  var comparison: Change?
  var notes: [String]

  init(
    _ segmentation: Segmentation, _ summary: Summary, notes: [BookNote], asOf: String, language: Language,
    advice: SystemAdvice, comparison: Comparison?
  ) {
    let rules = segmentation.preset
    preset = rules.name
    currency = rules.currency
    self.asOf = asOf
    accounts = summary.accounts
    arr = summary.arr
    cuts = Cuts(
      importance: segmentation.cuts.importance, need: segmentation.cuts.need,
      riskCut: rules.matrix.need.riskCut,
      scorecard: segmentation.cuts.cutOffs.map(Self.finite),
      tierArr: segmentation.cuts.tierBounds.map { $0.amount.isFinite ? $0.amount : nil },
      pyramidArr: segmentation.cuts.pyramidBounds.map { $0.amount.isFinite ? $0.amount : nil })
    func group(_ code: String, _ label: Phrase, _ group: Summary.Group) -> Group {
      Group(
        code: code, label: label.text(in: language), accounts: group.accounts, arr: group.arr,
        accountShare: summary.accountShare(group), arrShare: summary.arrShare(group))
    }
    quadrants = summary.quadrants.map { quadrant, counts in
      var result = group(quadrant.rawValue, quadrant.label, counts)
      result.unsure = counts.unsure
      return result
    }
    tiers = summary.tiers.enumerated().map { index, tier in
      var result = group(tier.tier.code, tier.tier.label(in: rules), tier.group)
      let target = rules.targets[index]
      result.target = Target(
        accountsLow: target.accounts?.lowerBound, accountsHigh: target.accounts?.upperBound,
        accountsStanding: Summary.standing(summary.accountShare(tier.group), in: target.accounts)?.rawValue,
        arrLow: target.arr?.lowerBound, arrHigh: target.arr?.upperBound,
        arrStanding: Summary.standing(summary.arrShare(tier.group), in: target.arr)?.rawValue)
      return result
    }
    pyramid = summary.pyramid.map { group($0.level.rawValue, $0.level.label, $0.group) }
    criteria = summary.criteria.map { group($0.tier.code, $0.tier.numbered, $0.group) }
    coverage = summary.coverage.map { group($0.coverage.rawValue, $0.coverage.label, $0.group) }
    let all = segmentation.disagreements
    disagreements = Disagreement.Reason.allCases.map { reason in
      let group = all.filter { $0.reason == reason }
      return Disagreements(
        reason: reason.rawValue, accounts: group.count, arr: group.reduce(0) { $0 + ($1.arr ?? 0) })
    }
    self.advice = Advice(
      system: advice.system.rawValue, reasons: advice.reasons.map(\.rawValue),
      missing: advice.missing.map(\.rawValue))
    self.comparison = comparison.map {
      Change(
        upAccounts: $0.up.accounts, upArr: $0.up.arr, downAccounts: $0.down.accounts, downArr: $0.down.arr,
        quadrantAccounts: $0.quadrantMoves.accounts, quadrantArr: $0.quadrantMoves.arr)
    }
    self.notes = notes.map(Self.code)
  }

  private static func finite(_ value: Double) -> Double { value.isFinite ? value : 100 }

  private static func code(_ note: BookNote) -> String {
    switch note {
    case .boundsDoNotFit: "bounds_do_not_fit"
    case .topOverPopulated: "top_over_populated"
    case .arrOnly: "arr_only"
    case .noPredictions: "no_predictions"
    case .noARR: "no_arr"
    case .cutOffsForTargets: "cut_offs_for_targets"
    case .targetsOutOfReach: "targets_out_of_reach"
    }
  }
}
