import Segmentation

/// Every account in the 2×2 of need (across) and importance (up); area is ARR, shape and colour the quadrant,
/// an outline alone says that the quadrant is unsure.
struct MatrixScatter {
  struct Point {
    var need: Double
    var importance: Double
    var arr: Double?
    var quadrant: Quadrant
    var isSure: Bool
    var title: String?
    /// The account's place in the list of calls.
    var rank: Int?
  }

  struct Corner {
    var quadrant: Quadrant
    var name: String
    var size: String
  }

  /// Beyond this many accounts only the largest are drawn one by one, and the others as squares whose
  /// darkness is their number.
  static let mostMarks = 2000
  static let largestMarks = 800

  let points: [Point]
  let corners: [Corner]
  let importanceCut: Double
  let needCut: Double
  let words: Words

  private let width = 560.0
  private let height = 430.0

  /// How many of the accounts stand in squares instead of marks.
  var binned: Int { points.count > Self.mostMarks ? points.count - Self.largestMarks : 0 }

  func svg(id: String, title: Markup, description: Markup) -> Markup {
    var canvas = Canvas(width: width, height: height)
    let frame = Frame(
      width: width, height: height, margins: .init(top: 12, right: 10, bottom: 42, left: 42),
      x: domain(points.map(\.need), needCut), y: padded(domain(points.map(\.importance), importanceCut)))
    // The four fields, faintly in their colours.
    let (cutX, cutY) = (frame.x(needCut), frame.y(importanceCut))
    for quadrant in Quadrant.allCases {
      let (x, right) = quadrant.isNeedy ? (cutX, frame.right) : (frame.left, cutX)
      let (y, bottom) = quadrant.isImportant ? (frame.top, cutY) : (cutY, frame.bottom)
      canvas.rectangle(x, y, right - x, bottom - y, "field \(quadrant.colour)")
    }
    frame.axes(
      &canvas,
      x: axis(words("Need: risk and care, 0–100 →", "Necesidad: riesgo y atención, 0–100 →"), frame.x),
      y: axis(
        words("Importance: value and strategy, 0–100 →", "Importancia: valor y estrategia, 0–100 →"), frame.y)
    )
    canvas.line(cutX, frame.top, cutX, frame.bottom, "cut")
    canvas.line(frame.left, cutY, frame.right, cutY, "cut")
    draw(&canvas, frame)
    for corner in corners { draw(corner, &canvas, frame) }
    return canvas.svg(id: id, title: title, description: description)
  }

  // MARK: Marks

  private func draw(_ canvas: inout Canvas, _ frame: Frame) {
    let largestFirst = points.indices.sorted {
      let (a, b) = (points[$0].arr ?? 0, points[$1].arr ?? 0)
      return a != b ? a > b : $0 < $1
    }
    let single = binned == 0 ? largestFirst[...] : largestFirst.prefix(Self.largestMarks)
    if binned > 0 { density(largestFirst.dropFirst(Self.largestMarks), &canvas, frame) }
    let largest = points[largestFirst.first ?? 0].arr ?? 0
    canvas.group("marks") { canvas in
      for index in single {
        let point = points[index]
        canvas.mark(
          point.quadrant.shape, frame.x(point.need), frame.y(point.importance),
          radius: Self.radius(point.arr, largest: largest),
          "mark \(point.quadrant.colour)\(point.isSure ? "" : " unsure")",
          title: point.title.map { Markup($0) })
      }
    }
    label(single, largest, &canvas, frame)
  }

  /// Area grows with ARR; nobody vanishes.
  private static func radius(_ arr: Double?, largest: Double) -> Double {
    guard let arr, arr > 0, largest > 0 else { return 2.4 }
    return max(2.4, 12 * (arr / largest).squareRoot())
  }

