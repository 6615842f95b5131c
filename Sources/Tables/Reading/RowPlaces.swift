/// Where the rows of a table stand in the text they were read from, for what is wrong with them beyond their
/// cells. Keeps the text in memory: drop it with the ``TableReading`` when all rows are known to be good.
public struct RowPlaces: Sendable {
  private let blocks: [ParsedBlock]
  private let schema: CSVSchema
  private let firstLine: Int
  /// The rows that were told into cells and kept; nil for all.
  private let kept: [Int]?

  init(_ blocks: [ParsedBlock], _ schema: CSVSchema, firstLine: Int, kept: [Int]?) {
    // The texts alone are needed; what was read from them has gone into the table.
    self.blocks = blocks.map {
      var block = $0
      block.columns = []
      return block
    }
    self.schema = schema
    self.firstLine = firstLine
    self.kept = kept
  }

  /// The line that a row of the table starts on, and the row as it stands there without its line end. Nil for
  /// a row that isn't there. Cost: a pass over the text up to it.
  public func row(_ row: Int) -> (line: Int, text: String)? {
    rows([row]).first ?? nil
  }

  /// As ``row(_:)`` for rows in ascending order, in one pass over the text.
  public func rows(_ rows: [Int]) -> [(line: Int, text: String)?] {
    var found: [(line: Int, text: String)?] = []
    var wanted = rows[...]
    var line = firstLine
    var first = 0
    for block in blocks {
      var index: CellIndex?
      while let row = wanted.first.map(readRow), row < first + block.rowCount {
        let cells = index ?? block.indexed(schema)
        index = cells
        let range = row >= first ? cells.rowRange(row - first) : 0..<0
        let bytes = block.source.text.bytes
        found.append(
          row < first
            ? nil
            : (
              line + ByteScan.lineEnds(in: bytes.span, 0..<range.lowerBound),
              String(decoding: bytes[range], as: UTF8.self)
            ))
        wanted = wanted.dropFirst()
      }
      first += block.rowCount
      line += block.lineCount
    }
    return found + wanted.map { _ in nil }
  }

  private func readRow(_ row: Int) -> Int {
    guard let kept else { return row }
    return kept.indices.contains(row) ? kept[row] : .max
  }
}
