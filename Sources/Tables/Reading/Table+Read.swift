extension Table {
  /// Reads a CSV file or standard input. `sqlite:` locations are read by `TableSource` in SQLTables.
  ///
  /// RFC 4180 with any of `\n`, `\r\n` and `\r` as line end, a byte order mark or none, and a separator that
  /// is found where it is not stated. A column's kind is inferred from all of its cells: numbers, else
  /// booleans (`true`/`false` in one case throughout), else ISO 8601 dates, else text; see ``NumberCell`` for
  /// what is taken for an identifier rather than a number, and ``MissingWord`` for what is missing. A number
  /// that is not finite is an error, never a missing value.
  ///
  /// Cost: one pass on `threads` threads, with the text and the table in memory together.
  public static func read(_ location: TableLocation, options: ReadOptions = ReadOptions())
    throws(TableError) -> TableReading
  {
    try read(CSVSource(ByteSource(location), separator: options.separator, blockSize: blockSize), options)
  }

  /// Reads CSV text; `name` stands in error places.
  public static func read(csv text: String, name: String = "text", options: ReadOptions = ReadOptions())
    throws(TableError) -> TableReading
  {
    try read(csv: Array(text.utf8), name: name, options: options)
  }

  /// Reads CSV bytes; `name` stands in error places.
  public static func read(csv bytes: [UInt8], name: String, options: ReadOptions = ReadOptions())
    throws(TableError) -> TableReading
  {
    try read(csv: bytes, name: name, options: options, blockSize: blockSize)
  }

  /// As above, in blocks of `blockSize` bytes, which change nothing but the speed.
  package static func read(csv bytes: [UInt8], name: String, options: ReadOptions, blockSize: Int)
    throws(TableError) -> TableReading
  {
    try read(
      CSVSource(ByteSource(bytes, name: name), separator: options.separator, blockSize: blockSize), options)
  }

  /// Small enough for the second-level cache together with its index of cells.
  public static let blockSize = 1 << 19

  private static func read(_ source: consuming CSVSource, _ options: ReadOptions) throws(TableError)
    -> TableReading
  {
    let schema = CSVSchema(header: source.header, separator: source.separator, name: source.name, options)
    let skippedLines = source.skippedLines
    let blocks = try ParsedBlock.all(source, schema, threads: options.threads)
    return try TableAssembly(schema: schema, blocks: blocks, skippedLines: skippedLines).reading()
  }
}

/// What the blocks of one text have in common.
struct CSVSchema: Sendable {
  let header: [String]
  let separator: UInt8
  /// The file's name in error places.
  let name: String
  let locale: NumberLocale
  let dateOrder: DateOrder?
  let onBadRow: BadRowPolicy
  let threads: Int
  /// The wanted columns, by their place in the header.
  let columns: [Int]
  /// For each wanted column its stated kind, nil where it is to be inferred.
  let kinds: [ColumnKind?]

  init(header: [String], separator: UInt8, name: String, _ options: ReadOptions) {
    self.header = header
    self.separator = separator
    self.name = name
    locale = options.locale
    dateOrder = options.dateOrder
    onBadRow = options.onBadRow
    threads = options.threads
    columns = header.indices.filter { options.wanted?.contains(header[$0]) ?? true }
    kinds = columns.map { options.kinds[header[$0]] ?? options.otherKinds }
  }
}
