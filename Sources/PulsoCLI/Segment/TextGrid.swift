/// Lines of cells for a terminal, each column as wide as its widest cell.
struct TextGrid {
  enum Alignment {
    case left, right
  }

  private let alignments: [Alignment]
  private var lines: [[String]] = []

  init(_ alignments: [Alignment]) {
    self.alignments = alignments
  }

  mutating func add(_ cells: [String]) {
    lines.append(cells)
  }

  var text: String {
    let widths = alignments.indices.map { column in
      lines.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return lines.map { cells in
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return alignments[column] == .left ? cell + space : space + cell
      }
      var line = padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}

/// Numbers as people read them in a language.
struct NumberText {
  let decimal: Character
  let group: Character

  init(isSpanish: Bool) {
    decimal = isSpanish ? "," : "."
    group = isSpanish ? "." : ","
  }

  /// With grouped thousands and no decimals.
  func whole(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return value > 0 ? "∞" : "–" }
    let digits = String(Int(value.rounded().magnitude))
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(group) }
      result.append(digit)
    }
    return value.rounded() < 0 ? "-\(result)" : result
  }

  /// With up to `places` decimals, none where they are zero.
  func decimal(_ value: Double, places: Int = 1) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let text = ((value * scale).rounded() / scale).inWords
    return String(text.map { $0 == "." ? decimal : $0 })
  }
}
