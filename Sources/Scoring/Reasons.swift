import Features
import ModelFile

/// A named part of an account's log-odds.
public struct Reason: Sendable, Equatable {
  /// `seats`, `plan[pro]`, `nps[missing]`, `seats:plan[pro]` for an interaction.
  public let term: String
  /// Its part of the log-odds relative to the training mean; the parts of all reasons add up to the
  /// account's log-odds minus those of the mean account.
  public let logOdds: Double

  /// As in score files: `seats:+0.42`.
  public var text: String { term + ":" + Self.signed(logOdds) }

  /// Two decimals with a sign.
  static func signed(_ value: Double) -> String {
    let hundredths = (value.magnitude * 100).rounded()
    guard hundredths < 1e15 else { return value > 0 ? "+\(value)" : "\(value)" }
    let whole = Int(hundredths)
    let sign = value < 0 && whole > 0 ? "-" : "+"
    let fraction = whole % 100
    return "\(sign)\(whole / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

/// Terms that are told as one reason: those of the same input columns.
struct ScorePart: Sendable {
  let inputs: [Int]
  let terms: [Int]

  static func parts(of recipe: FittedRecipe) -> [ScorePart] {
    var order: [[Int]] = []
    var terms: [[Int]: [Int]] = [:]
    for (index, term) in recipe.terms.enumerated() {
      let inputs = Set(term.factors.map(\.input)).sorted()
      if terms[inputs] == nil { order.append(inputs) }
      terms[inputs, default: []].append(index)
    }
    return order.map { ScorePart(inputs: $0, terms: terms[$0] ?? []) }
  }
}

extension Scorer {
  /// The log-odds that reasons are measured from: those of the account whose terms are the training means,
  /// after Platt's line where there is one.
  public var meanLogOdds: Double {
    var sum = model.intercept
    for (coefficient, mean) in zip(model.coefficients, model.termMeans) { sum += coefficient * mean }
    if case .platt(let intercept, let slope) = model.calibration { return intercept + slope * sum }
    return sum
  }

  /// Every part, the largest in size first; equal ones in the model's order.
  func reasons(terms: [Double], values: [Double]) -> [Reason] {
    let slope = model.calibration.logOddsSlope
    let sizes = parts.map { part in
      part.terms.reduce(0) { $0 + contribution(of: $1, value: terms[$1]) } * slope
    }
    return largest(sizes.count, of: sizes).map { index in
      Reason(term: name(of: parts[index], values: values), logOdds: sizes[index])
    }
  }

  /// β · (x − mean); an aliased term takes no part.
  @inline(__always)
  func contribution(of term: Int, value: Double) -> Double {
    let coefficient = model.coefficients[term]
    return coefficient == 0 ? 0 : coefficient * (value - model.termMeans[term])
  }

  /// The indices of the `count` largest sizes.
  func largest(_ count: Int, of sizes: [Double]) -> [Int] {
    let order = sizes.indices.sorted {
      sizes[$0].magnitude != sizes[$1].magnitude ? sizes[$0].magnitude > sizes[$1].magnitude : $0 < $1
    }
    return Array(order.prefix(count))
  }

  /// The part's columns, with this account's level where the column has levels.
  func name(of part: ScorePart, values: [Double]) -> String {
    part.inputs.map { name(of: $0, value: values[$0]) }.joined(separator: ":")
  }

  private func name(of input: Int, value: Double) -> String {
    let input = inputs[input]
    if value.isNaN { return "\(input.name)[missing]" }
    switch input.kind {
    case .numeric: return input.name
    case .boolean: return "\(input.name)[\(value == 1)]"
    case .categorical:
      let index = Int(value)
      return "\(input.name)[\(input.levels.indices.contains(index) ? input.levels[index] : "other")]"
    }
  }
}
