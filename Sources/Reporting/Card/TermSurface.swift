import Features
import ModelFile

/// How the log-odds run over two columns together, on the grid of their bins.
struct TermSurface {
  /// Of the first column, which goes down, and of the second, which goes across.
  let names: [String]
  /// Labels of the bins that are shown: at most 12 down and 32 across, evenly chosen.
  let rows: [String]
  let columns: [String]
  /// β times the table, a line a row.
  let values: [[Double]]
  /// Of `values` over the training rows.
  let mean: Double
  /// Over all bins, shown or not.
  let low: Double
  let high: Double
  /// The first column is a number and the second is none.
  let isBetterTurned: Bool

  /// Nil where the term is no surface, or flat.
  init?(_ model: Model, term index: Int) {
    let term = model.recipe.terms[index]
    let coefficient = model.coefficients[index]
    guard let table = term.table, coefficient != 0, term.factors.count == 2 else { return nil }
    let all = table.map { coefficient * $0 }
    guard let low = all.min(), let high = all.max(), high > low else { return nil }
    (self.low, self.high) = (low, high)
    mean = coefficient * model.termMeans[index]
    let inputs = term.factors.map { model.recipe.inputs[$0.input] }
    let counts = zip(inputs, term.factors).map { $0.binCount($1.basis) ?? 1 }
    let (down, across) = (Self.shown(counts[0], atMost: 12), Self.shown(counts[1], atMost: 32))
    names = inputs.map(\.name)
    rows = down.map { Self.label(inputs[0], term.factors[0].basis, $0) }
    columns = across.map { Self.label(inputs[1], term.factors[1].basis, $0) }
    values = down.map { row in across.map { all[row * counts[1] + $0] } }
    isBetterTurned = inputs[0].kind == .numeric && inputs[1].kind != .numeric
  }

  static func all(of model: Model) -> [TermSurface] {
    model.recipe.terms.indices.compactMap { TermSurface(model, term: $0) }
  }

  /// All bins, or that many evenly.
  private static func shown(_ count: Int, atMost limit: Int) -> [Int] {
    count <= limit ? Array(0..<count) : (0..<limit).map { $0 * (count - 1) / (limit - 1) }
  }

  private static func label(_ input: RecipeInput, _ basis: RecipeBasis, _ bin: Int) -> String {
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
