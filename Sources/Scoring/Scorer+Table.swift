import Features
import ModelFile
public import Tables

extension Scorer {
  /// Scores every row of a table.
  ///
  /// Throws where the table does not fit the model; a single row that cannot be scored gets NaN and is named
  /// in ``Scores/unscorable``. Cost: one pass over each input a term, (q+1)² products a row with intervals.
  public func score(_ table: Table, intervals: Bool = false, reasons: Int = 0) throws(ScoringError) -> Scores
  {
    if intervals && model.covariance == nil { throw .noCovariance(model: model.name) }
    let encoded: [[Double]]
    do {
      encoded = try model.recipe.encode(table).columns
    } catch {
      throw .recipe(error)
    }
    let offsets = try offsets(in: table)
    var etas = linearPredictors(of: encoded, count: table.rowCount)
    if let offsets {
      for row in etas.indices { etas[row] += offsets[row] }
    }
    let unscorable = unscorableRows(encoded, offsets: offsets, linearPredictors: etas)
    for bad in unscorable { etas[bad.row] = .nan }
    var probabilities = etas
    model.calibration.map(&probabilities)
    let bounds = intervals ? self.bounds(encoded, linearPredictors: etas) : nil
    return Scores(
      linearPredictors: etas, probabilities: probabilities, low: bounds?.low, high: bounds?.high,
      reasons: reasons > 0 ? self.reasons(reasons, encoded, linearPredictors: etas) : [],
      unscorable: unscorable)
  }

  private func offsets(in table: Table) throws(ScoringError) -> [Double]? {
    guard let name = model.offset else { return nil }
    guard case .numeric(let values) = table[name]?.values else {
      throw .offset(column: name, found: table[name]?.kind)
    }
    return values
  }

  private func unscorableRows(
    _ columns: [[Double]], offsets: [Double]?, linearPredictors: [Double]
  ) -> [UnscorableRow] {
    var errors: [Int: ScoringError] = [:]
    for input in program.demanded.reversed() {
      for (row, value) in columns[input].enumerated() where value.isNaN {
        errors[row] = .missingValue(column: inputs[input].name, row: row)
      }
    }
    for row in linearPredictors.indices where !linearPredictors[row].isFinite && errors[row] == nil {
      if let offsets, let name = model.offset, offsets[row].isNaN {
        errors[row] = .missingValue(column: name, row: row)
      } else {
        errors[row] = .notFinite(row: row)
      }
    }
    return errors.sorted { $0.key < $1.key }.map { UnscorableRow(row: $0.key, error: $0.value) }
  }

  private func bounds(_ columns: [[Double]], linearPredictors: [Double]) -> (low: [Double], high: [Double]) {
    var low = linearPredictors
    var high = linearPredictors
    for (row, eta) in linearPredictors.enumerated() where !eta.isNaN {
      let terms = program.terms(of: columns.map { $0[row] })
      let interval = interval(linearPredictor: eta, terms: terms)
      low[row] = interval.low
      high[row] = interval.high
    }
    return (low, high)
  }

  private func reasons(_ count: Int, _ columns: [[Double]], linearPredictors: [Double]) -> [[Reason]] {
    linearPredictors.indices.map { row in
      guard !linearPredictors[row].isNaN else { return [] }
      let values = columns.map { $0[row] }
      return Array(reasons(terms: program.terms(of: values), values: values).prefix(count))
    }
  }
}
