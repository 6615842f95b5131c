import Synchronization
import Tables
import Testing

extension TableChunks {
  /// All that are left.
  borrowing func all(threads: Int) throws -> [TableChunk] {
    let chunks = Mutex<[TableChunk]>([])
    try forEach(threads: threads) {
      $0
    } take: { chunk in
      chunks.withLock { $0.append(chunk) }
    }
    return chunks.withLock { $0 }
  }
}

@Suite("Tables in chunks")
struct TableChunksTests {
  static let text =
    "id,x,plan\n" + (0..<500).map { "\"A,\($0)\",\($0).5,\($0 % 3 == 0 ? "pro" : "")\n" }.joined()

  @Test(
    "chunks together are the table, whatever their size and the number of threads",
    arguments: [32, 100, 1 << 16])
  func together(blockSize: Int) throws {
    // Stated, or the look for it would read all in one block.
    let options = ReadOptions(
      separator: UInt8(ascii: ","), kinds: ["x": .numeric, "plan": .text], wanted: ["x", "plan"])
    let whole = try Table.read(csv: Self.text, options: options).table
    for threads in 1...3 {
      let chunks = try TableChunks(
        csv: Array(Self.text.utf8), name: "text", passing: "id", options: options, blockSize: blockSize)
      var out = CSVText()
      for chunk in try chunks.all(threads: threads) {
        for row in 0..<chunk.rowCount {
          chunk.appendPassed(row: row, to: &out)
          for column in chunk.table.columns { out.cell(column.values, row: row) }
          out.endRow()
        }
      }
      var expected = CSVText()
      for row in 0..<500 {
        expected.text("A,\(row)")
        for column in whole.columns { expected.cell(column.values, row: row) }
        expected.endRow()
      }
      #expect(out.bytes == expected.bytes)
    }
  }

  @Test("a bad row is thrown with its line, or left out together with its identifier")
  func badRows() throws {
    var lines = Self.text.split(separator: "\n").map(String.init)
    lines[300] = "B,abc,pro"
    lines[400] = "C,1"
    let text = Array(lines.joined(separator: "\n").utf8)
    var options = ReadOptions(separator: UInt8(ascii: ","), kinds: ["x": .numeric])
    let place = SourcePlace(file: "text", line: 301, column: "x")
    #expect(throws: TableError.wrongKind(text: "abc", expected: .numeric, place: place)) {
      let chunks = try TableChunks(csv: text, name: "text", options: options, blockSize: 64)
      _ = try chunks.all(threads: 2)
    }
    options.onBadRow = .skip
    let chunks = try TableChunks(csv: text, name: "text", passing: "id", options: options, blockSize: 64)
    var ids: [String] = []
    var rejects: [RejectedRow] = []
    for chunk in try chunks.all(threads: 2) {
      ids += (0..<chunk.rowCount).map { chunk.passedText(row: $0) }
      rejects += chunk.rejects
    }
    #expect(rejects.map(\.line) == [301, 401])
    #expect(rejects.map(\.text) == ["B,abc,pro", "C,1"])
    #expect(ids == (0..<500).filter { $0 != 299 && $0 != 399 }.map { "A,\($0)" })
  }

  struct Stop: Error, Equatable { let row: Int }

  @Test("a fault of the taker ends it: nothing after it is taken, nobody waits", arguments: 1...3)
  func stopped(threads: Int) throws {
    let options = ReadOptions(separator: UInt8(ascii: ","), kinds: ["x": .numeric])
    let chunks = try TableChunks(
      csv: Array(Self.text.utf8), name: "text", passing: "id", options: options, blockSize: 64)
    let rows = Mutex(0)
    #expect(throws: Stop(row: 100)) {
      try chunks.forEach(threads: threads) {
        $0.rowCount
      } take: { count in
        try rows.withLock { rows in
          if rows + count > 100 { throw Stop(row: 100) }
          rows += count
        }
      }
    }
    #expect((90...100).contains(rows.withLock { $0 }))
  }

  @Test("an identifier column that is not there is an error that names those that are")
  func unknownColumn() {
    #expect(throws: TableError.unknownColumn(name: "no", known: ["a"], place: SourcePlace(file: "text"))) {
      _ = try TableChunks(csv: Array("a\n1\n".utf8), name: "text", passing: "no")
    }
  }
}
