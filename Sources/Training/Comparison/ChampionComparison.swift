public import Calendar
public import Metrics
import ModelFile
public import Scoring
import StableNumerics
public import Tables

/// A new model held against the champion on the same rows, which the new one had not seen.
///
/// Differences are new less champion, paired row by row, with 95 % intervals that respect groups.
public struct ChampionComparison: Codable, Sendable {
  /// A pair of bands and how many accounts of the book go from the one to the other.
  public struct BandMove: Codable, Sendable, Equatable {
    public let from: String
    public let to: String
    public let accounts: Int
  }

  /// An account whose band changes.
  public struct Mover: Codable, Sendable, Equatable {
    public let account: String
    public let probabilityBefore: Double
    public let probability: Double
    public let bandBefore: String
    public let band: String
  }

  /// The champion's version.
  public let champion: String
  public let rows: Int
  public let events: Double
  /// True where all rows are dated after the last one that the champion learned from; else the champion may have
  /// seen them, which flatters it.
  public let onLaterRows: Bool
  public let championAuc: Double
  public let auc: Double
  public let aucDifference: Estimate
  public let championLogLoss: Double
  public let logLoss: Double
  public let logLossDifference: Estimate
  public let coefficients: CoefficientChanges
  /// Every pair of bands that occurs over the book: each account's last row.
  public let bands: [BandMove]
  /// Accounts that change band, the largest change of log-odds first; at most twenty.
  public let movers: [Mover]
  /// Why the new model should not be promoted; empty where nothing speaks against it.
  public let objections: [PromotionObjection]
}

/// What speaks against promoting a model.
public enum PromotionObjection: Codable, Sendable, Equatable {
  /// Log loss or AUC is worse beyond chance (and by 1 % or .01 where the champion may have seen the rows).
  case worse
  case noBetterThanChance
  case badlyCalibrated(slope: Double)
  /// An input works in the opposite direction, in both models beyond two standard errors.
  case flipped(input: String)
}

extension ChampionComparison {
  /// - Parameters:
  ///   - learnedUntil: the last day among the champion's training rows; nil: unknown.
  ///   - result: of the new training, on `table` with `options`.
  /// - Throws: ``TrainingError``, `ScoringError` or `MetricError`.
  public init(
    champion: Scorer, version: String, learnedUntil: CalendarDate?, result: Trainer.Result, table: Table,
    options: TrainingOptions
  ) throws {
    guard let unseen = result.unseen else { throw TrainingError.notValidated }
    let before = try champion.score(table)
    let challenger = try Scorer(result.model)

    let (rows, areLater) = Self.rows(unseen, scored: before, after: learnedUntil)
    let pair = ScoredPair(
      outcomes: rows.map { unseen.outcomes[$0] },
      first: rows.map { unseen.linearPredictors[$0] },
      second: rows.map { before.linearPredictors[unseen.rows[$0]] },
      firstCalibrated: rows.map { unseen.calibrated[$0] },
      secondCalibrated: rows.map {
        champion.model.calibration.linearPredictor(of: before.linearPredictors[unseen.rows[$0]])
      },
      weights: unseen.weights.map { all in rows.map { all[$0] } },
      groups: unseen.groups.map { all in rows.map { all[$0] } },
      dates: unseen.dates.map { all in rows.map { all[$0] } })
    let areas = try pair.auc(seed: options.seed &+ 7, threads: options.threads)
    let losses = pair.logLoss

    let data = try TrainingRows(table, options)
    let book = data.lastRows
    let movements = try Self.movements(champion, challenger, before: before, data: data, book: book)
    let changes = try CoefficientChanges(
      from: champion.model, to: result.model, table: table, rows: book.map { data.rows[$0] })

    self.champion = version
    self.rows = rows.count
    events = pair.events
    onLaterRows = areLater
    (auc, championAuc, aucDifference) = areas
    (logLoss, championLogLoss, logLossDifference) = losses
    coefficients = changes
    (bands, movers) = movements
    objections = Self.objections(
      report: result.report, auc: areas.difference, logLoss: losses.difference, of: losses.second,
      onLaterRows: areLater, flipped: changes.flipped)
  }

