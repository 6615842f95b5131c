extension PresetLibrary {
  private static func variant(_ name: String, _ summary: String, _ yaml: String) -> Entry {
    Entry(name: name, summary: summary, yaml: "# \(name): \(summary)\n\(yaml)\n", isVariant: true)
  }

  /// Numbers on which the sources of the method disagree, each in both readings, and sizes of scheme.
  static let variants = [
    variant(
      "tiers-3", "Scale and Tech-Touch merged",
      """
      arr: {tiers: [">= 100000", ">= 25000"]}
      tiers:
        count: 3
        coverage: [dedicated, shared, pooled]
        targets: [{accounts: 15-20, arr: 50-70}, {accounts: 30-40, arr: 25-35}, {}]
      scorecard: {cut_offs: [45, 25]}
      service: {first_response_hours: [1, 24, 48], review_days: [90, 90, 90]}
      """),
    variant(
      "tiers-5", "An ultra-strategic tier split off the top",
      """
      arr: {tiers: [">= 500000", ">= 100000", ">= 25000", ">= 5000"]}
      tiers:
        count: 5
        coverage: [dedicated, dedicated, shared, pooled, digital]
        targets: [{accounts: 0-5}, {accounts: 10-20}, {accounts: 30-40}, {accounts: 40-50}, {}]
      scorecard: {cut_offs: [80, 45, 25, 2]}
      service: {first_response_hours: [1, 1, 24, 48, 72], review_days: [90, 90, 90, 90, 90]}
      """),
    variant(
      "pct-20-50-30", "Three tiers by rank in ARR: top 20 %, middle 50 %, bottom 30 %",
      """
      arr: {tiers: {shares: [20, 50, 30]}, pyramid: {shares: [20, 50, 30]}}
      tiers:
        count: 3
        by: arr
        coverage: [dedicated, shared, digital]
        targets: [{accounts: 18-22}, {accounts: 45-55}, {}]
      scorecard: {cut_offs: [45, 25]}
      service: {first_response_hours: [4, 24, self_service], review_days: [90, 90, 90]}
      """),
    variant(
      "pct-15-35-45", "Four tiers by rank in ARR: 15, 35, 45 and 5 %",
      """
      arr: {tiers: {shares: [15, 35, 45, 5]}, pyramid: {shares: [15, 35, 50]}}
      tiers:
        count: 4
        by: arr
        coverage: [dedicated, shared, pooled, digital]
        targets: [{accounts: 15-20}, {accounts: 30-40}, {accounts: 40-50}, {}]
      scorecard: {cut_offs: [45, 25, 2]}
      service: {first_response_hours: [1, 24, 48, 72], review_days: [90, 90, 90, 90]}
      """),
    variant(
      "t1-10-20", "Four tiers, the top holding 10-20 % of the accounts",
      "tiers: {targets: [{accounts: 10-20, arr: 50-70}, {accounts: 30-40, arr: 25-35}, "
        + "{accounts: 40-50, arr: 10-20}, {}]}"),
    variant(
      "t1-15-20", "Four tiers, the top holding 15-20 % of the accounts",
      "tiers: {targets: [{accounts: 15-20, arr: 50-70}, {accounts: 30-40, arr: 25-35}, "
        + "{accounts: 40-50, arr: 10-20}, {}]}"),
    variant(
      "cut-offs-targets", "Scorecard cut-offs solved for the targets", "scorecard: {cut_offs: targets}"),
    variant("expansion-and-fit", "Three criteria: expansion AND fit, not either", "criteria: {rule: and}"),
    variant(
      "sla-1h", "First answer within an hour in the top tier of four",
      "service: {first_response_hours: [1, 24, 48, 72]}"),
    variant(
      "sla-4h", "First answer within four hours in the top tier of four",
      "service: {first_response_hours: [4, 24, 48, 72]}"),
    variant(
      "check-in-monthly", "Monthly check-ins in the top tier",
      "service: {check_in: [1mo, 2mo, 3mo, never]}"),
    variant(
      "check-in-fortnightly", "Fortnightly check-ins in the top tier",
      "service: {check_in: [14d, 2mo, 3mo, never]}"),
    variant(
      "review-quarterly-core", "Digitised quarterly reviews in the middle tier",
      "service: {business_review: [3mo, 3mo, 12mo, never]}"),
    variant(
      "review-yearly-core", "One review a year in the middle tier",
      "service: {business_review: [3mo, 12mo, 12mo, never]}"),
    variant(
      "review-optional", "No review is due below the top tier",
      "service: {business_review: [3mo, never, never, never]}"),
    variant("load-10-30", "10 to 30 accounts a dedicated manager", "service: {dedicated_load: 10-30}"),
    variant("load-15-30", "15 to 30 accounts a dedicated manager", "service: {dedicated_load: 15-30}"),
    variant("load-10-100", "10 to 100 accounts a dedicated manager", "service: {dedicated_load: 10-100}"),
    variant("pool-50-100", "50 to 100 accounts a manager in the pool", "service: {pooled_load: 50-100}"),
    variant("pool-200-500", "200 to 500 accounts a manager in the pool", "service: {pooled_load: 200-500}"),
    variant("pool-1000", "A thousand accounts or more a manager in the pool", "service: {pooled_load: 1000}"),
    variant(
      "monthly-top", "Review the top of four tiers monthly", "service: {review_days: [30, 90, 90, 90]}"),
    variant("quarterly", "Review each of four tiers quarterly", "service: {review_days: [90, 90, 90, 90]}"),
    variant(
      "nbv", "Next best value: the customer's context decides, not the tier", "mode: nbv\nvocabulary: nbv"),
  ]
}
