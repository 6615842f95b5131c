/// An SVG drawing in the making. Colours, type and line weights are classes of the page's stylesheet, so that
/// one drawing serves light, dark and paper.
struct Canvas: Sendable {
  let width: Double
  let height: Double
  private var elements = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  enum Anchor: String {
    case start, middle, end
  }

  // MARK: Elements

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    elements +=
      "<line class=\"\(style)\" x1=\"\(Self.text(x1))\" y1=\"\(Self.text(y1))\" x2=\"\(Self.text(x2))\" y2=\"\(Self.text(y2))\"/>"
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, opacity: Double? = nil,
    title: Markup? = nil
  ) {
    let fade = opacity.map { " fill-opacity=\"\(Self.text($0, 2))\"" } ?? ""
    element(
      "rect",
      "class=\"\(style)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(max(0, width)))\" height=\"\(Self.text(max(0, height)))\"\(fade)",
      title)
  }

  /// A line through `points`; closed, an area.
  mutating func path(_ points: [(x: Double, y: Double)], _ style: String, isClosed: Bool = false) {
    guard let first = points.first else { return }
    var commands = "M\(Self.text(first.x)) \(Self.text(first.y))"
    for point in points.dropFirst() { commands += "L\(Self.text(point.x)) \(Self.text(point.y))" }
    elements += "<path class=\"\(style)\" d=\"\(commands)\(isClosed ? "Z" : "")\"/>"
  }

  mutating func text(
    _ text: Markup, _ x: Double, _ y: Double, _ style: String = "", anchor: Anchor = .start,
    turned: Bool = false, title: Markup? = nil
  ) {
    let turn = turned ? " transform=\"rotate(-90 \(Self.text(x)) \(Self.text(y)))\"" : ""
    let name = style.isEmpty ? "" : " class=\"\(style)\""
    let note = title.map { "<title>\($0.html)</title>" } ?? ""
    elements +=
      "<text\(name) x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" text-anchor=\"\(anchor.rawValue)\"\(turn)>\(text.html)\(note)</text>"
  }

  /// A mark with its middle at (x, y) and about the area of a circle of `radius`.
  mutating func mark(
    _ shape: MarkShape, _ x: Double, _ y: Double, radius: Double, _ style: String, title: Markup? = nil
  ) {
    switch shape {
    case .circle:
      element(
        "circle",
        "class=\"\(style)\" cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" r=\"\(Self.text(radius, 2))\"",
        title)
    case .square, .triangle, .diamond:
      let corners = shape.corners(radius: radius)
      var commands = ""
      for (index, corner) in corners.enumerated() {
        commands += "\(index == 0 ? "M" : "L")\(Self.text(x + corner.x)) \(Self.text(y + corner.y))"
      }
      element("path", "class=\"\(style)\" d=\"\(commands)Z\"", title)
    }
  }

  private mutating func element(_ name: String, _ attributes: String, _ title: Markup?) {
    if let title {
      elements += "<\(name) \(attributes)><title>\(title.html)</title></\(name)>"
    } else {
      elements += "<\(name) \(attributes)/>"
    }
  }

  /// Everything that `body` draws, as one group of a class.
  mutating func group(_ style: String, _ body: (inout Canvas) -> Void) {
    elements += "<g class=\"\(style)\">"
    body(&self)
    elements += "</g>"
  }

  // MARK: Result

  /// The drawing as an element of its own, with a title and a description for those who hear the page.
  /// `id` must be the only one of its name in the page.
  func svg(id: String, title: Markup, description: Markup) -> Markup {
    Markup(
      trusted:
        "<svg class=\"plot\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\" viewBox=\"0 0 \(Self.text(width)) \(Self.text(height))\">"
        + "<title id=\"\(id)-t\">\(title.html)</title><desc id=\"\(id)-d\">\(description.html)</desc>"
        + elements + "</svg>")
  }

  /// The drawing without words, for use inside a line of text; screen readers pass it over.
  func inline(style: String) -> Markup {
    Markup(
      trusted:
        "<svg class=\"\(style)\" aria-hidden=\"true\" viewBox=\"0 0 \(Self.text(width)) \(Self.text(height))\">\(elements)</svg>"
    )
  }

  /// A coordinate to a tenth of a unit: finer than any screen.
  static func text(_ value: Double, _ places: Int = 1) -> String {
    guard value.isFinite, abs(value) < 1e7 else { return "0" }
    let scale = places == 2 ? 100.0 : 10.0
    let scaled = Int((value * scale).rounded())
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    var digits = String(rest)
    if digits.count < places { digits = String(repeating: "0", count: places - digits.count) + digits }
    while digits.last == "0" { digits.removeLast() }
    return (scaled < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
  }
}

/// A shape says the same as its colour, for those who see no colour.
enum MarkShape: String, Sendable, CaseIterable {
  case circle, square, triangle, diamond

  /// Corners around the origin, with the area of a circle of `radius`.
  func corners(radius r: Double) -> [(x: Double, y: Double)] {
    switch self {
    case .circle: return []
    case .square:
      let half = r * 0.886
      return [(-half, -half), (half, -half), (half, half), (-half, half)]
    case .triangle:
      // Equilateral, its centroid at the origin.
      let side = r * 2.694
      let height = side * 0.866
      return [(0, -height * 2 / 3), (side / 2, height / 3), (-side / 2, height / 3)]
    case .diamond:
      let half = r * 1.2533
      return [(0, -half), (half, 0), (0, half), (-half, 0)]
    }
  }
}
