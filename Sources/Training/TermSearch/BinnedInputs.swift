import Features

/// The inputs of a recipe cut in bins, over the rows of a search.
struct BinnedInputs: Sendable {
  struct Input: Sendable {
    /// What gives a row's bin: knots of a number, codes of a level.
    let basis: RecipeBasis
    let bins: [UInt16]
    let binCount: Int
    /// Bins of numbers follow each other; levels stand side by side.
    let isOrdered: Bool
  }

  let recipe: FittedRecipe
  let inputs: [Input]
  let rowCount: Int

  /// Numbers are cut at quantiles in at most `binLimit` bins; of fewer distinct values each has its own.
  init(_ recipe: FittedRecipe, _ encoded: EncodedInputs, binLimit: Int = 32) {
    self.recipe = recipe
    rowCount = encoded.rowCount
    inputs = recipe.inputs.indices.map { index in
      let input = recipe.inputs[index]
      var values = encoded.columns[index]
      guard input.kind == .numeric else {
        let last = UInt16(clamping: (input.binCount(.codes) ?? 1) - 1)
        let bins = values.map { $0 >= 0 && $0 < Double(last) ? UInt16($0) : last }
        return Input(basis: .codes, bins: bins, binCount: Int(last) + 1, isOrdered: false)
      }
      if case .replace(let fill) = input.missing {
        for row in values.indices where values[row].isNaN { values[row] = fill }
      }
      let basis = RecipeBasis.bins(knots: Self.knots(values, binLimit: binLimit))
      // A row that lacks a number it must not lack has no place here; training leaves it out.
      let bins = values.map { UInt16(basis.value(at: $0.isNaN ? 0 : $0) ?? 0) }
      return Input(
        basis: basis, bins: bins, binCount: input.binCount(basis) ?? 1, isOrdered: true)
    }
  }

  private static func knots(_ values: [Double], binLimit: Int) -> [Double] {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard let last = sorted.last else { return [] }
    var distinct: [Double] = []
    for value in sorted where value != distinct.last {
      distinct.append(value)
      if distinct.count > binLimit { break }
    }
    if distinct.count <= binLimit { return Array(distinct.dropLast()) }
    var knots: [Double] = []
    for share in 1..<binLimit {
      let knot = sorted[share * (sorted.count - 1) / binLimit]
      if knot != knots.last, knot < last { knots.append(knot) }
    }
    return knots
  }
}
