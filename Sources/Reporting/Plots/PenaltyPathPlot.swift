import Training

/// Cross-validated deviance along λ with one standard error, and the λ that was taken.
struct PenaltyPathPlot {
  let words: Words
  let path: TrainingReport.Path

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let (width, height) = (CurvePlot.width, CurvePlot.height)
    var canvas = Canvas(width: width, height: height)
    let rows = path.lambda.indices.filter {
      path.lambda[$0] > 0 && $0 < path.deviance.count && $0 < path.standardError.count
        && path.deviance[$0].isFinite && path.standardError[$0].isFinite
    }.sorted { path.lambda[$0] < path.lambda[$1] }
    let lambdas = rows.map { path.lambda[$0] }
    let low = rows.map { path.deviance[$0] - path.standardError[$0] }
    let high = rows.map { path.deviance[$0] + path.standardError[$0] }
    let frame = Frame(
      width: width, height: height, margins: .init(top: 10, right: 14, bottom: 42, left: 60),
      x: (lambdas.first ?? 0.1)...max(lambdas.last ?? 1, lambdas.first ?? 0.1),
      y: Ticks.nice((low.min() ?? 0)...max(high.max() ?? 1, low.min() ?? 0)), xKind: .logarithmic)
    let vertical = frame.y.ticks(5)
    let places = Ticks.decimals(vertical)
    let numbers = words.numbers
    frame.axes(
      &canvas,
      x: .init(words("Penalty λ (logarithmic)", "Penalización λ (logarítmica)"), ticks: frame.x.ticks(5)) {
        numbers.significant($0, 1)
      },
      y: .init(words("Deviance on unseen rows", "Devianza en filas no vistas"), ticks: vertical) {
        numbers.fixed($0, places)
      })
    canvas.path(
      frame.points(Array(zip(lambdas, high)) + Array(zip(lambdas, low)).reversed()), "band", isClosed: true)
    canvas.path(frame.points(zip(lambdas, rows.map { path.deviance[$0] })), "curve")
    if let nearest = rows.min(by: {
      abs(path.lambda[$0] - path.chosen) < abs(path.lambda[$1] - path.chosen)
    }), path.chosen > 0 {
      let (x, y) = (frame.x(path.chosen), frame.y(path.deviance[nearest]))
      canvas.line(x, frame.top, x, frame.bottom, "drop")
      canvas.mark(.circle, x, y, radius: 4, "point")
      let isLeft = x < (frame.left + frame.right) / 2
      canvas.text(
        Markup("λ = \(numbers.significant(path.chosen, 2))"), x + (isLeft ? 8 : -8), frame.top + 14, "note",
        anchor: isLeft ? .start : .end)
    }
    return canvas.svg(id: id, title: title, description: description)
  }
}
