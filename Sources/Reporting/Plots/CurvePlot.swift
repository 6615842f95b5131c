/// A curve in a square of shares, with what chance would give: the common ground of ROC, precision-recall and
/// gains.
struct CurvePlot {
  let words: Words
  var horizontal: String
  var vertical: String
  var curve: [(Double, Double)]
  /// What a score without information gives.
  var chance: [(Double, Double)]
  /// A point of the curve worth its label.
  var highlight: (x: Double, y: Double, text: String)?
  /// Fills what the curve gains over chance.
  var isFilled = false

  static let width = 360.0
  static let height = 300.0

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    var canvas = Canvas(width: Self.width, height: Self.height)
    let frame = Frame(
      width: Self.width, height: Self.height, margins: .init(top: 10, right: 14, bottom: 42, left: 52),
      x: 0...1, y: 0...1)
    let numbers = words.numbers
    let ticks = [0, 0.25, 0.5, 0.75, 1]
    frame.axes(
      &canvas, x: .init(horizontal, ticks: ticks) { numbers.percent($0, 0) },
      y: .init(vertical, ticks: ticks) { numbers.percent($0, 0) })
    if isFilled { canvas.path(frame.points(curve + chance.reversed()), "area", isClosed: true) }
    canvas.path(frame.points(chance), "chance")
    canvas.path(frame.points(curve), "curve")
    if let highlight {
      let (x, y) = (frame.x(highlight.x), frame.y(highlight.y))
      canvas.line(x, frame.bottom, x, y, "drop")
      canvas.line(frame.left, y, x, y, "drop")
      canvas.mark(.circle, x, y, radius: 4, "point")
      let isRight = x < (frame.left + frame.right) / 2
      canvas.text(
        Markup(highlight.text), x + (isRight ? 9 : -9), min(y + 16, frame.bottom - 6), "note",
        anchor: isRight ? .start : .end)
    }
    return canvas.svg(id: id, title: title, description: description)
  }
}
