/// Writes JSON whose bytes depend on the content alone: the order of the calls, two spaces an indentation
/// level, the shortest decimal that reads back to the same `Double`.
package struct JSONText {
  package private(set) var text = ""
  private var depth = 0
  private var isFirst = true

  package init() {}

  package mutating func object(_ key: String? = nil, inline: Bool = false, _ body: (inout JSONText) -> Void) {
    bracket("{", "}", key, inline, body)
  }

  package mutating func array(_ key: String, inline: Bool = false, _ body: (inout JSONText) -> Void) {
    bracket("[", "]", key, inline, body)
  }

  package mutating func string(_ key: String? = nil, _ value: String) { item(key, Self.quoted(value)) }
  package mutating func integer(_ key: String, _ value: Int) { item(key, String(value)) }
  package mutating func boolean(_ key: String, _ value: Bool) { item(key, value ? "true" : "false") }
  package mutating func number(_ key: String? = nil, _ value: Double) { item(key, Self.shortest(value)) }

  /// `null` where there is no number, or none that JSON can say.
  package mutating func optional(_ key: String, _ value: Double?) {
    item(key, value.flatMap { $0.isFinite ? Self.shortest($0) : nil } ?? "null")
  }

  package mutating func null(_ key: String) { item(key, "null") }

  package mutating func strings(_ key: String, _ values: [String]) {
    item(key, "[" + values.map(Self.quoted).joined(separator: ", ") + "]")
  }

  package mutating func numbers(_ key: String, _ values: [Double]) {
    item(key, "[" + values.map(Self.shortest).joined(separator: ", ") + "]")
  }

  private var isInline = false

  private mutating func bracket(
    _ open: String, _ close: String, _ key: String?, _ inline: Bool, _ body: (inout JSONText) -> Void
  ) {
    item(key, open)
    let outer = isInline
    isInline = outer || inline
    isFirst = true
    depth += 1
    body(&self)
    depth -= 1
    if !isFirst && !isInline { newLine() }
    isInline = outer
    text += close
    isFirst = false
  }

  private mutating func item(_ key: String?, _ value: String) {
    if !isFirst { text += isInline ? ", " : "," }
    if depth > 0 && !isInline { newLine() }
    if let key { text += Self.quoted(key) + ": " }
    text += value
    isFirst = false
  }

  private mutating func newLine() {
    text += "\n" + String(repeating: "  ", count: depth)
  }

  package static func shortest(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  package static func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7f {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
