/// Each tier's share of accounts and of ARR, against the range that the preset aims at.
struct TierBars {
  struct Row {
    var name: String
    /// In percent.
    var accounts: Double
    var accountsTarget: ClosedRange<Double>?
    var arr: Double?
    var arrTarget: ClosedRange<Double>?
  }

  let words: Words
  let rows: [Row]

  private let width = CurvePlot.width
  private let pitch = 50.0

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let height = Double(rows.count) * pitch + 50
    var canvas = Canvas(width: width, height: height)
    let hasARR = rows.contains { $0.arr != nil }
    let left = 92.0
    let panel = hasARR ? 134.0 : 268.0
    let most = rows.reduce(10.0) { most, row in
      max(
        most, row.accounts, row.arr ?? 0, row.accountsTarget?.upperBound ?? 0, row.arrTarget?.upperBound ?? 0)
    }
    let top = Ticks.nice(0...most, count: 5).upperBound
    for (index, row) in rows.enumerated() {
      let y = 26 + Double(index) * pitch + pitch / 2
      canvas.text(
        Markup(Markup.shortened(row.name, limit: 16)), left - 8, y + 4, "row", anchor: .end)
    }
    draw(
      words("Share of accounts", "Parte de las cuentas"), left, panel, top, &canvas, "sky",
      rows.map { ($0.accounts, $0.accountsTarget) })
    if hasARR {
      draw(
        words("Share of ARR", "Parte del ARR"), left + panel, panel, top, &canvas, "green",
        rows.map { ($0.arr ?? 0, $0.arrTarget) })
    }
    return canvas.svg(id: id, title: title, description: description)
  }

  private func draw(
    _ heading: String, _ left: Double, _ width: Double, _ most: Double, _ canvas: inout Canvas,
    _ colour: String, _ bars: [(value: Double, target: ClosedRange<Double>?)]
  ) {
    let scale = Scale(.linear, 0...most, onto: (left, left + width - 32))
    let bottom = 26 + Double(bars.count) * pitch
    let numbers = words.numbers
    canvas.text(Markup(heading), left, 14, "panel")
    for tick in scale.ticks(3) {
      canvas.line(scale(tick), 24, scale(tick), bottom, "grid")
      canvas.text(
        Markup(numbers.percent(tick / 100, 0)), scale(tick), bottom + 15, "tick", anchor: .middle)
    }
    canvas.line(left, 24, left, bottom, "axis")
    for (index, bar) in bars.enumerated() {
      let y = 26 + Double(index) * pitch + pitch / 2
      if let target = bar.target {
        canvas.rectangle(
          scale(target.lowerBound), y - 15, max(2, scale(target.upperBound) - scale(target.lowerBound)), 30,
          "target")
      }
      canvas.rectangle(left, y - 8, scale(bar.value) - left, 16, "bar \(colour)")
      if let target = bar.target {
        for end in [target.lowerBound, target.upperBound] {
          canvas.line(scale(end), y - 15, scale(end), y + 15, "target-end")
        }
      }
      let end = max(scale(bar.value), bar.target.map { scale($0.upperBound) } ?? 0)
      canvas.text(Markup(numbers.percent(bar.value / 100, 0)), end + 6, y + 4, "value strong")
    }
  }
}
