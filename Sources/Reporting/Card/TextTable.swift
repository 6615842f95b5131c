/// A table in fixed-width type: columns as wide as their widest cell, numbers to the right.
public struct TextTable: Sendable {
  /// Empty for a table without one.
  public var header: [String]
  public var rows: [[String]]
  /// The columns that hold numbers.
  public var numbers: Set<Int>

  public init(_ header: [String] = [], _ rows: [[String]] = [], numbers: Set<Int> = []) {
    self.header = header
    self.rows = rows
    self.numbers = numbers
  }

  /// The first column to the left, all others to the right.
  public init(header: [String], rows: [[String]]) {
    self.init(header, rows, numbers: Set(header.indices.dropFirst()))
  }

  public mutating func add(_ cells: [String]) { rows.append(cells) }

  /// For a terminal: two spaces between columns, none at the ends of lines. Rows may be short.
  public var text: String {
    let lines = header.isEmpty ? rows : [header] + rows
    var widths = [Int](repeating: 0, count: lines.map(\.count).max() ?? 0)
    for line in lines {
      for (column, cell) in line.enumerated() { widths[column] = max(widths[column], cell.count) }
    }
    return lines.map { cells in
      var line = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return numbers.contains(column) ? space + cell : cell + space
      }.joined(separator: "  ")[...]
      while line.last == " " { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }

  /// As Markdown, cells escaped.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| "
        + cells.map { $0.replacing("|", with: "\\|").replacing("<", with: "&lt;") }.joined(separator: " | ")
        + " |"
    }
    let rule = "|" + header.indices.map { numbers.contains($0) ? "---:|" : "---|" }.joined()
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
  }
}
