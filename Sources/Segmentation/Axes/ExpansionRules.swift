/// How room to grow is judged.
///
/// By hand, else by the model, else from what the account could still buy:
/// - potential ARR / ARR: high from ``highRatio``, medium from ``mediumRatio``, else low. Growth between
///   double and three times counts as medium; below half as much again, as low.
/// - seats: high when less than ``highSeatUse`` of them is used; otherwise by seats / seats used as above,
///   but never high: 30 of 100 is not yet high.
/// - modules: high when one of several is bought; all bought is low; otherwise medium.
///
/// The most hopeful of those that are known counts. The horizon is 12–24 months.
///
/// A level says how much of the room is left, so it falls as an account grows into its potential. Growth must
/// not cost a tier, so what counts where tiers are decided is where the potential leads, whatever of it is taken
/// already: in the scorecard 100 × potential / the top bound, in the three criteria a potential that reaches
/// the top bound.
public struct ExpansionRules: Sendable, Equatable {
  /// 3: final / initial is at least three. With `growth >= 300 %` read literally, set 4.
  public var highRatio = 3.0
  public var mediumRatio = 1.5
  public var highSeatUse = 0.3
  /// A predicted probability from here is high …
  public var highProbability = 0.5
  /// … and from here medium, where the scores bring no band of their own.
  public var mediumProbability = 0.2

  public init() {}

  /// Where a judgement came from.
  public enum Source: String, Sendable {
    case manual, predicted, headroom
  }

  public struct Estimate: Sendable, Equatable {
    public var level: ExpansionLevel
    /// 0–100: 0, 50, 100 for the levels; 100 × the probability for a prediction; what seats and modules give
    /// where the level comes from the room to grow. ``Profile/expansionPoints(cap:)`` adds the potential.
    public var points: Double
    public var source: Source
    /// High by hand, by prediction, or by seats and modules: by something that ARR has no part in.
    public var isHighWithoutPotential: Bool
  }

  /// Nil when nothing is known about the room to grow.
  public func estimate(_ account: Account, _ scores: Scores?) -> Estimate? {
    if let level = account.expansion {
      return Estimate(
        level: level, points: level.points, source: .manual, isHighWithoutPotential: level == .high)
    }
    if let p = scores?.expansionPotential {
      let level = scores?.expansionBand ?? level(ofProbability: p)
      return Estimate(
        level: level, points: 100 * p, source: .predicted, isHighWithoutPotential: level == .high)
    }
    guard let level = headroom(of: account) else { return nil }
    let use = unused(of: account)
    return Estimate(
      level: level, points: use?.points ?? 0, source: .headroom, isHighWithoutPotential: use == .high)
  }

  func level(ofProbability p: Double) -> ExpansionLevel {
    p >= highProbability ? .high : p >= mediumProbability ? .medium : .low
  }

  /// From potential ARR, seats and modules.
  public func headroom(of account: Account) -> ExpansionLevel? {
    var best = unused(of: account)
    if let potential = account.potentialARR, let arr = account.arr, arr > 0 {
      let ratio = potential / arr
      let level = ratio >= highRatio ? ExpansionLevel.high : ratio >= mediumRatio ? .medium : .low
      best = best.map { $0.points > level.points ? $0 : level } ?? level
    }
    return best
  }

  /// From seats and modules.
  private func unused(of account: Account) -> ExpansionLevel? {
    var best: ExpansionLevel?
    func consider(_ level: ExpansionLevel) {
      guard let known = best else { return best = level }
      if level.points > known.points { best = level }
    }
    if let used = account.seatsUsed, let seats = account.seats, seats > 0 {
      consider(used / seats < highSeatUse ? .high : seats >= mediumRatio * used ? .medium : .low)
    }
    if let used = account.modulesUsed, let available = account.modulesAvailable, available > 0 {
      consider(used >= available ? .low : used <= 1 ? .high : .medium)
    }
    return best
  }
}

extension ExpansionLevel {
  /// The scorecard's sub-score.
  public var points: Double {
    switch self {
    case .high: 100
    case .medium: 50
    case .low: 0
    }
  }
}
