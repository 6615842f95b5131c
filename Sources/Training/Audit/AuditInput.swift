public import Tables

/// The columns that an audit reads, as numbers.
public struct AuditInput: Sendable {
  public struct Column: Sendable {
    public let name: String
    /// NaN for missing.
    public let values: [Double]
  }

  /// What to read and how.
  public struct Columns: Sendable {
    /// Numbers, or the names of colours.
    public var score: String
    public var outcome: String
    /// The outcome's value that means leaving; found by itself for 0/1, booleans, yes/no.
    public var positive: String?
    public var band: String?
    /// Colours cut from the score, in its own unit.
    public var greenFrom: Double?
    public var redBelow: Double?
    public var higherIsBetter = true
    public var inputs: [String] = []

    public init(score: String, outcome: String) {
      self.score = score
      self.outcome = outcome
    }
  }

  let scoreName: String
  /// 1 left, 0 stayed, NaN not known.
  let outcomes: [Double]
  /// The score with its sign turned so that more is more risk; NaN for missing.
  let risk: [Double]
  /// False where the score is a colour.
  let hasScore: Bool
  let higherIsBetter: Bool
  let bands: [(colour: BandColour, label: String)?]
  let columns: [Column]
  let modelRisk: [Double]?

  /// Rows with both a score and an outcome.
  var knownRows: [Int] { outcomes.indices.filter { !outcomes[$0].isNaN && !risk[$0].isNaN } }

  /// - Parameter modelRisk: what a model says of the same rows, NaN where it can't.
  public init(_ table: Table, _ names: Columns, modelRisk: [Double]? = nil) throws(AuditError) {
    let score = try Self.column(names.score, table)
    let outcome = try Self.column(names.outcome, table)
    do {
      outcomes = try OutcomeColumn.values(outcome, positive: names.positive)
    } catch {
      throw .outcome(error)
    }
    scoreName = names.score
    higherIsBetter = names.higherIsBetter
    self.modelRisk = modelRisk
    let labels = try names.band.map { name throws(AuditError) in
      OutcomeColumn.labels(try Self.column(name, table))
    }
    if case .numeric(let values) = score.values {
      let sign = names.higherIsBetter ? -1.0 : 1
      risk = values.map { $0.isNaN ? .nan : sign * $0 }
      hasScore = true
      bands = labels.map(Self.bands) ?? Self.bands(cut: values, names)
    } else {
      let colours = Self.bands(OutcomeColumn.labels(score))
      risk = colours.map { $0?.colour.claimedRisk ?? .nan }
      guard risk.contains(where: { !$0.isNaN }) else { throw .scoreIsNoNumber(column: names.score) }
      hasScore = false
      bands = labels.map(Self.bands) ?? colours
    }
    var columns: [Column] = []
    for name in names.inputs {
      guard case .numeric(let values) = try Self.column(name, table).values else {
        throw .inputIsNoNumber(column: name)
      }
      columns.append(Column(name: name, values: values))
    }
    self.columns = columns
  }

  private static func column(_ name: String, _ table: Table) throws(AuditError) -> Tables.Column {
    do {
      return try table.column(name)
    } catch {
      throw .table(error)
    }
  }

  private static func bands(_ labels: [String?]) -> [(colour: BandColour, label: String)?] {
    labels.map { label in label.map { (BandColour(named: $0), $0) } }
  }

  private static func bands(
    cut values: [Double], _ names: Columns
  ) -> [(colour: BandColour, label: String)?] {
    guard let greenFrom = names.greenFrom, let redBelow = names.redBelow else {
      return Array(repeating: nil, count: values.count)
    }
    return values.map { value in
      guard !value.isNaN else { return nil }
      let isGreen = names.higherIsBetter ? value >= greenFrom : value <= greenFrom
      let isRed = names.higherIsBetter ? value < redBelow : value > redBelow
      let colour: BandColour = isRed ? .red : isGreen ? .green : .yellow
      return (colour, colour.rawValue)
    }
  }
}

/// Why a table cannot be audited.
public enum AuditError: Error, Sendable, Equatable {
  case table(TableError)
  case scoreIsNoNumber(column: String)
  case inputIsNoNumber(column: String)
  case outcome(OutcomeError)
}
