import Calendar
import Tables

/// A CSV reader with nothing clever in it, one byte and one `String` at a time, written from the
/// documentation of `Table.read`. What the fast reader is compared with.
struct ObviousReader {
  var separator: UInt8
  var kinds: [String: ColumnKind] = [:]
  var onBadRow = BadRowPolicy.stop
  let file = "text"

  struct Cell {
    var bytes: [UInt8] = []
    var line: Int
  }

  struct Row {
    var line: Int
    var cells: [Cell] = []
    var raw: [UInt8] = []
    var fault: TableError?
  }

  func read(_ bytes: [UInt8]) throws(TableError) -> TableReading {
    var rows = rows(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
    guard !rows.isEmpty else { throw .emptyFile(file) }
    let first = rows.removeFirst()
    if let fault = first.fault { throw fault }
    var names: [String] = []
    for (index, cell) in first.cells.enumerated() {
      let place = SourcePlace(file: file, line: first.line, column: "\(index + 1)")
      if cell.bytes.contains(0) { throw .nulByte(place: place) }
      guard let text = String(validating: cell.bytes, as: UTF8.self) else { throw .invalidUTF8(place: place) }
      let name = trimmed(text).isEmpty ? "column_\(index + 1)" : trimmed(text)
      if names.contains(name) {
        throw .duplicateColumn(name: name, place: SourcePlace(file: file, line: first.line, column: name))
      }
      names.append(name)
    }
    // Faults that a row shows on its own, and those that only a whole column shows.
    var early: [(row: Int, column: Int, error: TableError)] = []
    for (number, row) in rows.enumerated() {
      if let fault = row.fault {
        early.append((number, -1, fault))
      } else if row.cells.count != names.count {
        let place = SourcePlace(file: file, line: row.line)
        early.append((number, -1, .raggedRow(found: row.cells.count, expected: names.count, place: place)))
      }
    }
    let whole = rows.indices.filter { number in !early.contains { $0.row == number } }
    var late: [(row: Int, column: Int, error: TableError)] = []
    var columns: [Column] = []
    for (index, name) in names.enumerated() {
      let cells = whole.map { rows[$0].cells[index] }
      let column = ObviousColumn(cells: cells, stated: kinds[name])
      for (cell, fault) in column.faults {
        let place = SourcePlace(file: file, line: cells[cell].line, column: name)
        let text = String(decoding: cells[cell].bytes, as: UTF8.self)
        switch fault {
        case .notFinite where kinds[name] == nil:
          late.append((whole[cell], index, .notFinite(text: text, place: place)))
        case .notFinite: early.append((whole[cell], index, .notFinite(text: text, place: place)))
        case .wrongKind(let kind):
          early.append((whole[cell], index, .wrongKind(text: text, expected: kind, place: place)))
        case .nul: early.append((whole[cell], index, .nulByte(place: place)))
        case .notUTF8: early.append((whole[cell], index, .invalidUTF8(place: place)))
        }
      }
      columns.append(Column(name: name, values: column.values))
    }
    for faults in [early, late] where onBadRow == .stop {
      if let error = faults.min(by: { ($0.row, $0.column) < ($1.row, $1.column) })?.error { throw error }
    }
    let all = (early + late).sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    var rejects: [RejectedRow] = []
    for (number, row) in rows.enumerated() {
      guard let reason = all.first(where: { $0.row == number })?.error else { continue }
      rejects.append(
        RejectedRow(line: row.line, reason: reason, text: String(decoding: row.raw, as: UTF8.self)))
    }
    let kept = whole.indices.filter { index in !all.contains { $0.row == whole[index] } }
    return TableReading(table: try Table(columns: columns).selecting(rows: kept), rejects: rejects)
  }

  /// One byte after another; blank lines are left out.
  func rows(_ bytes: [UInt8]) -> [Row] {
    var rows: [Row] = []
    var line = 1
    var row = Row(line: 1)
    var cell = Cell(line: 1)
    var isCellStart = true
    var position = 0
    func at(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
    func place(_ line: Int) -> SourcePlace { SourcePlace(file: file, line: line) }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 34, isCellStart {
        let opened = line
        row.raw.append(byte)
        position += 1
        var isClosed = false
        while let next = at(position), !isClosed {
          row.raw.append(next)
          if next == 34, at(position + 1) == 34 {
            row.raw.append(34)
            cell.bytes.append(34)
            position += 2
          } else if next == 34 {
            isClosed = true
            position += 1
          } else {
            if next == 10 || (next == 13 && at(position + 1) != 10) { line += 1 }
            cell.bytes.append(next)
            position += 1
          }
        }
        isCellStart = false
        if !isClosed {
          row.fault = row.fault ?? .unclosedQuote(place: place(opened))
        } else if let next = at(position), ![separator, 10, 13].contains(next) {
          row.fault = row.fault ?? .textAfterQuote(place: place(line))
        }
        continue
      }
      position += 1
      if byte == separator {
        row.raw.append(byte)
        row.cells.append(cell)
        cell = Cell(line: line)
        isCellStart = true
        continue
      }
      if byte == 10 || byte == 13 {
        if byte == 13, at(position) == 10 { position += 1 }
        row.cells.append(cell)
        if !row.raw.isEmpty { rows.append(row) }
        line += 1
        row = Row(line: line)
        cell = Cell(line: line)
        isCellStart = true
        continue
      }
      if byte == 0 { row.fault = row.fault ?? .nulByte(place: place(line)) }
      row.raw.append(byte)
      cell.bytes.append(byte)
      isCellStart = false
    }
    if !row.raw.isEmpty {
      row.cells.append(cell)
      rows.append(row)
    }
    return rows
  }
}

/// ASCII blanks away from both ends.
func trimmed(_ text: String) -> String {
  func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 32 || (9...13).contains(scalar.value) }
  var scalars = Array(text.unicodeScalars)
  while let last = scalars.last, isBlank(last) { scalars.removeLast() }
  while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
  var result = ""
  result.unicodeScalars.append(contentsOf: scalars)
  return result
}

