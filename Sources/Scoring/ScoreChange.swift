import Features
import ModelFile
import StableNumerics

/// Why an account's score is not what it was: the change of its log-odds split into what its data did and what
/// a new model did, and where its band changed on the way.
///
///     logOdds now − logOdds then = data + model
///     data  = old model on new data − old model on old data
///     model = new model on new data − old model on new data
///
/// Thresholds of the bands are configuration: they move no log-odds, but may move the band, last.
public struct ScoreChange: Sendable, Equatable {
  /// One part's log-odds in the old model, relative to the mean account of its training.
  public struct Part: Sendable, Equatable {
    public let term: String
    public let before: Double
    public let now: Double

    public var change: Double { now - before }
  }

  /// A state on the way from then to now.
  public struct State: Sendable, Equatable {
    /// Calibrated.
    public let logOdds: Double
    public let probability: Double
    /// Models of role risk.
    public let health: Double?
    public let band: String?
  }

  /// The old model and the old data.
  public let before: State
  /// The old model and the new data.
  public let withData: State
  /// The new model and the new data, in the bands of the old thresholds.
  public let withModel: State
  /// The same in the bands of the new thresholds.
  public let now: State
  /// The parts that changed, the largest change first. They add up to ``data`` where the calibration is a line;
  /// what a bent calibration adds is ``bend``.
  public let parts: [Part]

  public var data: Double { withData.logOdds - before.logOdds }
  public var model: Double { withModel.logOdds - withData.logOdds }
  public var bend: Double { data - parts.reduce(0) { $0 + $1.change } }

  /// - Parameters:
  ///   - old: last month's model and the account as it was.
  ///   - current: today's account as the old model reads it.
  ///   - new: today's model and the account as that reads it.
  public init(
    from old: (scorer: Scorer, account: AccountRow), current: AccountRow,
    to new: (scorer: Scorer, account: AccountRow)
  ) throws(ScoringError) {
    let then = try old.scorer.score(old.account)
    let moved = try old.scorer.score(current)
    let today = try new.scorer.score(new.account)
    before = State(then, old.scorer.model, bands: old.scorer.model.bands)
    withData = State(moved, old.scorer.model, bands: old.scorer.model.bands)
    withModel = State(today, new.scorer.model, bands: old.scorer.model.bands)
    now = State(today, new.scorer.model, bands: new.scorer.model.bands)

    // A part may be told under another name now: another level, or missing.
    let earlier = old.scorer.partSizes(of: old.account)
    let later = old.scorer.partSizes(of: current)
    var parts: [Part] = []
    for (index, part) in old.scorer.parts.enumerated() where earlier[index] != later[index] {
      let names = [old.account, current].map { old.scorer.name(of: part, values: $0.values) }
      parts.append(
        Part(
          term: names[0] == names[1] ? names[0] : "\(names[0]) → \(names[1])", before: earlier[index],
          now: later[index]))
    }
    let offset = current.offset - old.account.offset
    if offset != 0, let name = old.scorer.model.offset {
      let slope = old.scorer.model.calibration.logOddsSlope
      parts.append(Part(term: name, before: slope * old.account.offset, now: slope * current.offset))
    }
    self.parts = parts.enumerated().sorted {
      let (a, b) = ($0.element.change.magnitude, $1.element.change.magnitude)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
  }
}

extension ScoreChange.State {
  fileprivate init(_ score: Score, _ model: Model, bands: Model.Bands) {
    var judged = model
    judged.bands = bands
    probability = score.probability
    logOdds = logit(score.probability)
    health = score.health
    switch model.role {
    case .risk: band = score.health.map { judged.healthBand(health: $0).rawValue }
    case .expansion: band = judged.expansionBand(probability: score.probability).rawValue
    case .other: band = nil
    }
  }
}

extension Scorer {
  /// The log-odds of each of ``parts``, in their order.
  fileprivate func partSizes(of row: AccountRow) -> [Double] {
    let terms = program.terms(of: row.values)
    let slope = model.calibration.logOddsSlope
    return parts.map { part in
      part.terms.reduce(0) { $0 + contribution(of: $1, value: terms[$1]) } * slope
    }
  }
}
