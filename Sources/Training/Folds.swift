import StableNumerics

/// How rows are dealt to validation folds.
enum Folds {
  /// The fold 0 ..< `count` of each row. Whole groups stay together; events and non-events (of groups: groups
  /// with and without an event; with `bands`, the highest of each) are dealt separately, so that each fold has its
  /// share of all.
  ///
  /// Deterministic in (outcomes, groups, seed); each stratum is shuffled, then dealt in turn. O(n log n).
  static func stratified(
    outcomes: [Double], bands: [Int]? = nil, groups: [Int32]?, count: Int, seed: UInt64
  ) throws(TrainingError) -> [Int] {
    let units = groups ?? Array(0..<Int32(outcomes.count))
    let unitCount = Int((units.max() ?? -1) + 1)
    // −1: no such unit.
    var level = [Int](repeating: -1, count: unitCount)
    for (row, unit) in units.enumerated() {
      level[Int(unit)] = max(level[Int(unit)], bands?[row] ?? (outcomes[row] > 0 ? 1 : 0))
    }
    var foldOf = [Int](repeating: 0, count: unitCount)
    var random = SplitMix64(seed: seed)
    var next = 0
    for stratum in (0...(bands == nil ? 1 : 2)).reversed() {
      var members = (0..<unitCount).filter { level[$0] == stratum }
      // Fewer events than folds leaves a fold without one: its validation would be undefined.
      if stratum > 0, members.count < count {
        let what =
          bands == nil
          ? ["events", "an event"]
          : stratum == 2
            ? ["rows of the highest band", "the highest band"]
            : ["rows of the middle band", "the middle band"]
        throw .tooFewForFolds(
          folds: count, smallest: members.count, what: groups == nil ? what[0] : "groups with \(what[1])")
      }
      members.shuffle(using: &random)
      for member in members {
        foldOf[member] = next % count
        next += 1
      }
    }
    return units.map { foldOf[Int($0)] }
  }

  /// Positions of the rows in fold `fold`, and of all others.
  static func split(_ folds: [Int], _ fold: Int) -> (training: [Int], validation: [Int]) {
    var training: [Int] = []
    var validation: [Int] = []
    for (position, other) in folds.enumerated() {
      if other == fold { validation.append(position) } else { training.append(position) }
    }
    return (training, validation)
  }
}
