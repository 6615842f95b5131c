/// How the odds run along one column, others held fixed, with a 95 % band; ticks below are the deciles of the
/// training rows.
struct TermShapePlot {
  let words: Words
  let shape: TermShape
  /// The same for all plots of a model, so that heights compare.
  let factors: ClosedRange<Double>

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let (width, height) = (240.0, 180.0)
    var canvas = Canvas(width: width, height: height)
    let xs = shape.points.map(\.x)
    let frame = Frame(
      width: width, height: height, margins: .init(top: 8, right: 10, bottom: 26, left: 40),
      x: (xs.first ?? 0)...max(xs.last ?? 1, xs.first ?? 0), y: factors, yKind: .logarithmic)
    let numbers = words.numbers
    frame.axes(
      &canvas, x: .init("", ticks: frame.x.ticks(4)) { numbers.significant($0, 3) },
      y: .init("", ticks: frame.y.ticks(4)) { numbers.factorTick($0) })
    canvas.line(frame.left, frame.y(1), frame.right, frame.y(1), "one")
    if let band = shape.band {
      let upper = zip(xs, band).map { ($0, $1.high) }
      let lower = zip(xs, band).map { ($0, $1.low) }
      canvas.path(frame.points(upper + lower.reversed()), "band", isClosed: true)
    }
    canvas.path(frame.points(shape.points.map { ($0.x, $0.factor) }), "curve")
    for decile in shape.deciles
    where decile >= frame.x.domain.lowerBound && decile <= frame.x.domain.upperBound {
      canvas.line(frame.x(decile), frame.bottom, frame.x(decile), frame.bottom - 5, "rug")
    }
    return canvas.svg(id: id, title: title, description: description)
  }
}
