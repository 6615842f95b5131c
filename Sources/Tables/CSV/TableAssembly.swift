import StableNumerics
import Synchronization

/// Joins the blocks of a text into one table: decides each column's kind from all blocks together, so that
/// neither the blocks' size nor the number of threads shows in the result.
struct TableAssembly: Sendable {
  let schema: CSVSchema
  let blocks: [ParsedBlock]
  let skippedLines: Int

  func reading() throws(TableError) -> TableReading {
    let result = try assembled()
    return TableReading(
      table: result.table, rejects: result.rejects,
      places: RowPlaces(blocks, schema, firstLine: 1 + skippedLines, kept: result.kept))
  }

  struct Assembled {
    var table: Table
    var rejects: [RejectedRow] = []
    /// The rows that were told into cells and kept; nil for all.
    var kept: [Int]?
  }

  func assembled() throws(TableError) -> Assembled {
    if schema.onBadRow == .stop, let error = firstError(faults: blocks.map(\.faults)) { throw error }
    let joined = Mutex([Joined?](repeating: nil, count: schema.columns.count))
    forEachBlock(count: schema.columns.count, threads: schema.threads) { column in
      let result = join(column)
      joined.withLock { $0[column] = result }
    }
    let columns = joined.withLock { $0.compactMap(\.self) }
    if let column = columns.first(where: \.hasTooManyLevels) {
      throw .tooManyLevels(place: SourcePlace(file: schema.name, column: column.name))
    }
    var faults = blocks.map(\.faults)
    for column in columns {
      for (block, found) in column.faults.enumerated() { faults[block] += found }
    }
    if schema.onBadRow == .stop, let error = firstError(faults: faults) { throw error }
    let table = try Table(columns: columns.map { Column(name: $0.name, values: $0.values) })
    return rejecting(faults, from: table)
  }

  // MARK: Joining

  private struct Joined: Sendable {
    var name: String
    var values: ColumnValues
    /// Faults that only the whole column shows, by block.
    var faults: [[CellFault]]
    var hasTooManyLevels = false
  }

  private func join(_ column: Int) -> Joined {
    let name = schema.header[schema.columns[column]]
    var parts = blocks.map { $0.columns[column] }
    var faults = [[CellFault]](repeating: [], count: blocks.count)
    let kind = schema.kinds[column] ?? Self.kind(of: parts)
    if kind == .text {
      for (number, part) in parts.enumerated() {
        if case .text = part { continue }
        let block = blocks[number]
        var parser = ColumnParser(
          column: schema.columns[column], kind: .text, rowCount: block.rowCount, schema)
        parser.read(0..<block.rowCount, block.source.text.bytes.span, block.indexed(schema))
        faults[number] += parser.faults
        parts[number] = parser.parsed()
      }
    } else if kind == .numeric, schema.kinds[column] == nil {
      for (number, part) in parts.enumerated() {
        guard case .numeric(_, _, let rows) = part else { continue }
        faults[number] += rows.map {
          CellFault(row: $0, column: schema.columns[column], cause: .notFinite)
        }
      }
    }
    guard let values = Self.values(parts, kind) else {
      return Joined(name: name, values: .numeric([]), faults: faults, hasTooManyLevels: true)
    }
    return Joined(name: name, values: values, faults: faults)
  }

  /// What all blocks of an inferred column agree on; text where they do not. Nothing but missing cells counts
  /// as numeric.
  private static func kind(of parts: [ParsedColumn]) -> ColumnKind {
    var kinds: Set<ColumnKind> = []
    var traits: NumberCell.Traits = []
    var spellings: BooleanCell.Spellings = []
    for part in parts {
      switch part {
      case .missing: break
      case .numeric(_, let found, _):
        kinds.insert(.numeric)
        traits.formUnion(found)
      case .boolean(_, let found):
        kinds.insert(.boolean)
        spellings.formUnion(found)
      case .date: kinds.insert(.date)
      case .text: kinds.insert(.text)
      }
    }
    if kinds.isEmpty || kinds == [.numeric] {
      let isCode = traits.contains(.bareExponent) && !traits.contains(.decimal)
      let isWord = traits.contains(.notFinite) && !traits.contains(.number)
      return isCode || isWord ? .text : .numeric
    }
    if kinds == [.boolean] { return spellings.isConsistent ? .boolean : .text }
    return kinds == [.date] ? .date : .text
  }

  /// The blocks' values one after another; nil for more texts than codes. Costs O(rows), and for text one
  /// look-up a distinct text and block.
  private static func values(_ parts: [ParsedColumn], _ kind: ColumnKind) -> ColumnValues? {
    if parts.count == 1, let values = parts[0].values(kind) { return values }
    let count = parts.reduce(0) { $0 + $1.count }
    switch kind {
    case .numeric:
      var values: [Double] = []
      values.reserveCapacity(count)
      for part in parts {
        if case .numeric(let found, _, _) = part {
          values.append(contentsOf: found)
        } else {
          values.append(contentsOf: repeatElement(.nan, count: part.count))
        }
      }
      return .numeric(values)
    case .boolean:
      var values: [Int8] = []
      values.reserveCapacity(count)
      for part in parts {
        if case .boolean(let found, _) = part {
          values.append(contentsOf: found)
        } else {
          values.append(contentsOf: repeatElement(-1, count: part.count))
        }
      }
      return .boolean(values)
    case .date:
      var values: [Int64] = []
      values.reserveCapacity(count)
      var hasTimeOfDay = false
      for part in parts {
        if case .date(let found, let hasTime) = part {
          values.append(contentsOf: found)
          hasTimeOfDay = hasTimeOfDay || hasTime
        } else {
          values.append(contentsOf: repeatElement(Dates.missing, count: part.count))
        }
      }
      return .date(Dates(seconds: values, hasTimeOfDay: hasTimeOfDay))
    case .text:
      return coded(parts, count).map { .text($0) }
    }
  }

