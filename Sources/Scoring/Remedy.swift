import Features
import ModelFile
public import Tables

/// A change of one account's inputs that takes it out of the red.
public struct Remedy: Sendable, Equatable {
  public struct Change: Sendable, Equatable {
    public let input: String
    public let from: AccountValue
    public let to: AccountValue
    /// Numbers: standard deviations of the column in the book. Texts and booleans: 1.
    public let size: Double
  }

  /// One or two changes.
  public let changes: [Change]
  public let probability: Double
  public let health: Double
  public var size: Double { changes.reduce(0) { $0 + $1.size } }
}

extension Scorer {
  /// The smallest change over the `actionable` inputs after which the account's health is at least `health`.
  ///
  /// Candidates are values that other accounts of the book have (for numbers at most `candidates` of them,
  /// evenly by rank), so that nothing impossible is proposed. One input is tried first, then pairs. Nil where
  /// the account is there already, or where no such change is found. What the model says would change is
  /// not a promise: it has seen accounts with such values, not this account after such an action.
  public func smallestRemedy(
    for row: AccountRow, health target: Double, actionable: [String], book: Table, candidates limit: Int = 50
  ) throws(ScoringError) -> Remedy? {
    guard model.health(probability: probability(of: row)) < target else { return nil }
    let encoded: EncodedInputs
    do {
      encoded = try model.recipe.encode(book)
    } catch {
      throw .recipe(error)
    }
    var options: [[Candidate]] = []
    for name in actionable {
      let input = try index(of: name)
      options.append(candidates(input, from: row.values[input], in: encoded.columns[input], limit: limit))
    }
    var best: Remedy?
    for candidate in options.joined() { improve(&best, [candidate], row, target) }
    if best == nil {
      for first in options.indices {
        for second in options.indices where second > first {
          for a in options[first] {
            for b in options[second] { improve(&best, [a, b], row, target) }
          }
        }
      }
    }
    return best
  }

  private struct Candidate {
    let input: Int
    let value: Double
    let size: Double
  }

  /// Values of the book other than the account's, with their distance.
  private func candidates(_ input: Int, from value: Double, in column: [Double], limit: Int) -> [Candidate] {
    let present = column.filter { !$0.isNaN }.sorted()
    let isNumber = inputs[input].kind == .numeric
    var start = value
    if isNumber, start.isNaN, case .replace(let number) = inputs[input].missing { start = number }
    guard !present.isEmpty, !start.isNaN || !isNumber else { return [] }
    let mean = present.reduce(0) { $0 + $1 / Double(present.count) }
    let variance = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(present.count) }
    let scale = variance > 0 && variance.isFinite ? variance.squareRoot() : 1
    var seen: Set<Double> = []
    let picked =
      isNumber
      ? (0..<limit).map { present[$0 * (present.count - 1) / max(1, limit - 1)] }
      : present.filter { $0 >= 0 && $0 < Double(max(2, inputs[input].levels.count)) }
    return picked.filter { $0 != value && seen.insert($0).inserted }.map {
      Candidate(input: input, value: $0, size: isNumber ? (($0 - start) / scale).magnitude : 1)
    }
  }

  private func improve(_ best: inout Remedy?, _ candidates: [Candidate], _ row: AccountRow, _ target: Double)
  {
    let size = candidates.reduce(0) { $0 + $1.size }
    if let best, best.size <= size { return }
    var changed = row
    for candidate in candidates { changed.values[candidate.input] = candidate.value }
    let probability = probability(of: changed)
    let health = model.health(probability: probability)
    guard health >= target else { return }
    best = Remedy(
      changes: candidates.map { candidate in
        Remedy.Change(
          input: inputs[candidate.input].name, from: value(row.values[candidate.input], of: candidate.input),
          to: value(candidate.value, of: candidate.input), size: candidate.size)
      },
      probability: probability, health: health)
  }

  /// An encoded value as the account has it.
  private func value(_ code: Double, of input: Int) -> AccountValue {
    if code.isNaN { return .missing }
    switch inputs[input].kind {
    case .numeric: return .number(code)
    case .boolean: return .boolean(code == 1)
    case .categorical:
      let levels = inputs[input].levels
      return levels.indices.contains(Int(code)) ? .text(levels[Int(code)]) : .text("other")
    }
  }
}
