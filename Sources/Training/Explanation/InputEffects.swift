import Features
import LinearAlgebra
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
/// Cost: terms · rows for each column and level; rows are a strided sample of fewer than 40,000.
struct InputEffects {
  private let model: Model
  private let program: TermProgram
  private let columns: [[Double]]
  private let weights: [Double]
  /// η without what is changed, and each term's value, by row.
  private let etas: [Double]
  private let terms: Matrix

  init(_ fit: Pipeline.Fit, _ model: Model, _ data: TrainingRows) throws(RecipeError) {
    let step = max(1, fit.positions.count / 20_000)
    let sample = stride(from: 0, to: fit.positions.count, by: step).map { fit.positions[$0] }
    self.model = model
    program = TermProgram(fit.recipe)
    columns = try fit.recipe.encode(data.table, rows: sample.map { data.rows[$0] }).columns
    weights = sample.map { (data.weights?[$0] ?? 1) * (data.trials?[$0] ?? 1) }
    var values: [Double] = []
    for term in fit.recipe.terms.indices { values += Self.values(program, term, columns) }
    terms = Matrix(rows: sample.count, columns: fit.recipe.terms.count, values: values)
    etas = zip(terms.times(model.coefficients), sample).map { sum, position in
      model.intercept + sum + (data.offset?[position] ?? 0)
    }
  }

  /// Of every input, in their order.
  func all(threads: Int) -> [TrainingReport.InputEffect] {
    // A level or a number: an input of many levels is shared by the threads.
    typealias Change = (input: Int, levels: (of: Int, from: Int)?)
    let changes = model.recipe.inputs.indices.flatMap { input -> [Change] in
      model.recipe.inputs[input].kind == .numeric ? [(input, nil)] : levels(input).map { (input, $0) }
    }
    return mapBlocks(count: changes.count, threads: threads) { place in
      let change = changes[place]
      return change.levels.map { level(change.input, $0.of, from: $0.from) } ?? number(change.input)
    }.compactMap { $0 }
  }

  private func number(_ input: Int) -> TrainingReport.InputEffect? {
    let present = columns[input].filter(\.isFinite)
    guard !present.isEmpty else { return nil }
    let mean = present.reduce(0, +) / Double(present.count)
    let deviation = (present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(present.count))
      .squareRoot()
    guard deviation > 0, deviation.isFinite else { return nil }
    let unit = Self.round(deviation)
    let effect = average(of: input, to: columns[input].map { $0 + unit })
    let lifted = average(of: input, to: columns[input].map { $0 + deviation })
    return TrainingReport.InputEffect(
      column: model.recipe.inputs[input].name, group: model.recipe.inputs[input].group, unit: unit,
      change: effect.change, low: effect.low, high: effect.high, perDeviation: lifted.change)
  }

  /// The levels that have a term, each with the first that has none; nothing where all have one.
  private func levels(_ input: Int) -> [(of: Int, from: Int)] {
    let names = names(of: input)
    guard let reference = names.indices.first(where: { !hasTerm(input, level: names[$0]) }) else { return [] }
    return names.indices.filter { $0 != reference && hasTerm(input, level: names[$0]) }
      .map { ($0, reference) }
  }

  private func level(_ input: Int, _ level: Int, from reference: Int) -> TrainingReport.InputEffect {
    func everywhere(_ level: Int) -> [Double] { Array(repeating: Double(level), count: etas.count) }
    let effect = average(of: input, from: everywhere(reference), to: everywhere(level))
    return TrainingReport.InputEffect(
      column: model.recipe.inputs[input].name, group: model.recipe.inputs[input].group,
      level: names(of: input)[level], change: effect.change, low: effect.low, high: effect.high)
  }

  private func names(of input: Int) -> [String] {
    let recipe = model.recipe.inputs[input]
    return recipe.kind == .boolean ? ["false", "true"] : recipe.levels
  }

  private func hasTerm(_ input: Int, level: String) -> Bool {
    model.recipe.terms.contains { $0.factors.contains { $0.input == input && $0.basis == .level(level) } }
  }

  /// (1/W) Σ wᵢ [p(changed row i) − p(row i)] with its interval; rows where the column is missing stay out.
  private func average(
    of input: Int, from reference: [Double]? = nil, to changed: [Double]
  ) -> (change: Double, low: Double?, high: Double?) {
    let before = reference.map { shifted(input, to: $0) } ?? (etas: etas, terms: [:])
    let after = shifted(input, to: changed)
    // w p (1 − p) before and after: what a step of η does.
    var falls = [Double](repeating: 0, count: etas.count)
    var rises = falls
    var (total, change) = (0.0, 0.0)
    for row in etas.indices where columns[input][row].isFinite && etas[row].isFinite {
      let (low, high) = (logistic(before.etas[row]), logistic(after.etas[row]))
      let weight = weights[row]
      total += weight
      change += weight * (high.p - low.p)
      falls[row] = weight * low.slope
      rises[row] = weight * high.slope
    }
    guard total > 0 else { return (0, nil, nil) }
    change /= total
    guard let covariance = model.covariance else { return (change, nil, nil) }
    let tilts = zip(rises, falls).map { $0 - $1 }
    var gradient = [tilts.reduce(0, +)] + terms.transposedTimes(tilts)
    for (term, values) in after.terms {
      let old = before.terms[term] ?? self.values(of: term)
      gradient[term + 1] = 0
      for row in etas.indices { gradient[term + 1] += rises[row] * values[row] - falls[row] * old[row] }
    }
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

  /// η with these values of an input, and the terms that they change.
  private func shifted(_ input: Int, to values: [Double]) -> (etas: [Double], terms: [Int: [Double]]) {
    var altered = columns
    altered[input] = values
    var result = (etas: etas, terms: [Int: [Double]]())
    for (index, term) in model.recipe.terms.enumerated()
    where model.coefficients[index] != 0 && term.factors.contains(where: { $0.input == input }) {
      let (old, values) = (self.values(of: index), Self.values(program, index, altered))
      for row in etas.indices { result.etas[row] += model.coefficients[index] * (values[row] - old[row]) }
      result.terms[index] = values
    }
    return result
  }

  /// p of a linear predictor, and p (1 − p) to all its digits, by one exponential.
  private func logistic(_ linearPredictor: Double) -> (p: Double, slope: Double) {
    let e = exp(-linearPredictor.magnitude)
    let near = 1 / (1 + e)
    return (linearPredictor >= 0 ? near : e * near, e * near * near)
  }

  private func values(of term: Int) -> [Double] {
    Array(terms.values[term * terms.rows..<(term + 1) * terms.rows])
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
