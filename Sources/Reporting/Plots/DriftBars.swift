/// The population stability index of the score and of the inputs that moved most, with the limits of custom
/// and what sampling alone explains.
struct DriftBars {
  struct Row {
    var name: String
    var psi: Double
    /// What sampling alone explains.
    var noise: Double
    var isScore: Bool
  }

  /// Siddiqi's limits: from the first on, look; from the second on, it moved.
  static let look = 0.1
  static let moved = 0.2

  let words: Words
  let rows: [Row]

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let width = CurvePlot.width
    let pitch = 20.0
    let height = Double(rows.count) * pitch + 72
    var canvas = Canvas(width: width, height: height)
    let (left, right, top) = (146.0, width - 40, 22.0)
    let bottom = height - 42
    // A far value must not press the limits into a corner: bars beyond end in an arrow.
    let most = min(0.5, max(0.25, rows.map { max($0.psi, $0.noise) }.max() ?? 0.25))
    let scale = Scale(.linear, 0...Ticks.nice(0...most, count: 5).upperBound, onto: (left, right))
    let numbers = words.numbers
    let ticks = scale.ticks(4)
    let places = Ticks.decimals(ticks)
    for tick in ticks {
      canvas.line(scale(tick), top, scale(tick), bottom, "grid")
      canvas.text(Markup(numbers.fixed(tick, places)), scale(tick), bottom + 14, "tick", anchor: .middle)
    }
    for (limit, name) in [
      (Self.look, words("look", "mirar")), (Self.moved, words("moved", "cambió")),
    ] {
      canvas.line(scale(limit), top - 4, scale(limit), bottom, "limit")
      canvas.text(Markup(name), scale(limit) + 4, top - 8, "note")
    }
    canvas.line(left, top, left, bottom, "axis")
    canvas.text(
      Markup(
        words(
          "Population stability index (tick: sampling noise)",
          "Índice de estabilidad poblacional (marca: azar)")), width / 2,
      bottom + 31, "label", anchor: .middle)
    for (index, row) in rows.enumerated() {
      let y = top + (Double(index) + 0.5) * pitch
      let isNoise = row.psi <= row.noise
      canvas.text(
        Markup(Markup.shortened(row.name, limit: 28)), left - 8, y + 4, row.isScore ? "row strong" : "row",
        anchor: .end)
      canvas.rectangle(
        left, y - 6, scale(row.psi) - left, 12,
        "bar \(isNoise || row.psi < Self.look ? "grey" : row.psi < Self.moved ? "orange" : "red")")
      if row.psi > scale.domain.upperBound {
        canvas.path([(right - 8, y - 4), (right - 3, y), (right - 8, y + 4)], "beyond")
      }
      canvas.line(scale(row.noise), y - 9, scale(row.noise), y + 9, "noise")
      canvas.text(
        Markup(numbers.fixed(row.psi, 3)), max(scale(row.psi), scale(row.noise)) + 6, y + 4, "value")
    }
    return canvas.svg(id: id, title: title, description: description)
  }
}
