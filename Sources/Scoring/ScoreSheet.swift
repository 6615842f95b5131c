import Features
import ModelFile
public import Tables

/// What a score file holds: its columns, and how the rows of a table become its lines.
///
/// | role of the model | columns |
/// |---|---|
/// | risk | `churn_risk`, `churn_risk_low`, `churn_risk_high`, `health`, `band`, `churn_reason_1…K` |
/// | expansion | `expansion_potential` and its interval, `expansion_band`, `expansion_reason_1…K` |
/// | other | `NAME_probability` and its interval, `NAME_reason_1…K` |
///
/// A model of three ordered bands has `expansion_p_medium` and `expansion_p_low` before its band: with
/// `expansion_potential`, P(high), they add up to 1, and the band is that of the largest.
///
/// With intervals a banded score ends with `band_sure` or `expansion_band_sure`: `no` where the interval crosses a
/// limit of the bands.
///
/// The first model of a role has these names; a further one has its own name and `_` in front of them.
public struct ScoreSheet: Sendable {
  public let scorers: [Scorer]
  /// The id column, passed through as it stands in the table.
  public let id: String?
  public let header: [String]
  /// How each column must be read: as the models say, ids as text.
  public let kinds: [String: ColumnKind]
  let intervals: Bool
  let reasonCount: Int

  /// `id` nil takes the id column of the first model that has one.
  public init(
    _ scorers: [Scorer], id: String? = nil, intervals: Bool = false, reasons: Int = 0
  ) throws(ScoringError) {
    self.scorers = scorers
    self.intervals = intervals
    reasonCount = reasons
    let id = id ?? scorers.lazy.compactMap(\.model.id).first
    self.id = id
    var kinds: [String: ColumnKind] = [:]
    if let id { kinds[id] = .text }
    for scorer in scorers {
      let model = scorer.model
      if intervals && model.covariance == nil { throw .noCovariance(model: model.name) }
      if let offset = model.offset { kinds[offset] = .numeric }
      for input in model.recipe.inputs {
        let kind = ColumnKind(input.kind)
        if let other = kinds[input.name], other != kind, input.name != id {
          throw .modelsDisagree(column: input.name, model: model.name)
        }
        kinds[input.name] = kind
      }
    }
    self.kinds = kinds
    header = (id.map { [$0] } ?? []) + Self.header(scorers, intervals: intervals, reasons: reasons)
  }

  private static func header(_ scorers: [Scorer], intervals: Bool, reasons: Int) -> [String] {
    var roles: [Model.Role] = []
    return scorers.flatMap { scorer -> [String] in
      let model = scorer.model
      let isFirst = !roles.contains(model.role)
      roles.append(model.role)
      let bare: (score: String, stem: String, bands: [String]) =
        switch model.role {
        case .risk: ("churn_risk", "churn", ["health", "band"])
        case .expansion:
          (
            "expansion_potential", "expansion",
            (model.orderedBands == nil ? [] : ["expansion_p_medium", "expansion_p_low"]) + ["expansion_band"]
          )
        case .other: ("probability", "", [])
        }
      let front = isFirst && model.role != .other ? "" : model.name + "_"
      let stem = bare.stem.isEmpty ? "" : bare.stem + "_"
      return [front + bare.score]
        + (intervals ? ["\(front)\(bare.score)_low", "\(front)\(bare.score)_high"] : [])
        + bare.bands.map { front + $0 }
        + (0..<max(0, reasons)).map { "\(front)\(stem)reason_\($0 + 1)" }
        + (intervals ? bare.bands.suffix(1).map { "\(front)\($0)_sure" } : [])
    }
  }

  /// The columns that the models read, the id not among them unless a model reads it; all where no model
  /// reads any.
  public var inputs: Set<String>? {
    let names = scorers.flatMap { $0.model.recipe.inputs.map(\.name) + ($0.model.offset.map { [$0] } ?? []) }
    return names.isEmpty ? nil : Set(names)
  }

  /// Throws where a table with these columns lacks the id or an input.
  public func check(columns: [String]) throws(ScoringError) {
    let known = Set(columns)
    for name in (id.map { [$0] } ?? []) + (inputs?.sorted() ?? []) where !known.contains(name) {
      throw .recipe(.missingColumn(name: name, known: columns))
    }
  }

