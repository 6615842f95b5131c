/// What the whole book says about the preset.
public enum BookNote: Sendable, Equatable {
  /// The mean ARR is far from the bounds, so that nearly everybody falls on one side; `proposed` are the
  /// 80th and 30th percentiles, which make groups of 20, 50 and 30 %.
  case boundsDoNotFit(meanARR: Double, top: Double, proposed: [Double])
  /// More in the top tier than its target: nothing is prioritised.
  case topOverPopulated(share: Double, target: ClosedRange<Double>)
  /// Only ARR is known or used: segmenting by ARR alone.
  case arrOnly
  /// No account has a prediction; rules decide.
  case noPredictions
  /// No ARR at all.
  case noARR
  /// Cut-offs that would bring every tier into its target.
  case cutOffsForTargets([Double])
  /// Cut-offs were to meet the targets and can't; `tied` accounts share a total with a cut-off.
  case targetsOutOfReach(tied: Int?)
}

extension Segmentation {
  /// The notes on this run, in the order in which they are told.
  public func notes(_ summary: Summary, hasPredictions: Bool) -> [BookNote] {
    var notes: [BookNote] = []
    if !hasPredictions { notes.append(.noPredictions) }
    if ascendingARR.isEmpty {
      notes.append(.noARR)
    } else if let mean = meanARR, case .fixed = preset.pyramidBounds, let top = cuts.pyramidBounds.first,
      let base = cuts.pyramidBounds.last, mean > 2 * top.amount || mean < base.amount / 2
    {
      let proposed = ARRBounds.shares([20, 50, 30]).resolved(
        factor: 1, descendingARR: ascendingARR.reversed())
      notes.append(.boundsDoNotFit(meanARR: mean, top: top.amount, proposed: proposed.map(\.amount)))
    }
    if preset.criteria.uses == [.arr] || isARROnly { notes.append(.arrOnly) }
    guard let top = summary.tiers.first else { return notes }
    let share = summary.accountShare(top.group)
    if let target = preset.targets.first?.accounts, share > target.upperBound {
      notes.append(.topOverPopulated(share: share, target: target))
    }
    switch (preset.scorecard.cutOffs, cuts.solved) {
    case (.targets, let solved?) where !solved.meetsTargets:
      notes.append(.targetsOutOfReach(tied: solved.tied))
    case (.given, let solved?) where solved.meetsTargets && !summary.meetsTargets(preset):
      notes.append(.cutOffsForTargets(solved.cutOffs))
    default: break
    }
    return notes
  }

  var meanARR: Double? {
    ascendingARR.isEmpty ? nil : ascendingARR.reduce(0, +) / Double(ascendingARR.count)
  }

  private var isARROnly: Bool {
    !ascendingARR.isEmpty
      && assignments.allSatisfy { $0.tierScore == nil && !$0.flags.contains(.strategicDesignation) }
  }
}

extension Summary {
  /// Every tier's share of the accounts lies within its target.
  func meetsTargets(_ preset: Preset) -> Bool {
    zip(tiers, preset.targets).allSatisfy { tier, target in
      let standing = Summary.standing(accountShare(tier.group), in: target.accounts)
      return standing == nil || standing == .inRange
    }
  }
}