/// A column by the rules as they are written down.
struct ObviousColumn {
  enum Fault { case notFinite, wrongKind(ColumnKind), nul, notUTF8 }
  var values: ColumnValues
  var faults: [(cell: Int, Fault)] = []

  init(cells: [ObviousReader.Cell], stated: ColumnKind?) {
    let texts = cells.map { String(decoding: $0.bytes, as: UTF8.self) }
    let words = texts.map { trimmed($0) }
    let always = ["", "N/A", "#N/A", "NULL", "null"]
    let besidesText = always + ["NA", "n/a", "None"]
    let present = words.filter { !besidesText.contains($0) }
    let numbers = present.map { ObviousNumber($0) }
    let kind: ColumnKind
    if let stated {
      kind = stated
    } else if present.isEmpty {
      kind = .numeric
    } else if numbers.allSatisfy({ $0 != nil && !$0!.isIdentifier }),
      numbers.contains(where: { $0!.value.isFinite }),
      numbers.contains(where: { $0!.isDecimal }) || !numbers.contains(where: { $0!.isBareExponent })
    {
      kind = .numeric
    } else if [["true", "false"], ["True", "False"], ["TRUE", "FALSE"]].contains(where: { pair in
      present.allSatisfy { pair.contains($0) }
    }) {
      kind = .boolean
    } else if present.allSatisfy({ obviousSeconds($0) != nil }) {
      kind = .date
    } else {
      kind = .text
    }
    switch kind {
    case .numeric:
      var result: [Double] = []
      for (cell, word) in words.enumerated() {
        if besidesText.contains(word) {
          result.append(.nan)
        } else if let number = ObviousNumber(word) {
          result.append(number.value.isFinite ? number.value : .nan)
          if !number.value.isFinite { faults.append((cell, .notFinite)) }
        } else {
          result.append(.nan)
          faults.append((cell, .wrongKind(.numeric)))
        }
      }
      values = .numeric(result)
    case .boolean:
      var result: [Int8] = []
      for (cell, word) in words.enumerated() {
        if ["true", "True", "TRUE", "1"].contains(word) {
          result.append(1)
        } else if ["false", "False", "FALSE", "0"].contains(word) {
          result.append(0)
        } else {
          result.append(-1)
          if !besidesText.contains(word) { faults.append((cell, .wrongKind(.boolean))) }
        }
      }
      values = .boolean(result)
    case .date:
      var result: [Int64] = []
      for (cell, word) in words.enumerated() {
        result.append(obviousSeconds(word) ?? Dates.missing)
        if obviousSeconds(word) == nil, !besidesText.contains(word) {
          faults.append((cell, .wrongKind(.date)))
        }
      }
      values = .date(
        Dates(
          seconds: result, hasTimeOfDay: words.contains { $0.utf8.count > 10 && obviousSeconds($0) != nil }))
    case .text:
      var result: [String?] = []
      for (cell, bytes) in cells.map(\.bytes).enumerated() {
        if always.contains(words[cell]) {
          result.append(nil)
        } else if bytes.contains(0) {
          faults.append((cell, .nul))
          result.append(nil)
        } else if String(validating: bytes, as: UTF8.self) == nil {
          faults.append((cell, .notUTF8))
          result.append(nil)
        } else {
          result.append(texts[cell])
        }
      }
      values = .text(CodedText(result))
    }
  }
}

