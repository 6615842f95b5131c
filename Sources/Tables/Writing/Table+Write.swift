extension Table {
  /// The table as CSV, header first.
  public func csv(options: CSVOptions = CSVOptions()) -> [UInt8] {
    var text = CSVText(options: options)
    for column in columns { text.text(column.name) }
    text.endRow()
    for row in 0..<rowCount {
      for column in columns { text.cell(column.values, row: row) }
      text.endRow()
    }
    return text.bytes
  }

  /// Writes the table as CSV to a file, whole or not at all, or to standard output. Memory: a block of rows.
  public func write(to location: OutputLocation, options: CSVOptions = CSVOptions()) throws(OutputError) {
    try AtomicFile.write(csv(options: options), to: location)
  }
}
