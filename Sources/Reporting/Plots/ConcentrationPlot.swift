import Segmentation

/// How ARR and expected loss pile up from the largest account to the smallest: the head and the long tail.
struct ConcentrationPlot {
  let words: Words
  let concentration: Concentration
  let hasLoss: Bool

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let (width, height) = (CurvePlot.width, CurvePlot.height)
    var canvas = Canvas(width: width, height: height)
    let frame = Frame(
      width: width, height: height, margins: .init(top: 10, right: 14, bottom: 42, left: 52), x: 0...1,
      y: 0...1)
    let numbers = words.numbers
    let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    canvas.rectangle(frame.x(0.2), frame.top, frame.right - frame.x(0.2), frame.bottom - frame.top, "shade")
    frame.axes(
      &canvas,
      x: .init(words("Accounts, the largest first", "Cuentas, de mayor a menor"), ticks: ticks) {
        numbers.percent($0, 0)
      },
      y: .init(words("Share so far", "Parte acumulada"), ticks: ticks) { numbers.percent($0, 0) })
    canvas.path([(frame.left, frame.bottom), (frame.right, frame.top)], "chance")
    if hasLoss {
      canvas.path(
        frame.points(concentration.points.map { ($0.accounts, $0.expectedLoss) }), "curve red dashed")
    }
    canvas.path(frame.points(concentration.points.map { ($0.accounts, $0.arr) }), "curve sky")
    canvas.text(
      Markup(words("the long tail: the other 80 %", "la cola larga: el otro 80 %")),
      frame.right - 6, frame.bottom - 8, "note", anchor: .end)
    legend(&canvas, frame)
    return canvas.svg(id: id, title: title, description: description)
  }

  private func legend(_ canvas: inout Canvas, _ frame: Frame) {
    var y = frame.bottom - 52
    let entries =
      [("curve sky", "ARR")]
      + (hasLoss ? [("curve red dashed", words("expected loss", "pérdida esperada"))] : [])
    for (style, name) in entries {
      canvas.path([(frame.right - 118, y), (frame.right - 96, y)], style)
      canvas.text(Markup(name), frame.right - 90, y + 4, "legend")
      y += 16
    }
  }
}
