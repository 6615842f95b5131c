public import Segmentation
public import Tables

/// A scores table as `pulso score` writes it: an id column and what the models say.
public struct ScoreTable: Sendable {
  public let count: Int
  private let cells: ScoreCells
  private let rowOf: [String: Int]

  /// The id is the column that the accounts call theirs, else a known alias, else the first.
  public init(_ table: Table, id: String? = nil) throws(AccountsError) {
    let names = table.columnNames
    let aliases = Set(([AccountField.id.rawValue] + AccountField.id.aliases).map(AccountField.comparable))
    let found =
      names.first { $0 == id } ?? names.first { aliases.contains(AccountField.comparable($0)) } ?? names.first
    guard let found, let column = table[found] else { throw .noID(columns: names) }
    var problems: [(row: Int, error: AccountsError)] = []
    guard let cells = try ScoreCells(table, withHealth: true, &problems) else {
      throw .noScores(columns: names)
    }
    if let first = problems.min(by: { $0.row < $1.row }) { throw first.error }
    var reader = CellReader(field: "id", column: column)
    let ids = reader.choices(expected: "an id") { $0 }
    var rowOf: [String: Int] = [:]
    rowOf.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      guard let id = ids[row] else { throw .missingID(row: row + 1, column: found) }
      guard rowOf.updateValue(row, forKey: id) == nil else { throw .duplicateScore(id: id) }
    }
    self.cells = cells
    self.rowOf = rowOf
    count = table.rowCount
  }

  public subscript(id: String) -> Scores? {
    rowOf[id].map(cells.scores)
  }
}

/// The columns of a table that hold predictions.
struct ScoreCells: Sendable {
  private var numbers: [(any WritableKeyPath<Scores, Double?> & Sendable, NumberCells)] = []
  private var band: ChoiceCells<ExpansionLevel>?

  /// Nil when there is none. `health` counts as the model's only in a scores table; in an accounts table it
  /// is the account's own.
  init?(_ table: Table, withHealth: Bool = false, _ problems: inout [(row: Int, error: AccountsError)])
    throws(AccountsError)
  {
    let probabilities: [(String, any WritableKeyPath<Scores, Double?> & Sendable)] = [
      ("churn_risk", \.churnRisk), ("churn_risk_low", \.churnRiskLow), ("churn_risk_high", \.churnRiskHigh),
      ("expansion_potential", \.expansionPotential), ("expansion_potential_low", \.expansionPotentialLow),
      ("expansion_potential_high", \.expansionPotentialHigh),
    ]
    for (name, field) in probabilities {
      guard let column = table[name] else { continue }
      var reader = CellReader(field: name, column: column)
      numbers.append((field, reader.numbers(in: 0...1, expected: "a probability from 0 to 1") { Double($0) }))
      problems += reader.problems
    }
    if withHealth, let column = table["health"] {
      var reader = CellReader(field: "health", column: column)
      numbers.append(
        (\.health, reader.numbers(in: 0...100, expected: "a number from 0 to 100") { Double($0) }))
      problems += reader.problems
    }
    if let column = table["expansion_band"] {
      var reader = CellReader(field: "expansion_band", column: column)
      band = reader.choices(expected: "high, medium or low", ExpansionLevel.init(words:))
      problems += reader.problems
    }
    guard !numbers.isEmpty || band != nil else { return nil }
  }

  func scores(_ row: Int) -> Scores {
    var scores = Scores()
    for (field, cells) in numbers { scores[keyPath: field] = cells[row] }
    scores.expansionBand = band?[row]
    return scores
  }
}
