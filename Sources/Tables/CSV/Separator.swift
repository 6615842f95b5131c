/// Finds the byte between cells.
enum Separator {
  static let sampleSize = 1 << 16
  private static let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]

  /// The candidate under which most of the first rows (up to 64 KB) have as many cells as the header, more
  /// than one, less those that do not; among equals the one with more cells, then the order `, ; tab |`.
  /// Quotes are honoured, so `"1,5";"2,5"` has two cells. A text of one column gets the comma.
  static func found(in beginning: [UInt8]) -> UInt8 {
    let sample = beginning + [UInt8](repeating: 0, count: ByteScan.reach)
    let count = beginning.count
    var best = (separator: UInt8(ascii: ","), agreement: Int.min, columns: 1)
    for candidate in candidates where beginning.contains(candidate) {
      // A whole file need not end with a line end.
      let isWhole = count < sampleSize - 3
      let end = isWhole ? count : RowBlocks.lastRowEnd(sample.span, count, candidate) ?? count
      guard end > 0 else { continue }
      var index = CellIndex()
      index.index(sample.span, 0..<end, separator: candidate, columns: nil)
      let agreement = index.rowCount - index.badRows.count
      if index.columnCount > 1, (agreement, index.columnCount) > (best.agreement, best.columns) {
        best = (candidate, agreement, index.columnCount)
      }
    }
    return best.separator
  }
}

extension FileSignature {
  /// What the first bytes of a file say it is, where that is no text.
  init?(_ bytes: [UInt8]) {
    let known: [(FileSignature, [UInt8])] = [
      (.utf32, [0xFF, 0xFE, 0, 0]), (.utf32, [0, 0, 0xFE, 0xFF]), (.utf16, [0xFF, 0xFE]),
      (.utf16, [0xFE, 0xFF]),
      (.gzip, [0x1F, 0x8B]), (.zip, [0x50, 0x4B, 3, 4]), (.zstandard, [0x28, 0xB5, 0x2F, 0xFD]),
      (.sqlite, Array("SQLite format 3".utf8) + [0]), (.parquet, Array("PAR1".utf8)),
    ]
    guard let match = known.first(where: { bytes.starts(with: $0.1) }) else { return nil }
    self = match.0
  }
}
