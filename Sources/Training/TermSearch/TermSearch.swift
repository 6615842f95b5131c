import Features
import LinearAlgebra
import LogisticRegression
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Finds how numbers bend and which pairs of inputs act together, and keeps what holds on rows not used for it.
///
/// The rows are dealt in three parts. Leaving each out in turn: a ridge fit of the recipe's own terms, on top
/// of it a table for every number, then one for each of the ``pairCount`` pairs that would gain most
/// (``TableBoosting``). A regression of the outcomes on the recipe's terms and what the tables say of the rows
/// that they did not see gives each table a factor and its z; tables below ``smallestZ``, and those of pairs below
/// what the best of so many would reach by chance, go, the weakest first. The rest, averaged over the parts and
/// times their factor, become terms; the final fit gives each a coefficient again, near 1 where the table holds.
/// None is added where all together do not lower the held-out loss by a standard error.
///
/// A generalised additive model with pairwise interactions (Lou, Caruana, Gehrke & Hooker 2013), told as
/// terms of a logistic regression.
struct TermSearch: Sendable {
  let binned: BinnedInputs
  /// The recipe's own terms, one column each.
  let terms: [[Double]]
  let outcomes: [Double]
  let weights: [Double]?
  let offset: [Double]?
  /// Inputs whose effect must rise (+1) or fall (−1): their shape does, and they act alone.
  var directions: [Int: Int] = [:]
  var parts = 3
  var pairCount = 15
  var smallestZ = 3.0
  /// Ridge of the fit that the tables stand on.
  var lambda = 1e-4

  struct Choice: Sendable {
    var terms: [RecipeTerm] = []
    /// Mean loss a held-out row without and with the tables.
    let lossBefore: Double
    let lossAfter: Double
  }

  /// One part left out: the tables that the others taught, and what they say of it.
  private struct Part: Sendable {
    var boosting: TableBoosting
    var gains: [Double] = []
  }

  func chosen(groups: [Int32]?, seed: UInt64, threads: Int) throws -> Choice {
    let nothing = Choice(lossBefore: 0, lossAfter: 0)
    guard
      let folds = try? Folds.stratified(outcomes: outcomes, groups: groups, count: parts, seed: seed)
    else { return nothing }
    let numbers = binned.inputs.indices.filter {
      binned.inputs[$0].isOrdered && binned.inputs[$0].binCount > 2
    }
    let pairs = candidatePairs()
    let started = mapBlocks(count: parts, threads: threads) { part -> Result<Part, FitError> in
      do throws(FitError) {
        let (training, validation) = Folds.split(folds, part)
        var boosting = try self.start(training, validation)
        boosting.components = numbers.map { boosting.component([$0]) }
        boosting.grow(0..<numbers.count, leaves: 4)
        return .success(Part(boosting: boosting, gains: boosting.pairGains(pairs)))
      } catch {
        return .failure(error)
      }
    }
    let mains = try started.map { try $0.get() }
    let gains = pairs.indices.map { pair in mains.reduce(0) { $0 + $1.gains[pair] } }
    let strongest = pairs.indices.filter { gains[$0] > 0 }
      .sorted { gains[$0] != gains[$1] ? gains[$0] > gains[$1] : $0 < $1 }.prefix(pairCount).map { pairs[$0] }
    let grown = mapBlocks(count: parts, threads: threads) { part in
      var boosting = mains[part].boosting
      boosting.components += strongest.map { boosting.component($0) }
      boosting.grow(numbers.count..<boosting.components.count, leaves: 6)
      return boosting
    }
    guard let first = grown.first, !first.components.isEmpty else { return nothing }
    // The best of m pairs that say nothing has a z of about √(2 ln m).
    let pairZ = max(smallestZ, (2 * log(Double(max(pairs.count, 1)))).squareRoot() + 0.6)
    return try choice(grown, inputs: first.components.map(\.inputs), pairZ: pairZ, groups: groups)
  }

  /// All pairs of inputs that have between 2 and 64 bins and no direction; of very many inputs the first 80.
  private func candidatePairs() -> [[Int]] {
    let usable = binned.inputs.indices.filter {
      (2...64).contains(binned.inputs[$0].binCount) && directions[$0] == nil
    }.prefix(80)
    return usable.indices.flatMap { a in (a + 1..<usable.endIndex).map { [usable[a], usable[$0]] } }
  }

  private func start(_ training: [Int], _ validation: [Int]) throws(FitError) -> TableBoosting {
    var fit = RidgeFit(
      outcomes: training.map { outcomes[$0] }, weights: weights.map { all in training.map { all[$0] } },
      offset: offset.map { all in training.map { all[$0] } }, lambda: lambda)
    for column in terms { fit.append(training.map { column[$0] }) }
    try fit.solve()
    let coefficients = fit.coefficients
    func rows(_ rows: [Int]) -> TableBoosting.Rows {
      var eta = rows.map { fit.intercept + (offset?[$0] ?? 0) }
      for (column, coefficient) in zip(terms, coefficients) where coefficient != 0 {
        for (place, row) in rows.enumerated() { eta[place] += coefficient * column[row] }
      }
      return TableBoosting.Rows(
        outcomes: rows.map { outcomes[$0] }, weights: rows.map { weights?[$0] ?? 1 }, start: eta)
    }
    return TableBoosting(
      binned, trainingRows: training, validationRows: validation, training: rows(training),
      validation: rows(validation))
  }

