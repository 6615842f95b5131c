public import Features
public import ModelFile
public import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What became of a model's coefficients in the next one.
public struct CoefficientChanges: Codable, Sendable, Equatable {
  public struct Change: Codable, Sendable, Equatable {
    public let term: String
    /// Nil where the model doesn't have the term.
    public let before: Double?
    public let now: Double?
    /// The difference over the root of both squared standard errors: as if the two had been fitted to separate
    /// rows, so that rows in common make it cautious. Nil without covariances.
    public let z: Double?

    public init(term: String, before: Double?, now: Double?, z: Double?) {
      self.term = term
      self.before = before
      self.now = now
      self.z = z
    }

    /// Beyond two standard errors.
    public var hasMoved: Bool { (z ?? 0).magnitude > 2 }
    public var hasFlipped: Bool { (before ?? 0) * (now ?? 0) < 0 }
  }

  /// The intercept, the first model's terms in its order, then those that only the second has.
  public let changes: [Change]
  /// Inputs that work in the opposite direction, in both models beyond two standard errors.
  public let flipped: [String]

  public var moved: [Change] { changes.filter(\.hasMoved) }
}

extension CoefficientChanges {
  /// - Parameter rows: of `table`, over which the direction of an input is measured.
  /// - Throws: `RecipeError` where the table doesn't fit a model.
  public init(from first: Model, to second: Model, table: Table, rows: [Int]) throws(RecipeError) {
    self.init(
      changes: Self.changes(first, second),
      flipped: Self.flipped(
        try Direction.all(of: first, table: table, rows: rows),
        try Direction.all(of: second, table: table, rows: rows)))
  }

  /// Without a table nothing can be said of directions.
  public init(from first: Model, to second: Model) {
    self.init(changes: Self.changes(first, second), flipped: [])
  }

  private static func changes(_ first: Model, _ second: Model) -> [Change] {
    let (left, right) = (estimates(of: first), estimates(of: second))
    let leftNames = Set(left.map(\.term))
    let rightOf = Dictionary(right.map { ($0.term, $0) }) { first, _ in first }
    return left.map { change($0.term, $0, rightOf[$0.term]) }
      + right.filter { !leftNames.contains($0.term) }.map { change($0.term, nil, $0) }
  }

  private struct Estimate {
    let term: String
    let value: Double
    /// Squared standard error; nil without covariance.
    let variance: Double?
  }

  private static func estimates(of model: Model) -> [Estimate] {
    let names = ["(Intercept)"] + model.recipe.terms.map(\.name)
    return zip(names, [model.intercept] + model.coefficients).enumerated().map { index, pair in
      Estimate(term: pair.0, value: pair.1, variance: model.covariance?[index * (index + 1) / 2 + index])
    }
  }

  private static func change(_ term: String, _ a: Estimate?, _ b: Estimate?) -> Change {
    var z: Double?
    if let a, let b, let first = a.variance, let second = b.variance, first + second > 0 {
      z = (b.value - a.value) / (first + second).squareRoot()
    }
    return Change(term: term, before: a?.value, now: b?.value, z: z)
  }

  private static func flipped(_ first: [Direction], _ second: [Direction]) -> [String] {
    let now = Dictionary(second.map { ($0.name, $0.z) }) { first, _ in first }
    return first.filter { before in
      guard let z = now[before.name] else { return false }
      return before.z * z < 0 && min(before.z.magnitude, z.magnitude) > 2
    }.map(\.name)
  }
}

/// Which way an input works in a model, whatever basis it is told in: the slope of its own terms' part of the
/// log-odds on the input, by least squares over the rows, in standard errors. Of a level, its term's z.
private struct Direction {
  let name: String
  let z: Double

  static func all(of model: Model, table: Table, rows: [Int]) throws(RecipeError) -> [Direction] {
    guard let covariance = model.covariance else { return [] }
    let recipe = model.recipe
    let columns = try recipe.encode(table, rows: rows).columns
    let program = TermProgram(recipe)
    var directions: [Direction] = []
    for (index, input) in recipe.inputs.enumerated() {
      let terms = recipe.terms.indices.filter { recipe.terms[$0].factors.allSatisfy { $0.input == index } }
      if input.kind != .numeric {
        directions += terms.map { term in
          let variance = covariance[(term + 1) * (term + 2) / 2 + term + 1]
          return Direction(
            name: recipe.terms[term].name,
            z: variance > 0 ? model.coefficients[term] / variance.squareRoot() : 0)
        }
        continue
      }
      let present = columns[index].indices.filter { columns[index][$0].isFinite }
      let center = present.reduce(0) { $0 + columns[index][$1] } / Double(max(1, present.count))
      let spread = present.reduce(0) { $0 + (columns[index][$1] - center) * (columns[index][$1] - center) }
      guard spread > 0, spread.isFinite else { continue }
      // b = Σ cⱼ βⱼ with cⱼ the slope of term j on the input; Var b = cᵀ Σ c.
      var slopes: [Double] = []
      for term in terms {
        var values = [Double](repeating: 0, count: rows.count)
        var span = values.mutableSpan
        program.evaluate(term: term, columns, rows: 0..<rows.count, into: &span)
        slopes.append(present.reduce(0) { $0 + (columns[index][$1] - center) * values[$1] } / spread)
      }
      let slope = zip(terms, slopes).reduce(0) { $0 + model.coefficients[$1.0] * $1.1 }
      var variance = 0.0
      for (i, a) in zip(terms, slopes) {
        for (j, b) in zip(terms, slopes) {
          let (low, high) = (min(i, j) + 1, max(i, j) + 1)
          variance += a * b * covariance[high * (high + 1) / 2 + low]
        }
      }
      if variance > 0 { directions.append(Direction(name: input.name, z: slope / variance.squareRoot())) }
    }
    return directions
  }
}
