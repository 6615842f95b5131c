/// Reads a page tag by tag, as strictly as XML: what a browser would have to guess is an error.
struct TagReader {
  enum Fault: Error, Equatable {
    case strayBracket(near: String)
    case badAttribute(near: String)
    case badEntity(near: String)
    case unbalanced(expected: String?, found: String)
    case unclosed([String])
    case forbiddenCharacter(UInt32)
  }

  private(set) var tags: [String] = []
  /// Names and values of all attributes.
  private(set) var attributes: [(tag: String, name: String, value: String)] = []
  /// Between tags, entities as they stand; style sheets left out.
  private(set) var texts: [String] = []
  private var open: [String] = []

  init(_ page: String) throws {
    let scalars = Array(page.unicodeScalars)
    for scalar in scalars where scalar.value < 32 && !"\n\t".unicodeScalars.contains(scalar) {
      throw Fault.forbiddenCharacter(scalar.value)
    }
    var place = 0
    var text = String.UnicodeScalarView()
    while place < scalars.count {
      guard scalars[place] == "<" else {
        if scalars[place] == ">", open.last != "style" {
          throw Fault.strayBracket(near: Self.near(scalars, place))
        }
        text.append(scalars[place])
        place += 1
        continue
      }
      try finish(&text)
      guard let end = Self.end(scalars, from: place) else {
        throw Fault.strayBracket(near: Self.near(scalars, place))
      }
      try read(Array(scalars[place + 1..<end]))
      place = end + 1
    }
    try finish(&text)
    guard open.isEmpty else { throw Fault.unclosed(open) }
  }

  private static func near(_ scalars: [Unicode.Scalar], _ place: Int) -> String {
    String(String.UnicodeScalarView(scalars[max(0, place - 30)..<min(scalars.count, place + 30)]))
  }

  /// The `>` that ends the tag, not one inside quotes.
  private static func end(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var isQuoted = false
    for place in start..<scalars.count {
      if scalars[place] == "\"" { isQuoted.toggle() }
      if scalars[place] == ">" && !isQuoted { return place }
    }
    return nil
  }

  private mutating func finish(_ text: inout String.UnicodeScalarView) throws {
    let string = String(text)
    text = String.UnicodeScalarView()
    guard open.last != "style" else { return }
    for part in string.unicodeScalars.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let name = part.prefix { $0 != ";" }
      guard part.contains(";"), ["amp", "lt", "gt", "quot", "#39"].contains(String(name)) else {
        throw Fault.badEntity(near: String(part.prefix(20)))
      }
    }
    let words = string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !words.isEmpty { texts.append(words) }
  }

  private mutating func read(_ inside: [Unicode.Scalar]) throws {
    let tag = String(String.UnicodeScalarView(inside))
    if tag == "!DOCTYPE html" { return }
    if tag.hasPrefix("/") {
      let name = String(tag.dropFirst())
      guard open.last == name else { throw Fault.unbalanced(expected: open.last, found: name) }
      open.removeLast()
      return
    }
    let isClosed = tag.hasSuffix("/")
    let body = isClosed ? String(tag.dropLast()) : tag
    let name = String(body.prefix { !$0.isWhitespace })
    tags.append(name)
    if !isClosed { open.append(name) }
    var rest = body.dropFirst(name.count)
    while let first = rest.first(where: { !$0.isWhitespace }) {
      rest = rest.drop { $0.isWhitespace }
      guard first.isLetter, let equals = rest.firstIndex(of: "=") else {
        throw Fault.badAttribute(near: String(rest.prefix(30)))
      }
      let key = String(rest[..<equals])
      let quoted = rest[rest.index(after: equals)...]
      guard quoted.first == "\"", let close = quoted.dropFirst().firstIndex(of: "\""),
        key.allSatisfy({ $0.isLetter || $0 == "-" || $0.isNumber })
      else { throw Fault.badAttribute(near: String(rest.prefix(30))) }
      let value = String(quoted[quoted.index(after: quoted.startIndex)..<close])
      guard !value.contains("<") else { throw Fault.badAttribute(near: value) }
      attributes.append((name, key, value))
      rest = quoted[quoted.index(after: close)...]
    }
  }
}