  // MARK: What holds

  private func choice(
    _ parts: [TableBoosting], inputs: [[Int]], pairZ: Double, groups: [Int32]?
  ) throws(FitError) -> Choice {
    // What each table says of the rows that it has not seen, and η without tables.
    var said = [[Double]](repeating: [Double](repeating: 0, count: outcomes.count), count: inputs.count)
    var base = [Double](repeating: 0, count: outcomes.count)
    for part in parts {
      for (place, row) in part.validationRows.enumerated() { base[row] = part.validation.start[place] }
      for (index, component) in part.components.enumerated() {
        for (place, row) in part.validationRows.enumerated() {
          said[index][row] = component.table[Int(component.validation[place])]
        }
      }
    }
    let before = losses(base)
    let factors = try factors(
      said, limits: inputs.map { $0.count > 1 ? pairZ : smallestZ }, groups: groups)
    let kept = factors.indices.filter { factors[$0] > 0 }
    for index in kept { for row in base.indices { base[row] += said[index][row] } }
    let after = losses(base)
    let mean = before.reduce(0, +) / Double(before.count)
    guard !kept.isEmpty, isLower(after, before, groups: groups) else {
      return Choice(lossBefore: mean, lossAfter: mean)
    }
    let tables = kept.map { index -> RecipeTerm in
      var table = [Double](repeating: 0, count: parts[0].components[index].table.count)
      for part in parts {
        for cell in table.indices {
          table[cell] += part.components[index].table[cell] * factors[index] / Double(parts.count)
        }
      }
      return term(inputs[index], table)
    }
    return Choice(
      terms: tables.filter { $0.table.map { Set($0).count > 1 } ?? false }, lossBefore: mean,
      lossAfter: after.reduce(0, +) / Double(after.count))
  }

  /// The coefficient of each column beside the recipe's terms, 0 for those whose z stays below `limits`: backward by
  /// Wald's z in the quadratic approximation at the full fit, where dropping j moves β by −Σⱼ βⱼ/Σⱼⱼ.
  private func factors(
    _ columns: [[Double]], limits: [Double], groups: [Int32]?
  ) throws(FitError) -> [Double] {
    var result = [Double](repeating: 0, count: columns.count)
    var kept = columns.indices.filter {
      Set(columns[$0].prefix(4096)).count > 1 || Set(columns[$0]).count > 1
    }
    guard !kept.isEmpty else { return result }
    var fit = RidgeFit(outcomes: outcomes, weights: weights, offset: offset, lambda: 1e-6)
    for column in terms { fit.append(column) }
    for index in kept { fit.append(columns[index]) }
    try fit.solve()
    var estimates = Array(fit.coefficients.suffix(kept.count))
    // Months of one account repeat one another: without groups they would pass for evidence.
    var covariance =
      groups.map { fit.covariance(ofLast: kept.count, clusters: $0) } ?? fit.covariance(ofLast: kept.count)
    while !kept.isEmpty {
      let surplus = kept.indices.map {
        estimates[$0] / covariance[$0, $0].squareRoot() - limits[kept[$0]]
      }
      guard let weakest = surplus.indices.min(by: { surplus[$0] < surplus[$1] }), surplus[weakest] < 0 else {
        break
      }
      let column = kept.indices.map { covariance[$0, weakest] }
      let rest = kept.indices.filter { $0 != weakest }
      let shift = estimates[weakest] / column[weakest]
      var next = Matrix(rows: rest.count, columns: rest.count)
      for (a, i) in rest.enumerated() {
        for (b, j) in rest.enumerated() {
          next[a, b] = covariance[i, j] - column[i] * column[j] / column[weakest]
        }
      }
      estimates = rest.map { estimates[$0] - column[$0] * shift }
      covariance = next
      kept.remove(at: weakest)
    }
    for (place, index) in kept.enumerated() { result[index] = estimates[place] }
    return result
  }

  private func losses(_ eta: [Double]) -> [Double] {
    eta.indices.map { row in
      (weights?[row] ?? 1) * (log1pExp(eta[row]) - outcomes[row] * eta[row])
    }
  }

  /// Whether the mean is lower by more than a standard error of the paired difference.
  private func isLower(_ better: [Double], _ worse: [Double], groups: [Int32]?) -> Bool {
    let differences = zip(worse, better).map { $0 - $1 }
    let mean = differences.reduce(0, +) / Double(differences.count)
    var sums = [Double](repeating: 0, count: groups.map { Int($0.max() ?? -1) + 1 } ?? differences.count)
    for (row, difference) in differences.enumerated() {
      sums[groups.map { Int($0[row]) } ?? row] += difference - mean
    }
    let error = sums.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(differences.count)
    return mean > error
  }
}