  /// Squares of a fortieth of the plot, opacity by the logarithm of the count in four steps.
  private func density(_ indices: ArraySlice<Int>, _ canvas: inout Canvas, _ frame: Frame) {
    let cells = 40
    var counts = [Int](repeating: 0, count: cells * cells)
    let (stepX, stepY) = ((frame.right - frame.left) / 40, (frame.bottom - frame.top) / 40)
    for index in indices {
      let column = min(cells - 1, max(0, Int((frame.x(points[index].need) - frame.left) / stepX)))
      let row = min(cells - 1, max(0, Int((frame.y(points[index].importance) - frame.top) / stepY)))
      counts[row * cells + column] += 1
    }
    let most = Double(counts.max() ?? 1)
    canvas.group("density") { canvas in
      for cell in counts.indices where counts[cell] > 0 {
        let share = most > 1 ? Double(counts[cell]) / most : 1
        canvas.rectangle(
          frame.left + Double(cell % cells) * stepX, frame.top + Double(cell / cells) * stepY, stepX, stepY,
          "bin", opacity: 0.08 + 0.5 * share.squareRoot(),
          title: Markup(words.accounts(counts[cell])))
      }
    }
  }

  // MARK: Labels

  /// The ranks of the calls beside their marks, where they cover no other label.
  private func label(
    _ indices: ArraySlice<Int>, _ largest: Double, _ canvas: inout Canvas, _ frame: Frame
  ) {
    var taken: [(x: Double, y: Double)] = []
    let ranked = indices.filter { points[$0].rank != nil }.sorted {
      (points[$0].rank ?? 0) < (points[$1].rank ?? 0)
    }
    for index in ranked {
      let point = points[index]
      let (x, y) = (frame.x(point.need), frame.y(point.importance))
      let distance = Self.radius(point.arr, largest: largest) + 7
      let directions: [(x: Double, y: Double)] = [
        (1, 0), (0.7, -0.7), (0.7, 0.7), (0, -1), (0, 1), (-0.7, -0.7), (-0.7, 0.7), (-1, 0), (1.9, 0),
        (0, -1.9),
        (0, 1.9), (-1.9, 0), (1.6, -1.6), (1.6, 1.6), (-1.6, -1.6), (-1.6, 1.6),
      ]
      let places = directions.map { (x: x + $0.x * distance, y: y + $0.y * distance) }
      let place =
        places.first { place in
          place.x > frame.left + 8 && place.x < frame.right - 8 && place.y > frame.top + 6
            && place.y < frame.bottom - 6
            && taken.allSatisfy { abs($0.x - place.x) > 15 || abs($0.y - place.y) > 12 }
        } ?? places[0]
      taken.append(place)
      canvas.text(
        Markup(words.numbers.whole(point.rank ?? 0)), place.x, place.y + 3.6, "rank", anchor: .middle)
    }
  }

  private func draw(_ corner: Corner, _ canvas: inout Canvas, _ frame: Frame) {
    let x = corner.quadrant.isNeedy ? frame.right - 8 : frame.left + 8
    let y = corner.quadrant.isImportant ? frame.top + 15 : frame.bottom - 22
    let anchor: Canvas.Anchor = corner.quadrant.isNeedy ? .end : .start
    canvas.text(Markup(corner.name), x, y, "corner", anchor: anchor)
    canvas.text(Markup(corner.size), x, y + 14, "corner-size", anchor: anchor)
  }

  // MARK: Axes

  /// What the accounts span, and the cut, in whole tens.
  private func domain(_ values: [Double], _ cut: Double) -> ClosedRange<Double> {
    let inside = values.filter { $0.isFinite }
    let cut = min(max(cut, 0), 100)
    let low = max(0, (min(inside.min() ?? 0, cut - 10) / 10).rounded(.down) * 10)
    let high = min(100, (max(inside.max() ?? 100, cut + 10) / 10).rounded(.up) * 10)
    return low...high
  }

  /// `domain` with room above and below, so that the corners' names cover no mark.
  private func padded(_ domain: ClosedRange<Double>) -> ClosedRange<Double> {
    let room = 0.1 * (domain.upperBound - domain.lowerBound)
    return domain.lowerBound - room...domain.upperBound + room
  }

  private func axis(_ label: String, _ scale: Scale) -> Frame.Axis {
    let ticks = scale.ticks(6).filter { $0 >= 0 && $0 <= 100 }
    let numbers = words.numbers
    var axis = Frame.Axis(label, ticks: ticks) { numbers.whole($0) }
    axis.showsGrid = false
    return axis
  }
}