/// A number by its grammar, its value by the standard library.
struct ObviousNumber {
  var value: Double
  var isIdentifier: Bool
  var isBareExponent: Bool
  var isDecimal: Bool

  init?(_ text: String) {
    var rest = Array(text.utf8)
    func digits() -> [UInt8] {
      let found = Array(rest.prefix { (48...57).contains($0) })
      rest.removeFirst(found.count)
      return found
    }
    let sign = rest.first.map { $0 == 43 || $0 == 45 ? $0 : 0 } ?? 0
    if sign != 0 { rest.removeFirst() }
    let lower = String(decoding: rest, as: UTF8.self).lowercased()
    if ["nan", "inf", "infinity"].contains(lower) {
      value = .nan
      isIdentifier = false
      isBareExponent = false
      isDecimal = false
      return
    }
    let whole = digits()
    let hasPoint = rest.first == 46
    if hasPoint { rest.removeFirst() }
    let fraction = hasPoint ? digits() : []
    if whole.isEmpty && fraction.isEmpty { return nil }
    var hasExponent = false
    var exponentSign: UInt8 = 0
    if let letter = rest.first, letter == 69 || letter == 101 {
      hasExponent = true
      rest.removeFirst()
      if let mark = rest.first, mark == 43 || mark == 45 {
        exponentSign = mark
        rest.removeFirst()
      }
      if digits().isEmpty { return nil }
    }
    guard rest.isEmpty, let value = Double(text) else { return nil }
    self.value = value
    guard value.isFinite else {
      isIdentifier = false
      isBareExponent = false
      isDecimal = false
      return
    }
    isDecimal = hasPoint || sign == 45 || exponentSign != 0
    isBareExponent = hasExponent && !isDecimal
    isIdentifier = sign == 43 || (whole.count > 1 && whole[0] == 48) || (whole.count > 15 && !hasPoint)
  }
}

/// ISO 8601 as `DateCell` documents it.
func obviousSeconds(_ text: String) -> Int64? {
  guard let date = CalendarDate(iso8601: String(text.prefix(10))) else { return nil }
  let midnight = Int64(date.daysSince1970) * 86_400
  var rest = Array(text.utf8.dropFirst(10))
  if rest.isEmpty { return midnight }
  guard [UInt8(ascii: "T"), UInt8(ascii: " ")].contains(rest.removeFirst()) else { return nil }
  func digits(_ text: some Sequence<UInt8>, _ counts: ClosedRange<Int>) -> Int64? {
    let text = Array(text)
    return counts.contains(text.count) && text.allSatisfy { (48...57).contains($0) }
      ? Int64(String(decoding: text, as: UTF8.self)) : nil
  }
  var offset: Int64 = 0
  if rest.last == UInt8(ascii: "Z") {
    rest.removeLast()
  } else if let sign = rest.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) {
    var zone = Array(rest[(sign + 1)...])
    if zone.count == 5, zone[2] == UInt8(ascii: ":") { zone.remove(at: 2) }
    guard zone.count == 2 || zone.count == 4, let hours = digits(zone.prefix(2), 2...2), hours < 24,
      let minutes = zone.count == 2 ? 0 : digits(zone.suffix(2), 2...2), minutes < 60
    else { return nil }
    offset = (hours * 3600 + minutes * 60) * (rest[sign] == UInt8(ascii: "+") ? 1 : -1)
    rest.removeSubrange(sign...)
  }
  let parts = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
  guard parts.count == 2 || parts.count == 3, let hour = digits(parts[0], 1...2), hour < 24,
    let minute = digits(parts[1], 2...2), minute < 60
  else { return nil }
  var second: Int64 = 0
  if parts.count == 3 {
    let pieces = parts[2].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard pieces.count <= 2, let whole = digits(pieces[0], 2...2), whole < 60,
      pieces.count == 1 || digits(pieces[1], 1...9) != nil
    else { return nil }
    second = whole
  }
  return midnight + hour * 3600 + minute * 60 + second - offset
}
