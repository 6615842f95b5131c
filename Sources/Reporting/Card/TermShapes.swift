import ModelFile

/// How the log-odds run along each numeric column that has thresholds or bends, as lines of text.
struct TermShapes {
  let model: Model

  init(_ model: Model) {
    self.model = model
  }

  /// `tenure   0 … 70   █▆▄▃▂▂▁▁   spread 2.00`
  var lines: [String] {
    let result = TermShape.all(of: model, count: 24).compactMap { shape -> [String]? in
      let values = shape.points.map(\.logOdds)
      guard let bottom = values.min(), let top = values.max(), let first = shape.points.first,
        let last = shape.points.last
      else { return nil }
      let blocks = Array("▁▂▃▄▅▆▇█")
      let bars = values.map { value in
        blocks[top > bottom ? min(7, Int((value - bottom) / (top - bottom) * 8)) : 0]
      }
      return [
        shape.name, "\(Figures.significant(first.x, 3)) … \(Figures.significant(last.x, 3))", String(bars),
        "spread \(Figures.fixed(top - bottom, 2))",
      ]
    }
    guard !result.isEmpty else { return [] }
    return TextTable(header: ["column", "from … to", "log-odds", ""], rows: result).text
      .split(separator: "\n").map(String.init)
  }
}
