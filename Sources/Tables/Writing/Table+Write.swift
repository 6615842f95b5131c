extension Table {
  /// The table as CSV, header first.
  public func csv(options: CSVOptions = CSVOptions()) -> [UInt8] {
    var text = CSVText(options: options)
    appendHeader(to: &text)
    append(rows: 0..<rowCount, to: &text)
    return text.bytes
  }

  /// Writes the table as CSV to a file, whole or not at all, or to standard output. Memory: a block of rows.
  public func write(to location: OutputLocation, options: CSVOptions = CSVOptions()) throws(OutputError) {
    guard case .file(let path) = location else {
      return try AtomicFile.write(csv(options: options), to: location)
    }
    var file = try AtomicFile(path: path)
    var text = CSVText(options: options)
    appendHeader(to: &text)
    for start in stride(from: 0, to: rowCount, by: 4096) {
      append(rows: start..<min(start + 4096, rowCount), to: &text)
      try file.write(text.bytes)
      text.removeAll()
    }
    try file.write(text.bytes)
    try file.commit()
  }

  private func appendHeader(to text: inout CSVText) {
    for column in columns { text.text(column.name) }
    text.endRow()
  }

  private func append(rows: Range<Int>, to text: inout CSVText) {
    for row in rows {
      for column in columns { text.cell(column.values, row: row) }
      text.endRow()
    }
  }
}
