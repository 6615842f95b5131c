/// Text that is safe to stand in HTML and SVG, between tags and in quoted attributes. The only way from a
/// string to a page: everything else in this room passes markup on.
package struct Markup: Sendable, Hashable {
  package let html: String

  /// Escapes `text`. Scalar by scalar, not character by character: `"` with a combining accent is one
  /// character that is no quote, yet a browser reads the quote. What XML forbids becomes U+FFFD; marks that
  /// reorder the text around them are dropped.
  package init(_ text: some StringProtocol) {
    var html = ""
    html.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      case "\n", "\t", "\r": html += " "
      default:
        if scalar.properties.isBidiControl { continue }
        html.unicodeScalars.append(Self.isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
    self.html = html
  }

  /// A text from somebody's table: escaped, cut to `limit` scalars, and kept from turning its surroundings
  /// around where it runs from right to left.
  package init(data text: String, limit: Int = 60) {
    self = Markup(trusted: "<bdi>\(Markup(Self.shortened(text, limit: limit)).html)</bdi>")
  }

  /// Markup of our own.
  package init(trusted html: String) {
    self.html = html
  }

  static let empty = Markup(trusted: "")

  static func + (a: Markup, b: Markup) -> Markup { Markup(trusted: a.html + b.html) }

  /// At most `limit` scalars, the last one an ellipsis where something was cut.
  static func shortened(_ text: String, limit: Int) -> String {
    let scalars = text.unicodeScalars.filter { !$0.properties.isBidiControl }
    guard scalars.count > limit else { return String(String.UnicodeScalarView(scalars)) }
    return String(String.UnicodeScalarView(scalars.prefix(max(0, limit - 1)))) + "…"
  }

  /// The characters of XML 1.0, without the control characters that it only discourages.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xFFFE...0xFFFF: false
    default: true
    }
  }
}

extension [Markup] {
  func joined(separator: String = "") -> Markup {
    Markup(trusted: map(\.html).joined(separator: separator))
  }
}
