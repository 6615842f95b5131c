import LinearAlgebra
import LogisticRegression
import StableNumerics

/// Seeded random observations of every unpleasant kind.
struct RandomDesign {
  var design: Matrix
  var outcomes: [Double]
  var weights: [Double]?
  var offset: [Double]?

  var names: [String] { (0..<design.columns).map { "x\($0)" } }

  func observations() throws(FitError) -> Observations {
    try Observations(
      design: design, termNames: names, outcomes: outcomes, weights: weights, offset: offset)
  }

  /// A well-behaved design.
  init(rows: Int, columns: Int, seed: UInt64, intercept: Double = -0.5) {
    var random = SplitMix64(seed: seed)
    var values: [Double] = []
    for _ in 0..<rows * columns { values.append(random.normal()) }
    design = Matrix(rows: rows, columns: columns, values: values)
    let slopes = (0..<columns).map { _ in random.normal() / Double(columns).squareRoot() }
    outcomes = design.times(slopes).map { random.uniform() < expit($0 + intercept) ? 1 : 0 }
  }

  /// Scales from 1e-8 to 1e8, shifts, flags, rare events, weights, offsets, near-copies and sums.
  init(nasty seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let rows = 8 + random.below(120)
    let columns = 1 + random.below(6)
    var columnValues: [[Double]] = []
    for j in 0..<columns {
      switch random.below(j == 0 ? 3 : 6) {
      case 0: columnValues.append((0..<rows).map { _ in random.normal() })
      case 1:
        let share = random.uniform()
        columnValues.append((0..<rows).map { _ in random.uniform() < share ? 1 : 0 })
      case 2:
        let shift = random.normal() * 100
        columnValues.append((0..<rows).map { _ in shift + random.normal() })
      case 3:  // nearly a copy
        let noise = exp10(-1 - 11 * random.uniform())
        columnValues.append(columnValues[j - 1].map { $0 + noise * random.normal() })
      case 4:  // exactly a combination
        columnValues.append(zip(columnValues[0], columnValues[j - 1]).map { $0 + 2 * $1 })
      default: columnValues.append((0..<rows).map { _ in exp(3 * random.normal()) })
      }
    }
    for j in columnValues.indices where random.below(2) == 0 {
      let unit = exp10(-8 + 16 * random.uniform())
      columnValues[j] = columnValues[j].map { $0 * unit }
    }
    design = Matrix(rows: rows, columns: columns, values: columnValues.flatMap { $0 })
    let level = random.normal() * 2 - (random.below(4) == 0 ? 3 : 0)
    var eta = [Double](repeating: level, count: rows)
    for column in columnValues {
      let size = (column.reduce(0) { $0 + $1 * $1 } / Double(rows)).squareRoot()
      let slope = random.normal() / max(size, 1e-300)
      for i in 0..<rows { eta[i] += slope * column[i] }
    }
    if random.below(3) == 0 { offset = (0..<rows).map { _ in random.normal() * 2 } }
    if random.below(3) == 0 {
      weights = (0..<rows).map { _ in random.below(5) == 0 ? 0 : exp(2 * random.normal()) }
    }
    outcomes = eta.map { random.uniform() < expit($0) ? 1 : 0 }
  }
}

extension SplitMix64 {
  /// A standard normal number (Box and Muller).
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

func exp10(_ x: Double) -> Double { pow(10, x) }
