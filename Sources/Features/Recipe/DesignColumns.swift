public import Tables

/// A design matrix without intercept: term j of row i is `values[j * rowCount + i]`, the layout of BLAS.
public struct DesignColumns: Sendable, Equatable {
  public let rowCount: Int
  public let termNames: [String]
  public let values: [Double]
  /// False for a row that lacks a value which must not be missing; its terms are NaN.
  public let complete: [Bool]

  /// The rows, counted within this design, that a fit can use.
  public var completeRows: [Int] { complete.indices.filter { complete[$0] } }
}

extension FittedRecipe {
  /// The design matrix of the given rows in that order (all when nil).
  ///
  /// Cost: one pass over each input and one over each term. Throws as ``encode(_:rows:)`` does.
  public func design(_ table: Table, rows: [Int]? = nil) throws(RecipeError) -> DesignColumns {
    design(try encode(table, rows: rows))
  }

  /// The design matrix of inputs that were encoded before.
  public func design(_ inputs: EncodedInputs) -> DesignColumns {
    let program = TermProgram(self)
    let count = inputs.rowCount
    let complete = program.completeness(of: inputs)
    var values = [Double](repeating: 0, count: count * terms.count)
    var all = values.mutableSpan
    for term in terms.indices {
      let start = term * count
      program.evaluate(term: term, inputs.columns, rows: 0..<count, into: &all, at: start)
      if !program.demanded.isEmpty {
        for row in 0..<count where !complete[row] { all[start + row] = .nan }
      }
    }
    return DesignColumns(
      rowCount: count, termNames: terms.map(\.name), values: values, complete: complete)
  }

  /// The rows among these (all when nil) that have every value which must not be missing.
  public func completeRows(of table: Table, among rows: [Int]? = nil) throws(RecipeError) -> [Int] {
    let complete = TermProgram(self).completeness(of: try encode(table, rows: rows))
    return complete.indices.filter { complete[$0] }.map { rows?[$0] ?? $0 }
  }
}

extension TermProgram {
  /// Whether each row has every value that must not be missing.
  public func completeness(of inputs: EncodedInputs) -> [Bool] {
    var complete = [Bool](repeating: true, count: inputs.rowCount)
    for input in demanded {
      let column = inputs.columns[input]
      for row in 0..<inputs.rowCount where column[row].isNaN { complete[row] = false }
    }
    return complete
  }
}
