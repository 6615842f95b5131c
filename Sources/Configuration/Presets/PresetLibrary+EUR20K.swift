extension PresetLibrary {
  static let eur20K = Entry(
    name: "eur-20k", summary: "Three tiers above 20K €, from 5K € and below; high, low and tech touch",
    yaml: """
      # eur-20k: high, low and tech touch. More than 20K is the top, less than 5K the base.
      name: eur-20k
      extends: usd-100k
      currency: EUR

      arr:
        tiers: ["> 20000", ">= 5000"]
        pyramid: ["> 20000", ">= 5000"]

      tiers:
        count: 3
        coverage: [dedicated, shared, digital]
        targets:
          - {accounts: 15-20, arr: 50-70}
          - {accounts: 30-50, arr: 20-40}
          - {}

      # With ARR capped at 20K: 90 and 66 points are tier 1, 51 is tier 2, 8 is tier 3.
      scorecard:
        cut_offs: [60, 10]

      service:
        dedicated_load: 10-30
        shared_load: 50-100
        first_response_hours: [4, 24, self_service]
        check_in: [1mo, never, never, never]
        business_review: [3mo, never, never, never]
        review_days: [90, 90, 90]

      vocabulary: pyramid

      """, isVariant: false)
}
