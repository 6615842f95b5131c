public import Metrics

/// An existing health score against what happened (PRD-04, PRD-05): does green stay and red leave?
///
/// Rows are accounts at the time of the score; the event is that the account left. Pure values in, pure
/// values out: reading columns is ``AuditInput``'s work, sentences are written at the command line.
public struct HealthScoreAudit: Sendable {
  /// Churn within one colour.
  public struct Band: Sendable, Equatable {
    public let colour: BandColour
    /// As the table spells it; the colour's code where the bands were cut from the score.
    public let label: String
    public let events: Int
    public let rows: Int
    /// With Wilson's interval.
    public let churn: Estimate
  }

  /// One column that the score is said to be made of.
  public struct Input: Sendable, Equatable {
    public let name: String
    /// How well it alone ranks the outcomes, whichever way round; nil where it is constant.
    public let auc: Estimate?
    public let nature: InputNature
    /// Its interval doesn't leave 0.5.
    public var isUninformative: Bool { auc.map { $0.low <= 0.5 } ?? true }
  }

  /// Two columns that say the same.
  public struct Redundancy: Sendable, Equatable {
    public let first: String
    public let second: String
    public let correlation: Double
  }

  /// Our model on the same rows.
  public struct Comparison: Sendable, Equatable {
    public let rows: Int
    /// AUC of the score and of the model on the rows that have both.
    public let scoreAUC: Double
    public let modelAUC: Double
    /// Model less score, with DeLong's interval.
    public let difference: Estimate
    public let pValue: Double
  }

  public let rows: Int
  public let events: Int
  /// Rows left out since the score or the outcome is missing.
  public let rowsLeftOut: Int
  public let churn: Estimate
  /// Green first; colours without rows are left out.
  public let bands: [Band]
  /// Green accounts that left: share of all green, with Wilson's interval. Nil without green accounts.
  public let falseGreen: Estimate?
  /// Red accounts that stayed: share of all red. Nil without red accounts.
  public let falseRed: Estimate?
  /// How many times as often red leaves as green.
  public let redOverGreen: ProportionRatio?
  /// Of leaving, by the score in its declared direction: 1 perfect, 0.5 chance, below it the wrong way.
  public let auc: Estimate
  /// Red at this score and worse, where recall + specificity is largest; in the score's own unit.
  public let youdenCut: Cut?
  public let economicCut: Cut?
  public let inputs: [Input]
  public let redundancies: [Redundancy]
  public let comparison: Comparison?
  public let verdict: AuditVerdict

  /// A cut in the score's own unit.
  public struct Cut: Sendable, Equatable {
    public let score: Double
    public let confusion: Confusion
    /// Profit per account of an economic cut, Youden's J of the other.
    public let value: Double
  }

  /// From this |r| on two columns count as one.
  public static let redundantFrom = 0.95

  /// - Throws: ``MetricError/oneClass(events:nonEvents:)`` where nobody left or nobody stayed.
  public init(_ input: AuditInput, economics: ContactEconomics? = nil) throws(MetricError) {
    let known = input.knownRows
    let outcomes = known.map { input.outcomes[$0] }
    let risk = known.map { input.risk[$0] }
    let ranked = try RankedOutcomes(outcomes: outcomes, scores: risk)
    rows = known.count
    events = Int(ranked.events)
    rowsLeftOut = input.outcomes.count - known.count
    churn = Proportion(successes: ranked.events, trials: ranked.weight).wilson
    let bands = Self.bands(input, known)
    self.bands = bands
    func proportion(_ colour: BandColour) -> Proportion? {
      let all = bands.filter { $0.colour == colour }
      guard !all.isEmpty else { return nil }
      return Proportion(all.reduce(0) { $0 + $1.events }, of: all.reduce(0) { $0 + $1.rows })
    }
    let green = proportion(.green)
    let red = proportion(.red)
    falseGreen = green?.wilson
    falseRed = red.map { Proportion(successes: $0.trials - $0.successes, trials: $0.trials).wilson }
    if let green, let red { redOverGreen = ProportionRatio(red, over: green) } else { redOverGreen = nil }
    // With a single row of a class there is no variance: the interval is everything.
    auc = ranked.aucEstimate ?? Estimate(value: ranked.auc, low: 0, high: 1)
    func cut(_ best: BestCut) -> Cut? {
      guard let score = best.score, input.hasScore else { return nil }
      return Cut(
        score: input.higherIsBetter ? -score : score, confusion: ranked.confusion(from: score),
        value: best.value)
    }
    youdenCut = cut(ranked.youdenCut)
    economicCut = economics.flatMap { cut(ranked.bestCut(for: $0)) }
    inputs = input.columns.map { Self.judge($0, known, outcomes) }
    redundancies = Self.redundancies(input, known)
    comparison = try Self.compare(input, known)
    verdict = AuditVerdict(auc: auc, redOverGreen: redOverGreen, events: events, stayed: rows - events)
  }

