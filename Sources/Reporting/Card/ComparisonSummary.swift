import Metrics
public import Training

/// A comparison with the champion as tables and sentences, for a terminal and for the card alike.
public struct ComparisonSummary: Sendable {
  let comparison: ChampionComparison

  public init(_ comparison: ChampionComparison) {
    self.comparison = comparison
  }

  var rows: String {
    "\(Figures.count(Double(comparison.rows))) rows with \(Figures.count(comparison.events)) events, "
      + (comparison.onLaterRows
        ? "all later than what the champion learned from"
        : "of which the champion may have learned from some, which flatters it")
  }

  var quality: TextTable {
    let area = comparison.aucDifference
    let loss = comparison.logLossDifference
    return TextTable(
      header: ["on the same rows", "champion", "new", "difference"],
      rows: [
        [
          "AUC", Figures.fixed(comparison.championAuc, 3), Figures.fixed(comparison.auc, 3),
          Figures.interval(area.value, area.low, area.high, 3),
        ],
        [
          "log loss", Figures.fixed(comparison.championLogLoss, 4), Figures.fixed(comparison.logLoss, 4),
          Figures.interval(loss.value, loss.low, loss.high, 4),
        ],
      ])
  }

  /// The coefficients that moved beyond two standard errors.
  var moved: TextTable? {
    let moved = comparison.coefficients.moved
    guard !moved.isEmpty else { return nil }
    return TextTable(
      header: ["moved beyond its error", "champion", "new", "z"],
      rows: moved.map { change in
        [
          change.term, Figures.significant(change.before, 4), Figures.significant(change.now, 4),
          Figures.fixed(change.z, 1),
        ]
      })
  }

  /// What the new model does to the book.
  var book: String? {
    guard !comparison.bands.isEmpty else { return nil }
    let all = comparison.bands.reduce(0) { $0 + $1.accounts }
    let moves = comparison.bands.filter { $0.from != $0.to }
    let changed = moves.reduce(0) { $0 + $1.accounts }
    guard changed > 0 else { return "none of \(Figures.count(Double(all))) accounts changes band" }
    let first = comparison.movers.prefix(5).map { mover in
      "\(mover.account) (\(mover.bandBefore) → \(mover.band), \(Figures.percent(mover.probabilityBefore)) → "
        + "\(Figures.percent(mover.probability)))"
    }
    return "\(Figures.count(Double(changed))) of \(Figures.count(Double(all))) accounts change band: "
      + moves.map { "\($0.from) → \($0.to) \($0.accounts)" }.joined(separator: ", ")
      + "; first \(first.joined(separator: ", "))"
  }

  /// Whether it may be promoted, in one sentence.
  public var verdict: String {
    guard !comparison.objections.isEmpty else { return "nothing speaks against promoting it" }
    return "not to be promoted: " + comparison.objections.map(Self.sentence).joined(separator: "; ")
  }

  private static func sentence(_ objection: PromotionObjection) -> String {
    switch objection {
    case .worse: "it is worse than the champion beyond chance"
    case .noBetterThanChance: "it is no better than chance"
    case .badlyCalibrated(let slope):
      "its probabilities are off (calibration slope \(Figures.fixed(slope, 2)))"
    case .flipped(let input): "\(input) works in the opposite direction"
    }
  }

  var title: String { "against the champion \(comparison.champion)" }

  /// What a terminal shows.
  public var terminal: String {
    ["\(title): \(rows)", quality.text, moved?.text, book, verdict].compactMap(\.self)
      .joined(separator: "\n")
  }

  public var markdown: String {
    [
      "## Against the champion", "`\(comparison.champion)`: \(rows).", quality.markdown, moved?.markdown,
      book.map { $0 + "." }, "**Verdict:** \(verdict).",
    ].compactMap(\.self).joined(separator: "\n\n")
  }
}
