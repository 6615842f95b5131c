internal import StableNumerics

extension Table {
  /// The table as CSV, header first.
  public func csv(options: CSVOptions = CSVOptions()) -> [UInt8] {
    var text = CSVText(options: options)
    appendHeader(to: &text)
    for start in stride(from: 0, to: rowCount, by: Self.rowsAtOnce) {
      text.append(columns, rows: start..<min(start + Self.rowsAtOnce, rowCount))
    }
    return text.bytes
  }

  /// Writes the table as CSV to a file, whole or not at all, or to standard output. Rows become text on up to
  /// `threads` threads. Memory: a few blocks of rows.
  public func write(to location: OutputLocation, options: CSVOptions = CSVOptions(), threads: Int = 1)
    throws(OutputError)
  {
    guard case .file(let path) = location else {
      return try AtomicFile.write(csv(options: options), to: location)
    }
    var file = try AtomicFile(path: path)
    var header = CSVText(options: options)
    appendHeader(to: &header)
    try file.write(header.bytes)
    let (size, group) = (Self.rowsAtOnce, 8 * max(1, threads))
    for start in stride(from: 0, to: rowCount, by: size * group) {
      let rows = start..<min(start + size * group, rowCount)
      let texts = mapBlocks(count: (rows.count + size - 1) / size, threads: threads) { block in
        let first = start + block * size
        var text = CSVText(options: options)
        text.append(columns, rows: first..<min(first + size, rows.upperBound))
        return text.bytes
      }
      for text in texts { try file.write(text) }
    }
    try file.commit()
  }

  /// Rows that become text at once: their cells wait, and where each lies, until all columns are done.
  private static let rowsAtOnce = 4096

  private func appendHeader(to text: inout CSVText) {
    for column in columns { text.text(column.name) }
    text.endRow()
  }
}
