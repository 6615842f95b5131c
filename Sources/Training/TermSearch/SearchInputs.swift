import Features

/// The inputs of a recipe over the rows of a search, with the places where a threshold may stand.
struct SearchInputs: Sendable {
  struct Input: Sendable {
    let kind: RecipeInput.Kind
    /// Missing numbers replaced as the recipe says.
    let values: [Double]
    /// Ascending; numeric inputs only.
    let knots: [Double]
    /// Numeric: how many knots lie below the value. Categorical: the level's code; boolean: 0 or 1. A missing
    /// or unseen level has the last bin.
    let bins: [UInt8]
    let binCount: Int
    /// The bases that one cut between bins stands for: cut c of a number separates bins ≤ c from those above.
    let cuts: [RecipeBasis]
    /// Levels are singled out one by one; numbers are cut.
    var isOrdered: Bool { kind == .numeric }
  }

  let recipe: FittedRecipe
  let inputs: [Input]
  let rowCount: Int

  /// Knots at `knotCount` quantiles and in the upper tail, each with at least `smallest` rows on both sides.
  init(_ recipe: FittedRecipe, _ encoded: EncodedInputs, knotCount: Int = 24, smallest: Int = 20) {
    self.recipe = recipe
    rowCount = encoded.rowCount
    inputs = recipe.inputs.indices.map { index in
      Self.input(recipe.inputs[index], encoded.columns[index], knotCount, smallest)
    }
  }

  private static func input(
    _ input: RecipeInput, _ raw: [Double], _ knotCount: Int, _ smallest: Int
  ) -> Input {
    switch input.kind {
    case .numeric:
      var values = raw
      if case .replace(let fill) = input.missing {
        for row in values.indices where values[row].isNaN { values[row] = fill }
      }
      let knots = knots(values, count: knotCount, smallest: smallest)
      let bins = values.map { value in UInt8(lowerCount(knots, below: value)) }
      return Input(
        kind: .numeric, values: values, knots: knots, bins: bins, binCount: knots.count + 1,
        cuts: knots.map { .step(knot: $0) })
    case .boolean:
      let bins = raw.map { value -> UInt8 in value.isNaN ? 2 : (value == 1 ? 1 : 0) }
      return Input(
        kind: .boolean, values: raw, knots: [], bins: bins, binCount: 3,
        cuts: [.level("false"), .level("true")])
    case .categorical:
      let levels = input.levels.prefix(60)
      let bins = raw.map { value -> UInt8 in
        value.isNaN || value < 0 || value >= Double(levels.count) ? UInt8(levels.count) : UInt8(value)
      }
      return Input(
        kind: .categorical, values: raw, knots: [], bins: bins, binCount: levels.count + 1,
        cuts: levels.map { .level($0) })
    }
  }

  private static func knots(_ values: [Double], count: Int, smallest: Int) -> [Double] {
    let sorted = values.sorted()
    guard let last = sorted.last, sorted.first != last else { return [] }
    var knots: [Double] = []
    let shares = (0...count).map { Double($0) / Double(count + 1) } + [0.97, 0.99]
    for share in shares.sorted() {
      let knot = sorted[Int(share * Double(sorted.count - 1))]
      if knot != knots.last, knot < last { knots.append(knot) }
    }
    return knots.filter { knot in
      let below = lowerCount(sorted, upTo: knot)
      return below >= smallest && sorted.count - below >= smallest
    }
  }

  /// How many of the ascending numbers are less than `value`.
  private static func lowerCount(_ sorted: [Double], below value: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many of the ascending numbers are at most `value`.
  private static func lowerCount(_ sorted: [Double], upTo value: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A term's value at `row`.
  func value(of term: [RecipeFactor], row: Int) -> Double {
    var product = 1.0
    for factor in term { product *= value(factor, row) }
    return product
  }

  private func value(_ factor: RecipeFactor, _ row: Int) -> Double {
    let input = inputs[factor.input]
    switch factor.basis {
    case .level(let level):
      let code =
        input.kind == .boolean ? (level == "true" ? 1 : 0) : recipe.inputs[factor.input].code(of: level)
      return input.values[row] == code ? 1 : 0
    default:
      return factor.basis.value(at: input.values[row]) ?? 0
    }
  }

  /// A term over the given rows. The shape is resolved once, so that the loop is arithmetic.
  func column(of term: [RecipeFactor], rows: [Int]) -> [Double] {
    var result = [Double](repeating: 1, count: rows.count)
    for factor in term {
      let values = inputs[factor.input].values
      switch factor.basis {
      case .identity:
        for (place, row) in rows.enumerated() { result[place] *= values[row] }
      case .hinge(let knot):
        for (place, row) in rows.enumerated() { result[place] *= max(0, values[row] - knot) }
      case .hingeBelow(let knot):
        for (place, row) in rows.enumerated() { result[place] *= max(0, knot - values[row]) }
      case .step(let knot):
        for (place, row) in rows.enumerated() where values[row] <= knot { result[place] = 0 }
      case .level(let level):
        let code =
          inputs[factor.input].kind == .boolean
          ? (level == "true" ? 1 : 0) : recipe.inputs[factor.input].code(of: level)
        for (place, row) in rows.enumerated() where values[row] != code { result[place] = 0 }
      default:
        for (place, row) in rows.enumerated() { result[place] *= value(factor, row) }
      }
    }
    return result
  }
}