  /// Texts that only ascend, as ids do in most exports, are distinct: no look-up is needed to join their blocks.
  /// Nil where they don't.
  private static func ascending(_ parts: [ParsedColumn], _ count: Int) -> CodedText? {
    var (codes, levels): ([Int32], [String]) = ([], [])
    for case .text(let found, let dictionary) in parts {
      let first = Int32(truncatingIfNeeded: levels.count)
      for code in 0..<dictionary.count {
        let text = dictionary.string(code)
        if let last = levels.last, last >= text { return nil }
        levels.append(text)
      }
      if levels.count > Int32.max { return nil }
      codes.reserveCapacity(count)
      for code in found { codes.append(code < 0 ? -1 : first + code) }
    }
    return CodedText(codes: codes, levels: levels)
  }

  private static func coded(_ parts: [ParsedColumn], _ count: Int) -> CodedText? {
    if let text = ascending(parts, count) { return text }
    var codes: [Int32] = []
    codes.reserveCapacity(count)
    var distinct = 0
    for case .text(_, let dictionary) in parts { distinct = max(distinct, dictionary.count) }
    var whole = TextDictionary(capacity: distinct * (distinct > 1000 ? parts.count : 1))
    for part in parts {
      guard case .text(let found, let dictionary) = part else { continue }
      if whole.count + dictionary.count > Int32.max { return nil }
      let bytes = dictionary.bytes
      var codeOf: [Int32] = []
      codeOf.reserveCapacity(dictionary.count)
      for code in 0..<dictionary.count {
        let range = dictionary.range(code)
        let hash = dictionary.hash(code)
        codeOf.append(
          whole.code(bytes.span, range, hash: hash) ?? whole.insert(bytes.span, range, hash: hash))
      }
      for code in found { codes.append(code < 0 ? -1 : codeOf[Int(code)]) }
    }
    return CodedText(codes: codes, levels: (0..<whole.count).map(whole.string))
  }

  // MARK: Bad rows

  /// The first thing wrong in file order: by row, then by column.
  private func firstError(faults: [[CellFault]]) -> TableError? {
    guard blocks.contains(where: { !$0.badRows.isEmpty }) || faults.contains(where: { !$0.isEmpty }) else {
      return nil
    }
    var firstLine = 1 + skippedLines
    for (block, faults) in zip(blocks, faults) {
      if !block.badRows.isEmpty || !faults.isEmpty {
        let index = block.indexed(schema)
        var places = Places(file: schema.name, firstLine: firstLine)
        let fault = faults.min { ($0.row, $0.column) < ($1.row, $1.column) }
        let faultOffset = fault.map { index.rowRange($0.row).lowerBound } ?? .max
        if let bad = block.badRows.first, bad.range.lowerBound < faultOffset {
          return places.error(bad, block.source.text, expected: schema.header.count)
        }
        return fault.map { places.error($0, index, block.source.text, header: schema.header) }
      }
      firstLine += block.lineCount
    }
    return nil
  }

  /// The table without the rows that have faults, and those rows with their reasons.
  private func rejecting(_ faults: [[CellFault]], from table: Table) -> Assembled {
    guard blocks.contains(where: { !$0.badRows.isEmpty }) || faults.contains(where: { !$0.isEmpty }) else {
      return Assembled(table: table)
    }
    var rejects: [RejectedRow] = []
    var kept: [Int] = []
    var firstLine = 1 + skippedLines
    var firstRow = 0
    for (block, faults) in zip(blocks, faults) {
      let places = Places(file: schema.name, firstLine: firstLine)
      let found = RejectedRows(block, faults, places, schema)
      rejects += found.rows
      kept += (0..<block.rowCount).filter { !found.numbers.contains($0) }.map { firstRow + $0 }
      firstRow += block.rowCount
      firstLine += block.lineCount
    }
    let isWhole = kept.count == firstRow
    return Assembled(
      table: isWhole ? table : table.selecting(rows: kept), rejects: rejects, kept: isWhole ? nil : kept)
  }
}

/// The bad rows of one block in file order, each with its first reason.
struct RejectedRows {
  private(set) var rows: [RejectedRow] = []
  /// Those among them that were told into cells, by number.
  private(set) var numbers: Set<Int> = []

  init(_ block: ParsedBlock, _ faults: [CellFault], _ places: Places, _ schema: CSVSchema) {
    guard !block.badRows.isEmpty || !faults.isEmpty else { return }
    enum Fault {
      case row(CellIndex.BadRow)
      case cell(CellFault)
    }
    var found: [(range: Range<Int>, fault: Fault)] = block.badRows.map { ($0.range, .row($0)) }
    let index = block.indexed(schema)
    for fault in faults.sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) })
    where numbers.insert(fault.row).inserted {
      found.append((index.rowRange(fault.row), .cell(fault)))
    }
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    let text = block.source.text
    var places = places
    for (range, fault) in found {
      let line = places.line(of: range.lowerBound, in: text.bytes.span)
      let reason =
        switch fault {
        case .row(let bad): places.error(bad, text, expected: schema.header.count)
        case .cell(let fault): places.error(fault, index, text, header: schema.header)
        }
      let row = String(decoding: text.bytes[range], as: UTF8.self)
      rows.append(RejectedRow(line: line, reason: reason, text: row))
    }
  }
}