  /// Rows later than all that the champion saw, where both classes occur often enough among them; else all.
  private static func rows(
    _ unseen: Trainer.OutOfFold, scored: Scores, after day: CalendarDate?
  ) -> (rows: [Int], areLater: Bool) {
    let usable = unseen.rows.indices.filter { !scored.linearPredictors[unseen.rows[$0]].isNaN }
    guard let day, let dates = unseen.dates else { return (usable, false) }
    let next = Int64(day.adding(days: 1).daysSince1970) * 86_400
    let later = usable.filter { dates[$0] >= next }
    let events = later.count { unseen.outcomes[$0] > 0 }
    return min(events, later.count - events) >= 10 ? (later, true) : (usable, false)
  }

  private static func objections(
    report: TrainingReport, auc: Estimate, logLoss: Estimate, of championLogLoss: Double, onLaterRows: Bool,
    flipped: [String]
  ) -> [PromotionObjection] {
    var objections: [PromotionObjection] = []
    let quality = report.holdout ?? report.validation
    if quality?.noBetterThanChance ?? false { objections.append(.noBetterThanChance) }
    let lossMargin = onLaterRows ? 0 : 0.01 * championLogLoss
    let areaMargin = onLaterRows ? 0 : 0.01
    if (logLoss.low > 0 && logLoss.value > lossMargin) || (auc.high < 0 && auc.value < -areaMargin) {
      objections.append(.worse)
    }
    if report.warnings.contains(where: { $0.code == .notCalibrated }) {
      objections.append(.badlyCalibrated(slope: quality?.calibrationSlope ?? 0))
    }
    return objections + flipped.map { .flipped(input: $0) }
  }

  private static func movements(
    _ champion: Scorer, _ challenger: Scorer, before: Scores, data: TrainingRows, book: [Int]
  ) throws -> (bands: [BandMove], movers: [Mover]) {
    guard challenger.model.role == champion.model.role, challenger.model.role != .other else {
      return ([], [])
    }
    let after = try challenger.score(data.table)
    let names = try data.accounts(at: book)
    var counts: [[String]: Int] = [:]
    var movers: [(mover: Mover, change: Double)] = []
    for (position, name) in zip(book, names) {
      let row = data.rows[position]
      let (old, new) = (before.probabilities[row], after.probabilities[row])
      guard !old.isNaN, !new.isNaN else { continue }
      let bands = [champion.model.band(probability: old), challenger.model.band(probability: new)]
      counts[bands, default: 0] += 1
      if bands[0] != bands[1] {
        let mover = Mover(
          account: name, probabilityBefore: old, probability: new, bandBefore: bands[0], band: bands[1])
        movers.append((mover, abs(logit(new) - logit(old))))
      }
    }
    let order = challenger.model.bandNames
    var moves: [BandMove] = []
    for from in order {
      for to in order {
        guard let count = counts[[from, to]] else { continue }
        moves.append(BandMove(from: from, to: to, accounts: count))
      }
    }
    movers.sort { ($1.change, $0.mover.account) < ($0.change, $1.mover.account) }
    return (moves, movers.prefix(20).map(\.mover))
  }
}

extension Model {
  /// The band's code; empty for a model of no role.
  fileprivate func band(probability: Double) -> String {
    switch role {
    case .risk: healthBand(health: health(probability: probability)).rawValue
    case .expansion: expansionBand(probability: probability).rawValue
    case .other: ""
    }
  }

  fileprivate var bandNames: [String] {
    switch role {
    case .risk: HealthBand.allCases.map(\.rawValue)
    case .expansion: ExpansionBand.allCases.map(\.rawValue)
    case .other: []
    }
  }
}
