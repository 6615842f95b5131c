/// The rectangle that data is drawn in, with its scales, grid lines and labelled axes.
struct Frame: Sendable {
  struct Axis: Sendable {
    var label: String
    var ticks: [Double]
    var text: @Sendable (Double) -> String
    var showsGrid = true

    init(_ label: String, ticks: [Double], text: @escaping @Sendable (Double) -> String) {
      self.label = label
      self.ticks = ticks
      self.text = text
    }
  }

  /// What lies between the drawing's edge and the data.
  struct Margins: Sendable {
    var top = 10.0
    var right = 12.0
    var bottom = 40.0
    var left = 46.0
  }

  let x: Scale
  let y: Scale
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  init(
    width: Double, height: Double, margins: Margins = Margins(), x: ClosedRange<Double>,
    y: ClosedRange<Double>, xKind: Scale.Kind = .linear, yKind: Scale.Kind = .linear
  ) {
    left = margins.left
    right = width - margins.right
    top = margins.top
    bottom = height - margins.bottom
    self.x = Scale(xKind, x, onto: (left, right))
    self.y = Scale(yKind, y, onto: (bottom, top))
  }

  /// Grid, ticks and labels; drawn before the data.
  func axes(_ canvas: inout Canvas, x horizontal: Axis, y vertical: Axis) {
    for tick in vertical.ticks {
      let place = y(tick)
      if vertical.showsGrid { canvas.line(left, place, right, place, "grid") }
      canvas.text(Markup(vertical.text(tick)), left - 6, place + 3.5, "tick", anchor: .end)
    }
    for tick in horizontal.ticks {
      let place = x(tick)
      if horizontal.showsGrid { canvas.line(place, top, place, bottom, "grid") }
      canvas.text(Markup(horizontal.text(tick)), place, bottom + 14, "tick", anchor: .middle)
    }
    canvas.line(left, bottom, right, bottom, "axis")
    canvas.text(Markup(horizontal.label), (left + right) / 2, bottom + 31, "label", anchor: .middle)
    if !vertical.label.isEmpty {
      canvas.text(
        Markup(vertical.label), 11, (top + bottom) / 2, "label", anchor: .middle, turned: true)
    }
  }

  func points(_ values: some Sequence<(Double, Double)>) -> [(x: Double, y: Double)] {
    values.map { (x($0.0), y($0.1)) }
  }
}
