/// How the odds run over two columns together: a cell a pair of bins, warm where it raises the odds against
/// the average account, cool where it lowers them, the stronger the darker. What is no number goes down.
struct SurfacePlot {
  let words: Words
  let surface: TermSurface

  private let width = CurvePlot.width

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let isTurned = surface.isBetterTurned
    let rows = isTurned ? surface.columns : surface.rows
    let columns = isTurned ? surface.rows : surface.columns
    let pitch = min(22.0, 260 / Double(max(1, rows.count)))
    let (left, right, top) = (112.0, width - 10, 6.0)
    let bottom = top + pitch * Double(rows.count)
    var canvas = Canvas(width: width, height: bottom + 44)
    let step = (right - left) / Double(max(1, columns.count))
    let reach = max(surface.high - surface.mean, surface.mean - surface.low)
    let numbers = words.numbers
    for (row, label) in rows.enumerated() {
      let y = top + pitch * Double(row)
      canvas.text(
        Markup(Markup.shortened(label, limit: 20)), left - 8, y + pitch / 2 + 3.6, "row", anchor: .end)
      for (column, name) in columns.enumerated() {
        let value = (isTurned ? surface.values[column][row] : surface.values[row][column]) - surface.mean
        let place = Markup.shortened(label, limit: 30) + ", " + Markup.shortened(name, limit: 30)
        canvas.rectangle(
          left + step * Double(column), y, step, pitch, value > 0 ? "red" : "sky",
          opacity: reach > 0 ? 0.85 * abs(value) / reach : 0,
          title: Markup("\(place): \(numbers.factor(exponential(value)))"))
      }
    }
    for (index, name) in columns.enumerated() where shown(index, of: columns.count) {
      canvas.text(
        Markup(Markup.shortened(name, limit: 12)), left + step * (Double(index) + 0.5), bottom + 14, "tick",
        anchor: index == 0 ? .start : index == columns.count - 1 ? .end : .middle)
    }
    canvas.text(
      Markup(Markup.shortened(Reasons.readable(surface.names[isTurned ? 0 : 1]), limit: 40)),
      (left + right) / 2, bottom + 32, "label", anchor: .middle)
    return canvas.svg(id: id, title: title, description: description)
  }

  /// The first, the middle and the last bin have room for a name.
  private func shown(_ index: Int, of count: Int) -> Bool {
    index == 0 || index == count - 1 || (count > 4 && index == count / 2)
  }
}
