import Features
import ModelFile

/// How the log-odds run over two columns together, as a grid of shades.
struct TermSurfaces {
  let model: Model

  init(_ model: Model) {
    self.model = model
  }

  /// One block of lines a surface: its range, then a line for each of at most twelve bins of the first column
  /// with a shade for each of at most 32 bins of the second, from ` ` (lowest) to `█` (highest).
  var blocks: [[String]] {
    model.recipe.terms.indices.compactMap { term in
      let coefficient = model.coefficients[term]
      guard let table = model.recipe.terms[term].table, coefficient != 0,
        model.recipe.terms[term].factors.count == 2
      else { return nil }
      let values = table.map { coefficient * $0 }
      guard let low = values.min(), let high = values.max(), high > low else { return nil }
      return lines(model.recipe.terms[term], values, low, high)
    }
  }

  private func lines(_ term: RecipeTerm, _ values: [Double], _ low: Double, _ high: Double) -> [String] {
    let inputs = term.factors.map { model.recipe.inputs[$0.input] }
    let counts = zip(inputs, term.factors).map { $0.binCount($1.basis) ?? 1 }
    let rows = shown(counts[0], atMost: 12)
    let columns = shown(counts[1], atMost: 32)
    let shades = Array(" ░▒▓█")
    let labels = rows.map { label(inputs[0], term.factors[0].basis, $0) }
    let width = labels.map(\.count).max() ?? 0
    var result = [
      "\(inputs[0].name) (down) by \(inputs[1].name) (across, \(label(inputs[1], term.factors[1].basis, 0)) … \(label(inputs[1], term.factors[1].basis, counts[1] - 1))): \(Figures.fixed(low, 2)) … +\(Figures.fixed(high, 2))"
    ]
    for (place, row) in rows.enumerated() {
      let cells = columns.map { column in
        shades[min(4, Int((values[row * counts[1] + column] - low) / (high - low) * 5))]
      }
      result.append(
        "  \(labels[place])\(String(repeating: " ", count: width - labels[place].count)) |\(String(cells))|")
    }
    return result
  }

  /// All bins, or that many evenly.
  private func shown(_ count: Int, atMost limit: Int) -> [Int] {
    count <= limit ? Array(0..<count) : (0..<limit).map { $0 * (count - 1) / (limit - 1) }
  }

  private func label(_ input: RecipeInput, _ basis: RecipeBasis, _ bin: Int) -> String {
    switch (basis, input.kind) {
    case (.bins(let knots), _):
      bin < knots.count
        ? "≤ \(Figures.significant(knots[bin], 3))"
        : knots.last.map { "> \(Figures.significant($0, 3))" } ?? ""
    case (_, .boolean): ["false", "true", "missing"][min(bin, 2)]
    default: bin < input.levels.count ? input.levels[bin] : "other"
    }
  }
}
