import Segmentation

/// How each quadrant looks everywhere: a colour and a shape that say the same.
extension Quadrant {
  var shape: MarkShape {
    switch self {
    case .digitalScale: .circle
    case .project: .triangle
    case .persistentLight: .square
    case .persistentIntensive: .diamond
    }
  }

  /// The class of its colour in the stylesheet.
  var colour: String {
    switch self {
    case .digitalScale: "sky"
    case .project: "orange"
    case .persistentLight: "green"
    case .persistentIntensive: "red"
    }
  }

  /// Its mark by itself, for running text.
  var glyph: Markup {
    var canvas = Canvas(width: 14, height: 14)
    canvas.mark(shape, 7, shape == .triangle ? 8 : 7, radius: 4.6, "mark \(colour)")
    return canvas.glyph
  }

  /// Its mark and its name, which stay side by side however narrow the column.
  func named(_ words: Words) -> Markup {
    Markup(trusted: "<span class=\"named\">") + glyph + Markup(words(label)) + Markup(trusted: "</span>")
  }

  /// What to do with its accounts, in one line.
  func advice(_ words: Words) -> String {
    switch self {
    case .persistentIntensive:
      words(
        "Call this week: a dedicated manager, one plan an account.",
        "Llamar esta semana: gestor dedicado y un plan por cuenta.")
    case .persistentLight:
      words(
        "Stay close and grow: periodic check-ins, cross-sell talks.",
        "Estar cerca y crecer: seguimientos periódicos y venta cruzada.")
    case .project:
      words(
        "One named project each: finish onboarding, or remove one risk.",
        "Un proyecto concreto: acabar el onboarding o quitar un riesgo.")
    case .digitalScale:
      words(
        "Let the product serve them: campaigns, guides, community.",
        "Que les sirva el producto: campañas, guías, comunidad.")
    }
  }
}

extension Canvas {
  /// A small drawing inside a line of text, silent for screen readers.
  var glyph: Markup { inline(style: "glyph") }
}