  /// For each input that is text to the models and has a value here: whether all are numbers, and none of the
  /// models' levels is. A whole table of them is not what the models were trained on.
  public func numbersOnly(_ table: Table) -> [String: Bool] {
    var result: [String: Bool] = [:]
    for input in scorers.flatMap({ $0.inputs }) where input.kind == .categorical && result[input.name] == nil
    {
      guard case .text(let coded)? = table[input.name]?.values, !coded.levels.isEmpty else { continue }
      result[input.name] =
        !input.levels.contains { Double($0) != nil } && coded.levels.allSatisfy { Double($0) != nil }
    }
    return result
  }

  /// The header line.
  public func appendHeader(to csv: inout CSVText) {
    for name in header { csv.text(name) }
    csv.endRow()
  }

  /// Appends one line a row, in the table's order; rows without a score are left out and returned.
  public func append(_ table: Table, to csv: inout CSVText) throws(ScoringError) -> [UnscorableRow] {
    guard let id else { return try append(table, to: &csv) { _, _ in } }
    guard let values = table[id]?.values else {
      throw .recipe(.missingColumn(name: id, known: table.columnNames))
    }
    return try append(table, to: &csv) { row, csv in csv.cell(values, row: row) }
  }

  /// The same with the id cell of each row written by `writeID`, so that it need not be among the columns.
  public func append(
    _ table: Table, to csv: inout CSVText, writeID: (Int, inout CSVText) -> Void
  ) throws(ScoringError) -> [UnscorableRow] {
    var columns: [ScoredColumns] = []
    for scorer in scorers {
      let scores = try scorer.score(table, intervals: intervals, reasons: reasonCount)
      columns.append(ScoredColumns(model: scorer.model, scores: scores, reasonCount: reasonCount))
    }
    let unscorable = Self.merged(columns.map(\.scores.unscorable))
    var skipped = unscorable.makeIterator()
    var next = skipped.next()
    // Of one model a row is one call: a loop over models counts a reference a row, which costs as much as two cells.
    let cells: (Int, inout CSVText) -> Void =
      columns.count == 1
      ? columns[0].append : { row, csv in for part in columns { part.append(row, to: &csv) } }
    for row in 0..<table.rowCount {
      if row == next?.row {
        next = skipped.next()
        continue
      }
      writeID(row, &csv)
      cells(row, &csv)
      csv.endRow()
    }
    return unscorable
  }

  /// Each row once, with the first model's error.
  private static func merged(_ lists: [[UnscorableRow]]) -> [UnscorableRow] {
    guard lists.count > 1 else { return lists.first ?? [] }
    var seen: Set<Int> = []
    return lists.flatMap { $0 }.filter { seen.insert($0.row).inserted }.sorted { $0.row < $1.row }
  }
}

/// The columns of one model. A class, as copying a model with all that it holds for every row costs more than
/// the scores.
private final class ScoredColumns {
  let model: Model
  let scores: Scores
  let reasonCount: Int

  init(model: Model, scores: Scores, reasonCount: Int) {
    self.model = model
    self.scores = scores
    self.reasonCount = reasonCount
  }

  func append(_ row: Int, to csv: inout CSVText) {
    let probability = scores.probabilities[row]
    csv.number(probability)
    if let low = scores.low, let high = scores.high {
      csv.number(low[row])
      csv.number(high[row])
    }
    let health = model.role == .risk ? model.health(probability: probability) : nil
    if let health { csv.number(health) }
    if let bands = model.bandProbabilities(linearPredictor: scores.linearPredictors[row]) {
      csv.number(bands.medium)
      csv.number(bands.low)
    }
    let band = health.map { model.healthBand(health: $0).rawValue } ?? band(of: probability)
    if let band { csv.text(band) }
    if reasonCount > 0 {
      for reason in scores.reasons[row] { csv.text(reason.text) }
      for _ in scores.reasons[row].count..<reasonCount { csv.missing() }
    }
    if let band, let low = scores.low, let high = scores.high {
      let isSure = self.band(of: low[row]) == band && self.band(of: high[row]) == band
      csv.text(isSure ? "yes" : "no")
    }
  }

  private func band(of probability: Double) -> String? {
    switch model.role {
    case .risk: model.healthBand(health: model.health(probability: probability)).rawValue
    case .expansion: model.expansionBand(probability: probability).rawValue
    case .other: nil
    }
  }
}

extension ColumnKind {
  /// The kind of table column that an input is read from.
  init(_ kind: RecipeInput.Kind) {
    self =
      switch kind {
      case .numeric: .numeric
      case .categorical: .text
      case .boolean: .boolean
      }
  }
}
