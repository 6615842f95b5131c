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
    var etas = [Double](repeating: 0, count: table.rowCount)
    var span = etas.mutableSpan
    linearPredictors(encoded, offsets: offsets, into: &span)
    let unscorable = unscorableRows(encoded, offsets: offsets, linearPredictors: etas)
    for bad in unscorable { etas[bad.row] = .nan }
    let probabilities = etas.map { model.calibration.probability(of: $0) }
    let bounds = intervals ? self.bounds(encoded, linearPredictors: etas) : nil
    return Scores(
      linearPredictors: etas, probabilities: probabilities, low: bounds?.low, high: bounds?.high,
      reasons: reasons > 0 ? self.reasons(reasons, encoded, linearPredictors: etas) : [],
      unscorable: unscorable)
  }

  /// The linear predictors of encoded columns in memory (as `FittedRecipe.encode` makes them; for numbers
  /// the plain values), written to `target`. Rows are worked through in blocks that stay in the first cache.
  public func linearPredictors(
    _ columns: [[Double]], offsets: [Double]? = nil, into target: inout MutableSpan<Double>
  ) {
    let block = 1024
    var scratch = [Double](repeating: 0, count: block)
    var sums = scratch
    var sumSpan = sums.mutableSpan
    var scratchSpan = scratch.mutableSpan
    for start in stride(from: 0, to: target.count, by: block) {
      let range = start..<min(start + block, target.count)
      for row in 0..<range.count { sumSpan[row] = model.intercept }
      for term in 0..<program.termCount {
        program.accumulate(
          term: term, coefficient: model.coefficients[term], columns, rows: range, into: &sumSpan,
          scratch: &scratchSpan)
      }
      if let offsets {
        for row in 0..<range.count { target[start + row] = sumSpan[row] + offsets[start + row] }
      } else {
        for row in 0..<range.count { target[start + row] = sumSpan[row] }
      }
    }
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
