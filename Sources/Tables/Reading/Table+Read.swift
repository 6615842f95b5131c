extension Table {
  /// Reads a CSV file or standard input. `sqlite:` locations are read by `TableSource` in SQLTables.
  public static func read(_ location: TableLocation, options: ReadOptions = ReadOptions())
    throws(TableError) -> TableReading
  {
    let bytes: [UInt8]
    switch location {
    case .file(let path):
      bytes = try contents { () throws(SystemFailure) in
        try SystemFile(reading: path)
      } named: {
        path
      }
    case .standardInput:
      bytes = try contents { () throws(SystemFailure) in
        SystemFile.standardInput()
      } named: {
        "-"
      }
    case .sqlite: throw .badLocation(location.name)
    }
    return try read(csv: bytes, name: location.name, options: options)
  }

  private static func contents(
    _ open: () throws(SystemFailure) -> SystemFile, named name: () -> String
  ) throws(TableError) -> [UInt8] {
    do throws(SystemFailure) {
      let file = try open()
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      var count = 0
      while true {
        let found = try file.fill(&bytes, from: count)
        if found == 0 { break }
        count += found
        if count == bytes.count { bytes += [UInt8](repeating: 0, count: count) }
      }
      return Array(bytes[..<count])
    } catch {
      if error.isMissing { throw .missingFile(name()) }
      if error.isDirectory { throw .isDirectory(name()) }
      throw .unreadable(file: name(), reason: error.text)
    }
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
    let separator =
      options.separator
      ?? [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")].max { a, b in
        let header = bytes.prefix { $0 != 10 }
        return header.count { $0 == a } < header.count { $0 == b }
      } ?? 44
    var rows: [(line: Int, cells: [String])] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var line = 1
    var rowLine = 1
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    func take() throws(TableError) {
      guard let text = String(validating: cell, as: UTF8.self) else {
        throw .invalidUTF8(place: SourcePlace(file: name, line: rowLine))
      }
      row.append(text)
      cell = []
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 34, cell.isEmpty {
        let opened = line
        position += 1
        var closed = false
        while position < bytes.count {
          if bytes[position] == 34 {
            position += 1
            if position < bytes.count, bytes[position] == 34 {
              cell.append(34)
            } else {
              closed = true
              break
            }
          } else {
            if bytes[position] == 10 { line += 1 }
            cell.append(bytes[position])
          }
          position += 1
        }
        if !closed { throw .unclosedQuote(place: SourcePlace(file: name, line: opened)) }
        if position < bytes.count, ![separator, 10, 13].contains(bytes[position]) {
          throw .textAfterQuote(place: SourcePlace(file: name, line: line))
        }
        continue
      }
      if byte == separator {
        try take()
      } else if byte == 10 || byte == 13 {
        if byte == 13, position + 1 < bytes.count, bytes[position + 1] == 10 { position += 1 }
        try take()
        if row.count > 1 || row[0] != "" { rows.append((rowLine, row)) }
        row = []
        line += 1
        rowLine = line
      } else if byte == 0 {
        throw .nulByte(place: SourcePlace(file: name, line: line))
      } else {
        cell.append(byte)
      }
      position += 1
    }
    if !cell.isEmpty || !row.isEmpty {
      try take()
      rows.append((rowLine, row))
    }
    guard let header = rows.first?.cells else { throw .emptyFile(name) }
    var rejects: [RejectedRow] = []
    var kept: [(line: Int, cells: [String])] = []
    for row in rows.dropFirst() {
      if row.cells.count == header.count {
        kept.append(row)
        continue
      }
      let reason = TableError.raggedRow(
        found: row.cells.count, expected: header.count, place: SourcePlace(file: name, line: row.line))
      if options.onBadRow == .stop { throw reason }
      rejects.append(RejectedRow(line: row.line, reason: reason, text: row.cells.joined(separator: ",")))
    }
    let columns = header.indices.filter { options.wanted?.contains(header[$0]) ?? true }.map { index in
      Column(
        name: header[index],
        values: ColumnValues.inferred(kept.map { $0.cells[index] }, stated: options.kinds[header[index]]))
    }
    return TableReading(table: try Table(columns: columns), rejects: rejects)
  }
}

extension ColumnValues {
  fileprivate static func inferred(_ cells: [String], stated: ColumnKind?) -> ColumnValues {
    let texts = cells.map { cell -> String? in
      cell.allSatisfy { $0 == " " } || ["NA", "N/A", "NULL", "null"].contains(cell) ? nil : cell
    }
    func all(_ test: (String) -> Bool) -> Bool { texts.allSatisfy { $0.map(test) ?? true } }
    func isNumber(_ text: String) -> Bool {
      let digits = text.drop { $0 == "-" }
      return Double(text)?.isFinite == true && digits.count < 18 && !text.hasPrefix("+")
        && !(digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true)
        && text.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 || $0 == 46 }
    }
    func seconds(_ text: String) -> Int64? {
      guard let day = CalendarDate(iso8601: String(text.prefix(10))) else { return nil }
      let rest = text.dropFirst(11).prefix { $0 != "Z" && $0 != "." && $0 != "+" }.split(separator: ":")
      var time: Int64 = 0
      for (part, scale) in zip(rest, [3600, 60, 1] as [Int64]) {
        guard let value = Int64(part) else { return nil }
        time += value * scale
      }
      return Int64(day.daysSince1970) * 86_400 + time
    }
    switch stated {
    case .numeric: return .numeric(texts.map { $0.flatMap { Double($0) } ?? .nan })
    case .text: return .text(CodedText(texts))
    default: break
    }
    if all(isNumber) { return .numeric(texts.map { $0.flatMap { Double($0) } ?? .nan }) }
    if all({ ["true", "false"].contains($0.lowercased()) }) {
      return .boolean(texts.map { $0.map { $0.lowercased() == "true" ? 1 : 0 } ?? -1 })
    }
    if all({ seconds($0) != nil }) {
      return .date(
        Dates(
          seconds: texts.map { $0.flatMap(seconds) ?? Dates.missing }, hasTimeOfDay: !all { $0.count == 10 }))
    }
    return .text(CodedText(texts))
  }
}
