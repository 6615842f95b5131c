/// Effects with their intervals, one a line, as factors of the odds on a logarithmic scale.
struct ForestPlot {
  struct Line {
    var name: String
    var value: Double
    var low: Double
    var high: Double

    /// The interval doesn't reach 1.
    var isClear: Bool { low > 1 || high < 1 }
  }

  let words: Words
  let lines: [Line]
  var label: String

  private let width = CurvePlot.width
  private let pitch = 19.0

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let height = Double(lines.count) * pitch + 52
    var canvas = Canvas(width: width, height: height)
    let (left, right, top) = (146.0, width - 46, 6.0)
    let bottom = height - 42
    // One far interval must not press all others into a point: ends beyond are cut and shown as arrows.
    let ends = lines.flatMap { [$0.value, $0.low, $0.high] }.filter { $0 > 0 && $0.isFinite }
    let values = lines.map(\.value).filter { $0 > 0 && $0.isFinite }
    let reach = max(1.25, (values + values.map { 1 / $0 }).max() ?? 1)
    let cap = reach * reach
    let low = max(min(ends.min() ?? 0.8, 0.8), 1 / cap)
    let high = min(max(ends.max() ?? 1.25, 1.25), cap)
    let scale = Scale(.logarithmic, low / 1.04...high * 1.04, onto: (left, right))
    let numbers = words.numbers
    for tick in scale.ticks(5) {
      canvas.line(scale(tick), top, scale(tick), bottom, tick == 1 ? "one" : "grid")
      canvas.text(Markup(numbers.factorTick(tick)), scale(tick), bottom + 14, "tick", anchor: .middle)
    }
    canvas.line(scale(1), top, scale(1), bottom, "one")
    canvas.text(Markup(label), width / 2, bottom + 31, "label", anchor: .middle)
    for (index, line) in lines.enumerated() {
      let y = top + (Double(index) + 0.5) * pitch
      canvas.text(
        Markup(Markup.shortened(line.name, limit: 28)), left - 8, y + 3.6, "row", anchor: .end,
        title: Markup(Markup.shortened(line.name, limit: 200)))
      let isClear = line.isClear
      canvas.line(scale(line.low), y, scale(line.high), y, isClear ? "interval" : "interval faint")
      for (end, side) in [(line.low, -1.0), (line.high, 1.0)]
      where end < scale.domain.lowerBound || end > scale.domain.upperBound {
        let x = scale(end)
        canvas.path([(x - side * 5, y - 4), (x, y), (x - side * 5, y + 4)], "interval faint open")
      }
      canvas.mark(.square, scale(line.value), y, radius: 3.6, isClear ? "point" : "point faint")
      canvas.text(
        Markup(numbers.factor(line.value)), right + 8, y + 3.6, isClear ? "value strong" : "value",
        title: Markup("\(numbers.factor(line.low)) – \(numbers.factor(line.high))"))
    }
    return canvas.svg(id: id, title: title, description: description)
  }
}
