/// The colours of a health score.
public enum BandColour: String, Sendable, CaseIterable {
  case green, yellow, red
  /// A band whose name says no colour.
  case other

  /// Green first, others last.
  var order: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

  /// 0 for green, 1 for yellow, 2 for red: the risk that a colour claims. Nil for a name without colour.
  var claimedRisk: Double? { self == .other ? nil : Double(order) }

  /// By the names that customer-success tools and teams use, in English and Spanish; case and blanks at the
  /// ends don't matter.
  public init(named name: String) {
    let words: [(BandColour, Set<String>)] = [
      (.green, ["green", "verde", "good", "healthy", "saludable", "sano", "bueno", "g", "v"]),
      (
        .yellow,
        [
          "yellow", "amber", "orange", "neutral", "average", "amarillo", "ámbar", "ambar", "naranja", "medio",
          "y", "a",
        ]
      ),
      (
        .red,
        [
          "red", "rojo", "poor", "bad", "at risk", "at_risk", "at-risk", "critical", "en riesgo", "crítico",
          "critico", "malo", "r",
        ]
      ),
    ]
    var key = Substring(name.lowercased())
    while key.first?.isWhitespace == true { key.removeFirst() }
    while key.last?.isWhitespace == true { key.removeLast() }
    self = words.first { $0.1.contains(String(key)) }?.0 ?? .other
  }
}
