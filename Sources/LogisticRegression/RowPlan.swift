/// How rows are cut for a pass: parts whose sums are added in order, each walked in cache-sized blocks. It
/// depends on the shape of the data alone, never on the threads.
struct RowPlan {
  let rows: Int
  let parts: Int
  /// Rows of a block: half a megabyte of the design, to stay in a second-level cache between its uses while each
  /// column is still long enough a stretch of memory to be fetched ahead.
  let blockRows: Int

  init(rows: Int, columns: Int) {
    self.rows = rows
    let q = max(1, columns)
    blockRows = min(4096, max(64, 65_536 / q & ~7))
    // A part's sums take q² numbers: all together at most a twentieth of the design.
    parts = max(1, min(64, rows / 2048, rows / (20 * q)))
  }

  /// The rows of a part.
  func range(of part: Int) -> Range<Int> {
    rows * part / parts..<rows * (part + 1) / parts
  }

  /// The blocks of a part.
  func blocks(of part: Int) -> [Range<Int>] {
    let range = range(of: part)
    return stride(from: range.lowerBound, to: range.upperBound, by: blockRows).map {
      $0..<min($0 + blockRows, range.upperBound)
    }
  }
}
