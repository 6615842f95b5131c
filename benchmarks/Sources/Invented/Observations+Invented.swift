import LinearAlgebra
public import LogisticRegression
import StableNumerics

extension Observations {
  /// Columns of uniform numbers and outcomes by a logistic law, from a seed: a design without a file.
  public static func invented(rows: Int, columns: Int) throws -> Observations {
    var random = SplitMix64(seed: 1)
    let values = (0..<rows * columns).map { _ in (random.uniform() - 0.5) * 3.4 }
    let outcomes = (0..<rows).map { row in
      var eta = -1.4
      for j in 0..<columns { eta += values[j * rows + row] * (j.isMultiple(of: 2) ? 0.3 : -0.2) }
      return random.uniform() < expit(eta) ? 1.0 : 0
    }
    return try Observations(
      design: Matrix(rows: rows, columns: columns, values: values), termNames: (1...columns).map { "x\($0)" },
      outcomes: outcomes)
  }
}
