import StableNumerics

extension TrainingReport {
  /// How the model does on unseen rows when it learns from fewer.
  public struct LearningCurve: Codable, Sendable, Equatable {
    public struct Point: Codable, Sendable, Equatable {
      /// Rows that each fit learned from, and events among them; means over the folds.
      public var rows: Double
      public var events: Double
      public var auc: Double?
      public var logLoss: Double
    }

    public var points: [Point]
    /// What twice as many outcomes would take off the log loss: b/2n of a + b/n, the law to which the excess of
    /// a fit with a given number of parameters tends, by least squares over the points. Not below 0.
    public var gainFromDoubling: Double
  }
}

extension TrainingReport.LearningCurve {
  init(_ points: [Point]) {
    self.points = points
    let x = points.map { 1 / $0.rows }
    let (mx, my) = (x.reduce(0, +) / Double(x.count), points.reduce(0) { $0 + $1.logLoss } / Double(x.count))
    let slope =
      zip(x, points).reduce(0) { $0 + ($1.0 - mx) * ($1.1.logLoss - my) }
      / x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
    gainFromDoubling = max(0, slope.isFinite ? slope * (x.last ?? 0) / 2 : 0)
  }
}

extension ValidationSplits {
  /// Each split's training rows thinned to `share`, whole groups at a time; forward in time the latest stay.
  func thinned(to share: Double, _ data: TrainingRows, seed: UInt64) -> [Split] {
    splits.enumerated().map { number, split in
      Split(training: Self.thinned(split.training, share, data, seed, number), validation: split.validation)
    }
  }

  private static func thinned(
    _ rows: [Int], _ share: Double, _ data: TrainingRows, _ seed: UInt64, _ number: Int
  ) -> [Int] {
    guard share < 1 else { return rows }
    let units = Set(rows.map { data.groups?[$0] ?? Int32($0) }).sorted()
    var random = SplitMix64(seed: seed, stream: UInt64(number))
    var order = units
    for place in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(place, random.below(place + 1))
    }
    let kept = Set(order.prefix(Int((share * Double(order.count)).rounded(.up))))
    return rows.filter { kept.contains(data.groups?[$0] ?? Int32($0)) }
  }
}
