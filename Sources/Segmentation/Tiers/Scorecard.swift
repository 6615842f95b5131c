/// The weighted scorecard: simple arithmetic that anyone can follow.
///
/// total = Σ weight × sub-score / 100 over ARR (100 × ARR / the top bound, at most 100), expansion (low 0,
/// medium 50, high 100, or 100 × the predicted probability), strategic value and complexity. A missing
/// criterion leaves its weight to the others.
public struct Scorecard: Sendable, Equatable {
  public struct Weights: Sendable, Equatable {
    public var arr = 40.0
    public var expansion = 30.0
    public var strategic = 20.0
    public var complexity = 10.0

    public init() {}

    func checkSum() throws(SegmentationError) {
      try Preset.checkWeights("scorecard", [arr, expansion, strategic, complexity])
    }
  }

  public var weights = Weights()
  /// The lowest total of each tier but the last. 45 lies between 40K that can grow (46) and any ARR that
  /// can't (40); 25 is what 25K with some expansion earns, 2 what 5K earns alone.
  public var cutOffs = CutOffs.given([45, 25, 2])
  public var complexityRule = ComplexityRule.either

  public init() {}
}

/// Where the scorecard's tiers begin.
public enum CutOffs: Sendable, Equatable {
  case given([Double])
  /// Solved for each book so that the tiers meet the preset's population targets.
  case targets
}
