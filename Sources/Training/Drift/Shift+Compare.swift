import Metrics
import Tables

extension DriftReport.Shift {
  /// Of two distributions counted in the same bins.
  init(then: Baseline.Input, now: Baseline.Input, rowsThen: Int, rowsNow: Int) {
    name = then.name
    missingThen = Double(then.missing) / Double(rowsThen)
    missingNow = Double(now.missing) / Double(rowsNow)
    var expected: [Double] = []
    var actual: [Double] = []
    var unseen: [Distribution.LevelCount] = []
    switch (then.distribution, now.distribution) {
    case (.numbers(_, let counts, let moments), .numbers(_, let newCounts, let newMoments)):
      isNumeric = true
      expected = counts.map(Double.init)
      actual = newCounts.map(Double.init)
      effect = cohensD(moments, newMoments)
    case (.levels(let levels), .levels(let newLevels)):
      isNumeric = false
      var countNow: [String: Int] = [:]
      for level in newLevels { countNow[level.level] = level.count }
      let known = Set(levels.map(\.level))
      unseen = newLevels.filter { !known.contains($0.level) }
      expected = levels.map { Double($0.count) } + [0]
      actual =
        levels.map { Double(countNow[$0.level] ?? 0) } + [Double(unseen.reduce(0) { $0 + $1.count })]
      effect = cramersV([expected, actual])
    default:
      // A column without any value then or now: nothing to compare but what is missing.
      isNumeric = false
      effect = 0
    }
    unseenLevels = unseen.map(\.level)
    unseenShare = Double(unseen.reduce(0) { $0 + $1.count }) / Double(rowsNow)
    psi = try? PopulationStability(expected: expected, actual: actual)
  }
}
