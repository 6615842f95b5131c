internal import Calendar

extension Assignment {
  /// The assignment as memory leaves it: the tier that holds, the coverage that goes with it, the reason with
  /// memory's part after a `;`, and memory's flags.
  ///
  /// `floor` is the coverage that was bought or guaranteed: nothing below it.
  public mutating func apply(_ state: AccountState, preset: Preset, floor: Coverage) {
    // A tier beyond the preset's is the last: that of a decision, or of a preset with more of them.
    let shown = Tier.higher(state.effectiveTier, preset.lastTier)
    if shown != tier {
      tier = shown
      coverage = preset.coverage(of: tier, isNeedy: quadrant.isNeedy, floor: floor)
    }
    tierReason += ";" + state.cause
    flags.subtract([.inGrace, .graceLengthAssumed, .manualOverride, .boost, .lighterContact])
    if let grace = state.grace {
      flags.insert(.inGrace)
      if grace.basis == .assumed { flags.insert(.graceLengthAssumed) }
      tierReason += ";grace_until_" + grace.until.description
    }
    if state.overridden != nil {
      flags.insert(.manualOverride)
      tierReason += ";override"
    }
    if let adjustment = state.adjustment, adjustment.isActive {
      flags.insert(adjustment.kind == .boost ? .boost : .lighterContact)
    }
  }
}

extension Account {
  /// The coverage that a premium plan guarantees or that was bought; digital where there is neither.
  public func coverageFloor(_ floors: Floors) -> Coverage {
    .higher(premiumFloor(floors), purchasedCoverage ?? .digital)
  }

  /// The coverage that a premium plan guarantees; digital without one.
  public func premiumFloor(_ floors: Floors) -> Coverage {
    premiumPlan == true || plan == .premium ? floors.premiumCoverage : .digital
  }
}