  private static func bands(_ input: AuditInput, _ known: [Int]) -> [Band] {
    var tallies: [String: (colour: BandColour, events: Int, rows: Int)] = [:]
    for row in known {
      guard let band = input.bands[row] else { continue }
      var tally = tallies[band.label] ?? (band.colour, 0, 0)
      tally.rows += 1
      if input.outcomes[row] == 1 { tally.events += 1 }
      tallies[band.label] = tally
    }
    return tallies.map { label, tally in
      Band(
        colour: tally.colour, label: label, events: tally.events, rows: tally.rows,
        churn: Proportion(tally.events, of: tally.rows).wilson)
    }.sorted { ($0.colour.order, $0.label) < ($1.colour.order, $1.label) }
  }

  private static func judge(_ column: AuditInput.Column, _ known: [Int], _ outcomes: [Double]) -> Input {
    let values = known.map { column.values[$0] }
    let present = values.indices.filter { !values[$0].isNaN }
    let ranked = try? RankedOutcomes(
      outcomes: present.map { outcomes[$0] }, scores: present.map { values[$0] })
    let auc = ranked?.aucEstimate.map {
      $0.value >= 0.5 ? $0 : Estimate(value: 1 - $0.value, low: 1 - $0.high, high: 1 - $0.low)
    }
    return Input(
      name: column.name, auc: (ranked?.ties.count ?? 0) > 1 ? auc : nil,
      nature: InputNature(columnNamed: column.name))
  }

  /// Pairs of inputs, and of the score with an input.
  private static func redundancies(_ input: AuditInput, _ known: [Int]) -> [Redundancy] {
    var columns = input.columns.map { column in
      (name: column.name, values: known.map { column.values[$0] })
    }
    if input.hasScore, !columns.isEmpty, !columns.contains(where: { $0.name == input.scoreName }) {
      columns.insert((input.scoreName, known.map { input.risk[$0] * (input.higherIsBetter ? -1 : 1) }), at: 0)
    }
    var pairs: [Redundancy] = []
    for first in columns.indices {
      for second in columns.indices where second > first {
        guard let r = pearsonCorrelation(columns[first].values, columns[second].values),
          abs(r) >= redundantFrom
        else { continue }
        pairs.append(
          Redundancy(first: columns[first].name, second: columns[second].name, correlation: r))
      }
    }
    return pairs
  }

  private static func compare(_ input: AuditInput, _ known: [Int]) throws(MetricError) -> Comparison? {
    guard let model = input.modelRisk else { return nil }
    let both = known.filter { !model[$0].isNaN }
    let pair = try PairedAUC(
      outcomes: both.map { input.outcomes[$0] }, first: both.map { model[$0] },
      second: both.map { input.risk[$0] })
    return Comparison(
      rows: both.count, scoreAUC: pair.second, modelAUC: pair.first, difference: pair.difference,
      pValue: pair.pValue)
  }
}
