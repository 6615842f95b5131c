import Features
import ModelFile

/// How the log-odds run along each numeric column that has thresholds or bends, as a line of text.
struct TermShapes {
  let model: Model

  init(_ model: Model) {
    self.model = model
  }

  /// `tenure   0 … 70   █▆▄▃▂▂▁▁   +1.20 … -0.80`
  var lines: [String] {
    let recipe = model.recipe
    var result: [[String]] = []
    for index in recipe.inputs.indices where recipe.inputs[index].kind == .numeric {
      let own = recipe.terms.indices.filter { term in
        recipe.terms[term].factors.count == 1 && recipe.terms[term].factors[0].input == index
          && recipe.terms[term].factors[0].basis != .missing
      }
      let knots = own.flatMap { knotsOf(recipe.terms[$0].factors[0].basis) }.sorted()
      guard own.count > 1, let low = knots.first, let high = knots.last else { continue }
      let margin = high > low ? (high - low) * 0.25 : max(1, abs(low) * 0.5)
      let points = (0..<24).map { low - margin + (high - low + 2 * margin) * Double($0) / 23 }
      let values = points.map { x in
        own.reduce(0.0) { sum, term in
          sum + model.coefficients[term] * (recipe.terms[term].factors[0].basis.value(at: x) ?? 0)
        }
      }
      guard let bottom = values.min(), let top = values.max() else { continue }
      let blocks = Array("▁▂▃▄▅▆▇█")
      let bars = values.map { value in
        blocks[top > bottom ? min(7, Int((value - bottom) / (top - bottom) * 8)) : 0]
      }
      result.append([
        recipe.inputs[index].name,
        "\(Figures.significant(points[0], 3)) … \(Figures.significant(points[23], 3))",
        String(bars), "spread \(Figures.fixed(top - bottom, 2))",
      ])
    }
    guard !result.isEmpty else { return [] }
    return TextTable(header: ["column", "from … to", "log-odds", ""], rows: result).text
      .split(separator: "\n").map(String.init)
  }

  private func knotsOf(_ basis: RecipeBasis) -> [Double] {
    switch basis {
    case .hinge(let knot), .hingeBelow(let knot), .step(let knot): [knot]
    case .cubicSpline(let knots, _): knots
    case .signedLog, .identity, .level, .otherLevels, .missing: []
    }
  }
}
