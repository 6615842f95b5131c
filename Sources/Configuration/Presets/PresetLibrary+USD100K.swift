extension PresetLibrary {
  static let usd100K = Entry(
    name: "usd-100k", summary: "Four tiers at $100K, $25K and $5K; scorecard 40/30/20/10 (the default)",
    yaml: """
      # usd-100k: four tiers, Strategic, Core, Scale and Tech-Touch.
      # Copy this file, change what you need, and use it with --preset my.yaml. Every key is optional: what is
      # left out keeps the value of the preset named under `extends` (this one, if none is named).
      name: usd-100k
      currency: USD

      # Lower bounds in ARR, highest first. ">=" includes the amount, ">" leaves it out.
      # Instead of amounts, shares of the book: {shares: [20, 50, 30]}.
      arr:
        tiers: [">= 100000", ">= 25000", ">= 5000"]
        pyramid: [">= 100000", ">= 25000"]    # also the bounds of the three criteria
        factor: 1                             # 0.2 turns 100K/25K/5K into 20K/5K/1K

      tiers:
        count: 4                              # 3, 4 or 5
        by: scorecard                         # or arr
        coverage: [dedicated, shared, pooled, digital]
        targets:                              # shares in percent; the last tier takes what is left
          - {accounts: 15-20, arr: 50-70}
          - {accounts: 30-40, arr: 25-35}
          - {accounts: 40-50, arr: 10-20}
          - {}

      # total = sum of weight x sub-score / 100. ARR earns 100 x ARR / the pyramid's first bound, at most 100;
      # expansion 0 / 50 / 100 or 100 x the predicted probability.
      scorecard:
        weights: {arr: 40, expansion: 30, strategic: 20, complexity: 10}
        cut_offs: [45, 25, 2]                 # or: targets, solved for the shares above
        complexity: either                    # either, max or mean of product and relationship complexity

      criteria:
        rule: or                              # high expansion OR / AND a strategic fit reaches tier 1
        uses: [arr, expansion, fit]

      # Each axis is the weighted mean of what is known, 0-100; at or above the cut is high. p80: a percentile.
      matrix:
        importance:
          weights: {arr: 30, potential_arr: 20, expansion: 30, brand: 10, strategic: 10}
          cut: 45
        need:
          weights: {churn_risk: 40, health: 20, adoption: 15, licences: 10, tickets: 5, complexity: 10}
          cut: 50
          risk_cut:                           # 0.35: where a risk is predicted, it alone decides
          tickets_at_full: 10                 # tickets in 90 days that count as full need
          complexity: either

      expansion:
        high_ratio: 3                         # potential / ARR
        medium_ratio: 1.5
        high_seat_use: 0.3                    # fewer of the seats in use than this: room to grow
        high_probability: 0.5
        medium_probability: 0.2

      # Rules above every model.
      floors:
        onboarding_days: 90
        health_drop: 30                       # points lost in about 30 days
        health_fell: 50
        health_collapsed: 20
        healthy: 75
        red_health: 25                        # three times the usual odds of leaving; off: no such rule
        premium_coverage: shared

      service:
        dedicated_load: 15-30                 # accounts a customer-success manager
        shared_load: 50-100
        pooled_load: 200-500
        digital_load: 1000
        first_response_hours: [1, 24, 48, 72]
        check_in: [14d, 2mo, 3mo, never]      # strategic, core, scale, tech touch
        business_review: [3mo, 6mo, 12mo, never]
        review_days: [90, 90, 90, 90]         # between two reviews of the tier itself, by tier

      vocabulary: tiers                       # tiers, pyramid or nbv: what "low touch" means
      mode: segment                           # who decides the service: the tier (segment), the customer's
                                              # context alone (nbv), or the tier as a proposal (hybrid)

      """, isVariant: false)
}
