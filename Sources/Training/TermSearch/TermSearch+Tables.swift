import Features

extension TermSearch {
  /// A table as a term, in thousandths of a log-odds, with bins that say the same as their neighbour joined.
  func term(_ inputs: [Int], _ values: [Double]) -> RecipeTerm {
    var table = values
    if inputs.count == 1, let direction = directions[inputs[0]] {
      table = monotone(table, input: inputs[0], rising: direction > 0)
    }
    for cell in table.indices { table[cell] = (table[cell] * 1000).rounded() / 1000 }
    var bases = inputs.map { binned.inputs[$0].basis }
    var counts = inputs.map { binned.inputs[$0].binCount }
    for axis in inputs.indices {
      if case .bins(let knots) = bases[axis] {
        var kept = [0]
        for bin in 1..<max(1, counts[axis]) {
          if slice(table, counts, axis, bin) != slice(table, counts, axis, bin - 1) { kept.append(bin) }
        }
        table = selecting(table, counts, axis, kept)
        counts[axis] = kept.count
        bases[axis] = .bins(knots: kept.dropFirst().map { knots[$0 - 1] })
      }
    }
    let names = inputs.map { binned.recipe.inputs[$0].name }.joined(separator: ",")
    return RecipeTerm(
      name: inputs.count == 1 ? "shape(\(names))" : "surface(\(names))",
      factors: zip(inputs, bases).map { RecipeFactor(input: $0, basis: $1) }, table: table)
  }

  private func cells(_ counts: [Int], _ axis: Int, _ bin: Int) -> [Int] {
    guard counts.count > 1 else { return [bin] }
    return axis == 0
      ? (0..<counts[1]).map { bin * counts[1] + $0 } : (0..<counts[0]).map { $0 * counts[1] + bin }
  }

  private func slice(_ table: [Double], _ counts: [Int], _ axis: Int, _ bin: Int) -> [Double] {
    cells(counts, axis, bin).map { table[$0] }
  }

  private func selecting(_ table: [Double], _ counts: [Int], _ axis: Int, _ kept: [Int]) -> [Double] {
    guard counts.count > 1 else { return kept.map { table[$0] } }
    if axis == 0 { return kept.flatMap { slice(table, counts, 0, $0) } }
    return (0..<counts[0]).flatMap { row in kept.map { table[row * counts[1] + $0] } }
  }

  /// The nearest table that never falls (or rises), by pooling adjacent violators, rows as weights.
  private func monotone(_ table: [Double], input: Int, rising: Bool) -> [Double] {
    var rows = [Double](repeating: 0, count: table.count)
    for bin in binned.inputs[input].bins { rows[Int(bin)] += 1 }
    let sign = rising ? 1.0 : -1.0
    var blocks: [(value: Double, weight: Double, bins: Int)] = []
    for bin in table.indices {
      blocks.append((sign * table[bin], rows[bin], 1))
      while blocks.count > 1, blocks[blocks.count - 2].value > blocks[blocks.count - 1].value {
        let last = blocks.removeLast()
        let before = blocks.removeLast()
        let weight = before.weight + last.weight
        let value =
          weight > 0 ? (before.value * before.weight + last.value * last.weight) / weight : before.value
        blocks.append((value, weight, before.bins + last.bins))
      }
    }
    return blocks.flatMap { [Double](repeating: sign * $0.value, count: $0.bins) }
  }
}
