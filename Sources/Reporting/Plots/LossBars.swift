/// A segment's share of the ARR beside its share of the expected loss: where both differ, risk sits elsewhere
/// than money.
struct LossBars {
  struct Row {
    var name: String
    var shareOfARR: Double
    var shareOfLoss: Double
  }

  let words: Words
  let rows: [Row]

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let width = CurvePlot.width
    let pitch = 46.0
    let height = max(CurvePlot.height, Double(rows.count) * pitch + 78)
    var canvas = Canvas(width: width, height: height)
    let (left, top) = (112.0, 30.0)
    let bottom = height - 42
    let step = (bottom - top) / Double(max(1, rows.count))
    let most = rows.flatMap { [$0.shareOfARR, $0.shareOfLoss] }.max() ?? 1
    let scale = Scale(
      .linear, 0...min(1, Ticks.nice(0...max(0.1, most), count: 4).upperBound), onto: (left, width - 44))
    let numbers = words.numbers
    legend(&canvas, left)
    for tick in scale.ticks(4) {
      canvas.line(scale(tick), top, scale(tick), bottom, "grid")
      canvas.text(Markup(numbers.percent(tick, 0)), scale(tick), bottom + 14, "tick", anchor: .middle)
    }
    canvas.line(left, top, left, bottom, "axis")
    canvas.text(
      Markup(words("Share of the whole book", "Parte de toda la cartera")), (left + width - 44) / 2,
      bottom + 31,
      "label", anchor: .middle)
    for (index, row) in rows.enumerated() {
      let y = top + (Double(index) + 0.5) * step
      canvas.text(
        Markup(Markup.shortened(row.name, limit: 19)), left - 8, y + 4, "row", anchor: .end)
      canvas.rectangle(left, y - 13, scale(row.shareOfARR) - left, 12, "bar sky")
      canvas.rectangle(left, y + 1, scale(row.shareOfLoss) - left, 12, "bar red")
      canvas.text(Markup(numbers.percent(row.shareOfARR)), scale(row.shareOfARR) + 5, y - 3, "value")
      canvas.text(
        Markup(numbers.percent(row.shareOfLoss)), scale(row.shareOfLoss) + 5, y + 11, "value strong")
    }
    return canvas.svg(id: id, title: title, description: description)
  }

  private func legend(_ canvas: inout Canvas, _ left: Double) {
    var x = left
    for (colour, name) in [
      ("sky", words("of ARR", "del ARR")), ("red", words("of expected loss", "de la pérdida esperada")),
    ] {
      canvas.rectangle(x, 8, 12, 10, "bar \(colour)")
      canvas.text(Markup(name), x + 17, 17, "legend")
      x += 84
    }
  }
}
