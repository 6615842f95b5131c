import Features
import LogisticRegression
import ModelFile
import StableNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension TrainingReport {
  /// What a column does to the probability, all its terms together, averaged over the training rows as they are:
  /// "+10 active users: −1.3 points".
  public struct InputEffect: Codable, Sendable, Equatable {
    public var column: String
    public var group: String?
    /// Levels: set in every row, against the reference set in every row.
    public var level: String?
    /// Numbers: added in every row; a round figure near one standard deviation.
    public var unit: Double?
    /// Change of the mean probability: .01 is one percentage point.
    public var change: Double
    public var low: Double?
    public var high: Double?
    /// Numbers: the change for one standard deviation.
    public var perDeviation: Double?
  }
}

/// Average effects by finite change of a column in every row, whatever terms tell it: for a straight term, one
/// unit and a rare event this is Stata's `margins` to first order. Intervals by the delta method from the
/// covariance of the estimates.
///
/// Cost: terms · rows for each column and level; rows are a strided sample of at most 20,000.
struct InputEffects {
  private let model: Model
  private let program: TermProgram
  private let columns: [[Double]]
  private let weights: [Double]
  /// η without what is changed, and each term's value, by row.
  private let etas: [Double]
  private let terms: [[Double]]

  init(_ fit: Pipeline.Fit, _ model: Model, _ data: TrainingRows) throws(RecipeError) {
    let step = max(1, fit.positions.count / 20_000)
    let sample = stride(from: 0, to: fit.positions.count, by: step).map { fit.positions[$0] }
    self.model = model
    program = TermProgram(fit.recipe)
    columns = try fit.recipe.encode(data.table, rows: sample.map { data.rows[$0] }).columns
    weights = sample.map { (data.weights?[$0] ?? 1) * (data.trials?[$0] ?? 1) }
    var terms: [[Double]] = []
    for term in fit.recipe.terms.indices { terms.append(Self.values(program, term, columns)) }
    self.terms = terms
    etas = sample.indices.map { row in
      terms.indices.reduce(model.intercept + (data.offset?[sample[row]] ?? 0)) { sum, term in
        model.coefficients[term] == 0 ? sum : sum + model.coefficients[term] * terms[term][row]
      }
    }
  }

  /// Of every input, in their order.
  func all(threads: Int) -> [TrainingReport.InputEffect] {
    mapBlocks(count: model.recipe.inputs.count, threads: threads) { input in
      model.recipe.inputs[input].kind == .numeric ? number(input).map { [$0] } ?? [] : levels(input)
    }.flatMap { $0 }
  }

  private func number(_ input: Int) -> TrainingReport.InputEffect? {
    let present = columns[input].filter(\.isFinite)
    guard !present.isEmpty else { return nil }
    let mean = present.reduce(0, +) / Double(present.count)
    let deviation = (present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(present.count))
      .squareRoot()
    guard deviation > 0, deviation.isFinite else { return nil }
    let unit = Self.round(deviation)
    let effect = average(of: input) { columns[input].map { $0 + unit } }
    let lifted = average(of: input) { columns[input].map { $0 + deviation } }
    return TrainingReport.InputEffect(
      column: model.recipe.inputs[input].name, group: model.recipe.inputs[input].group, unit: unit,
      change: effect.change, low: effect.low, high: effect.high, perDeviation: lifted.change)
  }

  private func levels(_ input: Int) -> [TrainingReport.InputEffect] {
    let recipe = model.recipe.inputs[input]
    let names = recipe.kind == .boolean ? ["false", "true"] : recipe.levels
    guard let reference = names.indices.first(where: { !hasTerm(input, level: names[$0]) }) else { return [] }
    return names.indices.filter { $0 != reference && hasTerm(input, level: names[$0]) }.map { level in
      let effect = average(of: input, from: Double(reference)) {
        [Double](repeating: Double(level), count: etas.count)
      }
      return TrainingReport.InputEffect(
        column: recipe.name, group: recipe.group, level: names[level], change: effect.change, low: effect.low,
        high: effect.high)
    }
  }

  private func hasTerm(_ input: Int, level: String) -> Bool {
    model.recipe.terms.contains { $0.factors.contains { $0.input == input && $0.basis == .level(level) } }
  }

  /// (1/W) Σ wᵢ [p(changed row i) − p(row i)] with its interval; rows where the column is missing stay out.
  private func average(
    of input: Int, from reference: Double? = nil, to changed: () -> [Double]
  ) -> (change: Double, low: Double?, high: Double?) {
    let affected = model.recipe.terms.indices.filter { term in
      model.recipe.terms[term].factors.contains { $0.input == input } && model.coefficients[term] != 0
    }
    var altered = columns
    altered[input] = changed()
    let after = affected.map { Self.values(program, $0, altered) }
    var before = affected.map { terms[$0] }
    if let reference {
      altered[input] = [Double](repeating: reference, count: etas.count)
      before = affected.map { Self.values(program, $0, altered) }
    }
    var (total, change) = (0.0, 0.0)
    var gradient = [Double](repeating: 0, count: model.coefficients.count + 1)
    let rows = etas.indices.filter { columns[input][$0].isFinite && etas[$0].isFinite }
    var tilts: [Double] = []
    for row in rows {
      var (low, high) = (etas[row], etas[row])
      for (place, term) in affected.enumerated() {
        let beta = model.coefficients[term]
        low += beta * (before[place][row] - terms[term][row])
        high += beta * (after[place][row] - terms[term][row])
      }
      let (p0, p1) = (expit(low), expit(high))
      let (d0, d1) = (p0 * expit(-low), p1 * expit(-high))
      let weight = weights[row]
      total += weight
      change += weight * (p1 - p0)
      gradient[0] += weight * (d1 - d0)
      tilts.append(weight * (d1 - d0))
      for (place, term) in affected.enumerated() {
        let value = terms[term][row]
        gradient[term + 1] += weight * (d1 * (after[place][row] - value) - d0 * (before[place][row] - value))
      }
    }
    guard total > 0 else { return (0, nil, nil) }
    for term in terms.indices {
      let values = terms[term]
      var sum = 0.0
      for (tilt, row) in zip(tilts, rows) { sum += tilt * values[row] }
      gradient[term + 1] += sum
    }
    change /= total
    guard let covariance = model.covariance else { return (change, nil, nil) }
    var variance = 0.0
    for i in gradient.indices where gradient[i] != 0 {
      for j in 0...i {
        let product = gradient[i] * gradient[j] * covariance[i * (i + 1) / 2 + j] / (total * total)
        variance += i == j ? product : 2 * product
      }
    }
    let half = 1.959963984540054 * max(0, variance).squareRoot()
    return (change, change - half, change + half)
  }

  private static func values(_ program: TermProgram, _ term: Int, _ columns: [[Double]]) -> [Double] {
    let count = columns.first?.count ?? 0
    var values = [Double](repeating: 0, count: count)
    var span = values.mutableSpan
    program.evaluate(term: term, columns, rows: 0..<count, into: &span)
    return values
  }

  /// The 1, 2 or 5 times a power of ten nearest to `value` by ratio.
  static func round(_ value: Double) -> Double {
    let power = pow(10, floor(log10(value)))
    let digit = value / power
    return power * (digit < 1.414 ? 1 : digit < 3.162 ? 2 : digit < 7.071 ? 5 : 10)
  }
}
