import Training

/// Predicted against observed: ten groups of equal size with Wilson's intervals, and the line where both agree.
struct CalibrationPlot {
  let words: Words
  let bins: [QualityCurves.Bin]

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    let (width, height) = (CurvePlot.width, CurvePlot.height)
    var canvas = Canvas(width: width, height: height)
    let most = bins.map { max($0.meanProbability, $0.high) }.max() ?? 1
    let domain = Ticks.nice(0...min(1, max(most, 1e-4)), count: 5)
    let frame = Frame(
      width: width, height: height, margins: .init(top: 10, right: 14, bottom: 42, left: 52),
      x: domain.lowerBound...min(1, domain.upperBound), y: domain.lowerBound...min(1, domain.upperBound))
    let ticks = frame.x.ticks(5)
    let places = max(0, Ticks.decimals(ticks) - 2)
    let numbers = words.numbers
    frame.axes(
      &canvas,
      x: .init(words("Probability that was predicted", "Probabilidad predicha"), ticks: ticks) {
        numbers.percent($0, places)
      },
      y: .init(words("Share that happened", "Proporción que ocurrió"), ticks: ticks) {
        numbers.percent($0, places)
      })
    canvas.line(
      frame.left, frame.bottom, frame.x(frame.x.domain.upperBound), frame.y(frame.x.domain.upperBound),
      "chance")
    for bin in bins {
      let x = frame.x(bin.meanProbability)
      canvas.line(x, frame.y(bin.low), x, frame.y(bin.high), "interval")
    }
    for bin in bins {
      canvas.mark(
        .circle, frame.x(bin.meanProbability), frame.y(bin.eventRate), radius: 4, "point",
        title: Markup(
          words(
            "predicted \(numbers.percent(bin.meanProbability)), happened \(numbers.percent(bin.eventRate))",
            "predicho \(numbers.percent(bin.meanProbability)), ocurrió \(numbers.percent(bin.eventRate))")))
    }
    return canvas.svg(id: id, title: title, description: description)
  }
}
