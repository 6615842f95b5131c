public import Segmentation
public import Tables

/// A scores table as `pulso score` writes it: an id column and what the models say. A class for the reason that
/// ``AccountTable`` is one.
public final class ScoreTable: Sendable {
  public let count: Int
  private let cells: ScoreCells
  private let ids: ChoiceCells<String>

  /// The id is the column that the accounts call theirs, else a known alias, else the first.
  public init(_ table: Table, id: String? = nil) throws(AccountsError) {
    let names = table.columnNames
    let aliases = Set(([AccountField.id.rawValue] + AccountField.id.aliases).map(AccountField.comparable))
    let found =
      names.first { $0 == id } ?? names.first { aliases.contains(AccountField.comparable($0)) } ?? names.first
    guard let found, let column = table[found] else { throw .noID(columns: names) }
    var problems: [AccountsError] = []
    guard let cells = ScoreCells(table, withHealth: true, &problems) else {
      throw .noScores(columns: names)
    }
    var reader = CellReader(field: "id", column: column)
    let ids = reader.ids()
    problems += reader.problems
    if let first = problems.min(by: { ($0.row ?? 0) < ($1.row ?? 0) }) { throw first }
    self.cells = cells
    self.ids = ids
    count = table.rowCount
  }

  public subscript(id: String) -> Scores? { rows(of: [id])[0].map { cells.scores($0) } }

  /// The scores that stand in a row.
  public func scores(_ row: Int) -> Scores { cells.scores(row) }

  /// The row of each id, nil where there is none. Ids that come in the scores' own order cost one comparison
  /// each, others a look-up.
  public func rows(of wanted: [String]) -> [Int?] {
    var rows: [Int?] = []
    rows.reserveCapacity(wanted.count)
    for (row, id) in wanted.enumerated() {
      guard row < count, ids[row] == id else { break }
      rows.append(row)
    }
    guard rows.count < wanted.count else { return rows }
    var rowOf: [String: Int] = [:]
    rowOf.reserveCapacity(count)
    for row in 0..<count {
      if let id = ids[row] { rowOf[id] = row }
    }
    for id in wanted[rows.count...] { rows.append(rowOf[id]) }
    return rows
  }
}

/// The columns of a table that hold predictions.
struct ScoreCells: Sendable {
  private var churnRisk, churnRiskLow, churnRiskHigh, health: NumberCells?
  private var expansion, expansionLow, expansionHigh: NumberCells?
  private var band: ChoiceCells<ExpansionLevel>?

  /// Nil when there is none. `health` counts as the model's only in a scores table; in an accounts table it
  /// is the account's own. Columns in which a field was found are none of the model's.
  init?(
    _ table: Table, fields: [String] = [], withHealth: Bool = false, _ problems: inout [AccountsError]
  ) {
    var found = false
    func numbers(
      _ name: String, in range: ClosedRange<Double> = 0...1, expected: String = "a probability from 0 to 1"
    ) -> NumberCells? {
      guard !fields.contains(name), let column = table[name] else { return nil }
      found = true
      var reader = CellReader(field: name, column: column)
      defer { problems += reader.problems }
      return reader.numbers(in: range, expected: expected)
    }
    churnRisk = numbers("churn_risk")
    churnRiskLow = numbers("churn_risk_low")
    churnRiskHigh = numbers("churn_risk_high")
    expansion = numbers("expansion_potential")
    expansionLow = numbers("expansion_potential_low")
    expansionHigh = numbers("expansion_potential_high")
    if withHealth { health = numbers("health", in: 0...100, expected: "a number from 0 to 100") }
    if let column = table["expansion_band"] {
      found = true
      var reader = CellReader(field: "expansion_band", column: column)
      band = reader.choices(expected: "high, medium or low", ExpansionLevel.init(words:))
      problems += reader.problems
    }
    guard found else { return nil }
  }

  func scores(_ row: Int) -> Scores {
    var scores = Scores()
    scores.churnRisk = churnRisk?[row]
    scores.churnRiskLow = churnRiskLow?[row]
    scores.churnRiskHigh = churnRiskHigh?[row]
    scores.health = health?[row]
    scores.expansionPotential = expansion?[row]
    scores.expansionPotentialLow = expansionLow?[row]
    scores.expansionPotentialHigh = expansionHigh?[row]
    scores.expansionBand = band?[row]
    return scores
  }
}
