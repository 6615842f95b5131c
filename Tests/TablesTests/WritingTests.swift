import StableNumerics
import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Writing tables and files")
struct WritingTests {
  @Test("a table written and read is the same table")
  func roundTrip() throws {
    let table = try Table(columns: [
      Column(name: "id", values: .text(CodedText(["007", "a,b", "say \"hi\"", "x\ny", nil]))),
      Column(name: "n", values: .numeric([5, -0.1, 1e-7, 1e22, .nan])),
      Column(name: "flag", values: .boolean([1, 0, -1, 1, 0])),
      Column(
        name: "day",
        values: .date(Dates(seconds: [0, 86_400, Dates.missing, -86_400, 0], hasTimeOfDay: false))),
      Column(name: "time", values: .date(Dates(seconds: [0, 1, Dates.missing, -1, 0], hasTimeOfDay: true))),
    ])
    #expect(try Table.read(csv: table.csv(), name: "text").table == table)
    #expect(
      String(decoding: table.csv(), as: UTF8.self).hasPrefix(
        "id,n,flag,day,time\n007,5,true,1970-01-01,1970-01-01T00:00:00Z\n\"a,b\",-0.1,false,"))
  }

  @Test("a table's text is that of its cells, one by one, whatever the threads")
  func cellByCell() throws {
    let (rows, words) = (0..<9_000, ["a", "b,c", "\"d\"", "e\nf", ""])
    let columns = [
      Column(name: "shared", values: .text(CodedText(rows.map { $0 % 7 == 0 ? nil : words[$0 % 5] }))),
      Column(name: "own", values: .text(CodedText(rows.map { "k, \($0)" }))),
      Column(name: "number", values: .numeric(rows.map { $0 % 3 == 0 ? .nan : Double($0) / 8 })),
      Column(name: "flag", values: .boolean(rows.map { Int8($0 % 3 - 1) })),
      Column(
        name: "day",
        values: .date(
          Dates(
            seconds: rows.map { $0 % 4 == 0 ? Dates.missing : Int64($0) * 86_400 }, hasTimeOfDay: false))),
    ]
    for columns in [columns, [columns[0]], [columns[2]]] {
      var text = CSVText()
      for column in columns { text.text(column.name) }
      text.endRow()
      for row in rows {
        for column in columns { text.cell(column.values, row: row) }
        text.endRow()
      }
      let table = try Table(columns: columns)
      #expect(table.csv() == text.bytes)
      let path = "/tmp/pulso-cells-\(getpid()).csv"
      defer { _ = unsafe unlink(path) }
      try table.write(to: .file(path), threads: 3)
      let back = try Table.read(.file(path), options: ReadOptions(otherKinds: .text)).table
      let expected = String(decoding: text.bytes, as: UTF8.self)
      #expect(try back == Table.read(csv: expected, options: ReadOptions(otherKinds: .text)).table)
    }
  }

  @Test("any double reads back to the same double, and to the standard library's")
  func doubles() throws {
    var random = SplitMix64(seed: 1)
    var values: [Double] = [
      0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 9_007_199_254_740_992, 1e15, 1e16,
      123_456_789_012_345,
    ]
    while values.count < 50_000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { values.append(value) }
      values.append(
        (Double(random.next() % 2_000_000) - 1e6) / [1, 10, 100, 1e3, 1e6][Int(random.next() % 5)])
    }
    values.append(0.5)
    let table = try Table(columns: [Column(name: "x", values: .numeric(values))])
    let read = try Table.read(csv: table.csv(), name: "text").table
    #expect(read == table)
  }

  @Test("decimals are converted as strtod converts them")
  func decimals() throws {
    let cases = fuzz(seconds: fuzzSeconds) { number in
      var random = SplitMix64(seed: number)
      func pick(_ count: UInt64) -> Int { Int(random.next() % count) }
      var texts: [String] = []
      for _ in 0..<64 {
        var digits = String(random.next() >> UInt64(pick(64)))
        if pick(3) == 0 { digits += String(random.next() >> UInt64(pick(64))) }
        // Halfway between two doubles, where rounding goes wrong first.
        if pick(4) == 0 {
          digits = String((UInt64(1) << 53 | random.next() >> 11) << 1 | 1)
        }
        if digits.count > 1 {
          digits.insert(
            ".", at: digits.index(digits.startIndex, offsetBy: 1 + pick(UInt64(digits.count - 1))))
        }
        if pick(6) == 0 {
          digits = "0." + String(repeating: "0", count: pick(20)) + digits.filter { $0 != "." }
        }
        if pick(2) == 0 {
          digits += "e\(pick(80) - 40)"
        } else if pick(4) == 0 {
          digits += "e\(pick(700) - 350)"
        }
        texts.append((pick(3) == 0 ? "-" : "") + digits)
      }
      guard
        let column = try? Table.read(
          csv: "a\n" + texts.joined(separator: "\n") + "\n",
          options: ReadOptions(separator: 44, kinds: ["a": .numeric], onBadRow: .skip)),
        case .numeric(let values)? = column.table["a"]?.values
      else {
        Issue.record("case \(number)")
        return
      }
      let expected = texts.map { unsafe strtod($0, nil) }.filter(\.isFinite)
      if values.map(\.bitPattern) != expected.map(\.bitPattern) { Issue.record("case \(number): \(texts)") }
    }
    print("decimals compared: \(cases * 64)")
  }

  @Test("short cells of a stated column, numbers or not, several at a time, are read as strtod reads them")
  func shortDecimals() throws {
    let odd = Array("-+.,eE ;:/x\u{7f}".unicodeScalars.map { UInt8($0.value) })
    let cases = fuzz(seconds: fuzzSeconds) { number in
      var random = SplitMix64(seed: number)
      func pick(_ count: UInt64) -> Int { Int(random.next() % count) }
      let disorder = [0, 0, 2, 20][pick(4)]
      var texts: [[UInt8]] = []
      for _ in 0..<40 {
        var text = (0..<1 + pick(8)).map { _ in UInt8(48 + pick(10)) }
        if pick(2) == 0 { text[pick(UInt64(text.count))] = UInt8(ascii: ".") }
        if pick(4) == 0 { text[0] = UInt8(ascii: "-") }
        for place in text.indices where pick(100) < disorder { text[place] = odd[pick(UInt64(odd.count))] }
        texts.append(pick(10) == 0 ? [] : text)
      }
      let isNumber = texts.map(isPlainNumber)
      // A blank line is no row, so that a second column stands beside.
      let csv = Array("a;b\n".utf8) + texts.flatMap { $0 + Array(";1\n".utf8) }
      let plain = zip(texts, isNumber).filter(\.1).map(\.0)
      guard
        let read = try? Table.read(
          csv: csv, name: "text",
          options: ReadOptions(separator: 59, kinds: ["a": .numeric, "b": .numeric], onBadRow: .skip)),
        case .numeric(let values)? = read.table["a"]?.values
      else {
        Issue.record("case \(number)")
        return
      }
      if disorder == 0 {
        let expected = texts.filter { isPlainNumber($0) || $0.isEmpty }.map { text in
          text.isEmpty ? Double.nan : unsafe strtod(String(decoding: text, as: UTF8.self), nil)
        }
        let same = zip(values, expected).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
        if !same || values.count != expected.count { Issue.record("case \(number): \(values) \(expected)") }
      } else {
        // What is plainly a number is read, in order, whatever stands beside it.
        var rest = values[...]
        for text in plain {
          let expected = unsafe strtod(String(decoding: text, as: UTF8.self), nil)
          guard let place = rest.firstIndex(where: { $0.bitPattern == expected.bitPattern }) else {
            Issue.record("case \(number): \(expected) is not in \(values)")
            return
          }
          rest = rest[(place + 1)...]
        }
        if values.count + read.rejects.count != texts.count { Issue.record("case \(number): rows") }
      }
    }
    print("short decimals compared: \(cases * 40)")
  }

  /// `-? (digits [. digits] | . digits)`, with at least one digit.
  private func isPlainNumber(_ text: [UInt8]) -> Bool {
    let size = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    return size.contains { $0 != UInt8(ascii: ".") } && size.count { $0 == UInt8(ascii: ".") } <= 1
      && size.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
  }

  @Test(
    "numbers as a person writes them",
    arguments: [
      (5.0, "5"), (-0.5, "-0.5"), (1e15, "1e+15"), (-1.5e15, "-1.5e+15"), (1e22, "1e+22"), (1e-7, "1e-07"),
      (0.1, "0.1"),
      (999_999_999_999_999, "999999999999999"), (-0.0, "0"),
    ])
  func decimal(_ value: Double, _ text: String) {
    var bytes: [UInt8] = []
    bytes.append(decimal: value)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test("cells that a spreadsheet would run get a quote mark; numbers do not")
  func spreadsheetSafe() throws {
    let table = try Table(columns: [
      Column(name: "a", values: .text(CodedText(["=1+1", "+x", "-x", "@x", "x=1", "\tx"]))),
      Column(name: "b", values: .numeric([-1, -2, -3, -4, -5, -6])),
    ])
    let text = String(decoding: table.csv(options: CSVOptions(spreadsheetSafe: true)), as: UTF8.self)
    #expect(text == "a,b\n'=1+1,-1\n'+x,-2\n'-x,-3\n'@x,-4\nx=1,-5\n'\tx,-6\n")
  }

  @Test("a file appears whole on commit and not at all without one")
  func atomicFile() throws {
    let folder = "/tmp/pulso-tables-test-\(getpid())"
    _ = unsafe mkdir(folder, 0o755)
    defer { _ = unsafe rmdir(folder) }
    let path = "\(folder)/x.csv"
    try AtomicFile.write("old", to: path)
    do {
      var file = try AtomicFile(path: path)
      try file.write(Array("half".utf8))
    }
    #expect(try contents(path) == "old")
    var file = try AtomicFile(path: path)
    try file.write(Array("a\n".utf8))
    #expect(try contents(path) == "old")
    try file.commit()
    #expect(try contents(path) == "a")
    _ = unsafe unlink(path)
    // Nothing else is left in the folder: it can be removed.
    let removed = unsafe rmdir(folder)
    #expect(removed == 0)
  }

  func contents(_ path: String) throws -> String {
    try Table.read(.file(path)).table.columnNames[0]
  }

  @Test("a file is read whole, its size known or, as of a pipe, not", arguments: [0, 1, 4_096, 60_001])
  func wholeFiles(count: Int) throws {
    let path = "/tmp/pulso-bytes-test-\(getpid())-\(count)"
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try AtomicFile.write(bytes, to: path)
    defer { _ = unsafe unlink(path) }
    #expect(try fileBytes(path) == bytes)
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    let writer = Ahead(threads: 2) {
      let written = unsafe bytes.withUnsafeBytes { unsafe write(writing, $0.baseAddress, $0.count) }
      close(writing)
      return written
    }
    #expect(try fileBytes("/dev/fd/\(reading)") == bytes)
    #expect(writer.value() == count)
    close(reading)
  }

  @Test("two spellings of a path are one, links followed; what is missing goes by its folder")
  func resolvedPaths() throws {
    let folder = "/tmp/pulso-paths-test-\(getpid())"
    let (inner, link) = ("\(folder)/inner", "\(folder)/link")
    for made in [folder, inner] { _ = unsafe mkdir(made, 0o755) }
    _ = unsafe symlink(inner, link)
    defer {
      for path in ["\(inner)/a.csv", link] { _ = unsafe unlink(path) }
      for path in [inner, folder] { _ = unsafe rmdir(path) }
    }
    try AtomicFile.write("x", to: "\(inner)/a.csv")
    for name in ["a.csv", "missing.csv"] {
      let plain = resolvedPath("\(inner)/\(name)")
      #expect(plain.hasPrefix("/") && plain.hasSuffix("/inner/\(name)"))
      #expect(resolvedPath("\(link)/\(name)") == plain)
      #expect(resolvedPath("\(link)/../inner//\(name)") == plain)
    }
    #expect(resolvedPath("/no-such-file") == "/no-such-file")
    #expect(resolvedPath("/no/such/file") == "/no/such/file")
  }

  @Test("a folder that is missing, a folder as a file, a full disk")
  func failures() throws {
    #expect(throws: OutputError.cannotCreate(file: "/no/such/x.csv", reason: "No such file or directory")) {
      try AtomicFile.write("x", to: "/no/such/x.csv")
    }
    #expect(throws: OutputError.cannotCreate(file: "/tmp", reason: "Is a directory")) {
      try AtomicFile.write("x", to: "/tmp")
    }
    #expect(throws: OutputError.inputOutput(file: "/dev/full", reason: "No space left on device")) {
      try AtomicFile.write("x", to: "/dev/full")
    }
    try AtomicFile.write("x", to: "/dev/null")
  }

  @Test("what a killed process left of a file goes when the file is written again; nothing else does")
  func abandoned() throws {
    let folder = "/tmp/pulso-abandoned-test-\(getpid())"
    _ = unsafe mkdir(folder, 0o755)
    // No system gives a process the largest number.
    let left = ".t.csv.pulso-\(Int32.max)-1.tmp"
    let others = [
      ".u.csv.pulso-\(Int32.max)-1.tmp", ".t.csv.pulso-\(getpid())-77.tmp", ".t.csv.pulso-x-1.tmp",
      "t.csv.tmp",
    ]
    for name in [left] + others { try AtomicFile.write("x", to: "\(folder)/\(name)") }
    try AtomicFile.write("a\n", to: "\(folder)/t.csv")
    #expect(unsafe access("\(folder)/\(left)", F_OK) != 0)
    for name in others + ["t.csv"] {
      #expect(unsafe access("\(folder)/\(name)", F_OK) == 0, "\(name)")
      _ = unsafe unlink("\(folder)/\(name)")
    }
    _ = unsafe rmdir(folder)
  }
}
