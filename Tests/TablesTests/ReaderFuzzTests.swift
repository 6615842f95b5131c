import StableNumerics
import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Seconds that each fuzz test may take; a long run sets PULSO_FUZZ_SECONDS.
let fuzzSeconds = unsafe getenv("PULSO_FUZZ_SECONDS").flatMap { unsafe Double(String(cString: $0)) } ?? 1.5

/// Calls `body` with a case's number until the time is over, at least 1000 times.
func fuzz(seconds: Double, _ body: (UInt64) throws -> Void) rethrows -> UInt64 {
  let clock = ContinuousClock()
  let end = clock.now + .seconds(seconds)
  var number: UInt64 = 0
  while number < 1000 || clock.now < end {
    try body(number)
    number += 1
  }
  return number
}

@Suite("The fast reader against the obvious one")
struct ReaderFuzzTests {
  static let pieces = [
    "a", "b c", "x", "\"", "\"\"", "\"q\"", "\"q,r\"", "\"l\nm\"", "\"l\r\nm\"", "\"s\"\"t\"", "\" 5 \"",
    "\"7\"",
    " ", "\t", "0", "1", "-2", "3.25", "007", "1E5", "12e3", "1e-05", "+34600", "1234567890123456", "0x1p3",
    "1_000",
    "1,5", "NaN", "inf", "-Infinity", "1e999", "NA", "N/A", "null", "None", "true", "false", "True", "FALSE",
    "2024-02-29", "2024-02-30", "2024-07-09 3:00", "2024-02-29T10:00:00Z", "2024-02-29T10:00:00.5+02:00", "é",
    "日本",
    "9007199254740993.5", ".5", "5.", "-", ".", "e5", "1e", "1e+", "-0", "0.1", "  12", "12  ", "=1+1",
  ]
  static let bad: [[UInt8]] = [[0], [0xFF], [0xC3], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xE2, 0x82]]

  @Test(
    "the same table, rejects or error for random text, in blocks of any size and on any number of threads")
  func randomTables() {
    let cases = fuzz(seconds: fuzzSeconds) { number in
      var random = SplitMix64(seed: number)
      func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
      let columns = 1 + pick(4)
      let separator: UInt8 = [44, 59, 9, 124][pick(4)]
      // A column mostly of one sort, so that each kind is inferred now and then.
      let sorts = (0..<columns).map { _ in Self.pieces[pick(Self.pieces.count)] }
      let disorder = [0, 5, 30][pick(3)]
      let lineEnd = ["\n", "\r\n", "\r", "\n\n"][pick(4)]
      var bytes: [UInt8] = pick(20) == 0 ? [0xEF, 0xBB, 0xBF] : []
      bytes += (0..<columns).map { "c\($0)" }.joined(separator: String(UnicodeScalar(separator))).utf8
      bytes += lineEnd.utf8
      for _ in 0..<pick(12) {
        let cells = pick(40) == 0 ? columns + 1 : columns
        for cell in 0..<cells {
          if cell > 0 { bytes.append(separator) }
          if pick(400) == 0 {
            bytes += Self.bad[pick(Self.bad.count)]
          } else if pick(100) < disorder {
            bytes += Self.pieces[pick(Self.pieces.count)].utf8
            if pick(5) == 0 { bytes += Self.pieces[pick(Self.pieces.count)].utf8 }
          } else if pick(4) > 0 {
            bytes += sorts[min(cell, columns - 1)].utf8
          }
        }
        bytes += (pick(30) == 0 ? "\r" : lineEnd).utf8
      }
      if pick(3) == 0, let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
      var kinds: [String: ColumnKind] = [:]
      if pick(3) == 0 { kinds["c0"] = ColumnKind.allCases[pick(4)] }
      let policy: BadRowPolicy = pick(2) == 0 ? .stop : .skip
      let blockSize = [16, 31, 64, 1 << 16][pick(4)]
      compare(
        bytes, ObviousReader(separator: separator, kinds: kinds, onBadRow: policy), threads: 1 + pick(3),
        blockSize: blockSize, number)
    }
    print("random tables compared: \(cases)")
  }

  @Test("the same table, rejects or error for texts of a few structural bytes")
  func randomBytes() {
    let alphabet = Array("\",,\n\r1a. ".utf8) + [0xC3]
    let cases = fuzz(seconds: fuzzSeconds) { number in
      var random = SplitMix64(seed: number &+ 1 << 40)
      let count = Int(random.next() % 60)
      var bytes = Array("a,b\n".utf8)
      for _ in 0..<count { bytes.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
      let policy: BadRowPolicy = random.next() % 2 == 0 ? .stop : .skip
      compare(
        bytes, ObviousReader(separator: 44, onBadRow: policy), threads: 2,
        blockSize: 16 + Int(random.next() % 40), number)
    }
    print("random bytes compared: \(cases)")
  }

  @Test(
    "the same table, rejects or error, whole and in chunks, for rows longer than what is looked at at once")
  func longRows() {
    let pieces = [
      "7", "-1.5", "12.25", "123456789.125", "-0.000001", "x", "", "\"\"", "\"q\"", "\"a\"\"b\"",
      "\"" + String(repeating: "l", count: 61) + "\"", "\"" + String(repeating: "\"\"", count: 33) + "\"",
      "\"" + String(repeating: ",\n", count: 40) + "\"", String(repeating: "w", count: 66), "\"open", "q\"r",
    ]
    let cases = fuzz(seconds: fuzzSeconds) { number in
      var random = SplitMix64(seed: number &+ 1 << 41)
      let columns = 1 + random.below(90)
      var kinds: [String: ColumnKind] = [:]
      for column in 0..<columns { kinds["c\(column)"] = random.below(3) == 0 ? .text : .numeric }
      let lineEnd = ["\n", "\r\n", "\r"][random.below(3)]
      let odd = [0, 3, 30][random.below(3)]
      var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + lineEnd
      for _ in 0..<random.below(6) {
        let cells = columns + (random.below(30) == 0 ? random.below(3) - 1 : 0)
        text += (0..<cells).map { column in
          if random.below(100) < odd { return pieces[random.below(pieces.count)] }
          return kinds["c\(column)"] == .text ? pieces[5 + random.below(9)] : pieces[random.below(5)]
        }.joined(separator: ",")
        text += random.below(9) == 0 ? "\n\r\n" : lineEnd
      }
      let reader = ObviousReader(
        separator: 44, kinds: kinds, onBadRow: random.below(2) == 0 ? .stop : .skip)
      let blockSize = 16 + random.below(700)
      compare(Array(text.utf8), reader, threads: 1 + random.below(3), blockSize: blockSize, number)
      compareChunks(Array(text.utf8), reader, threads: 1 + random.below(3), blockSize: blockSize, number)
    }
    print("long rows compared: \(cases)")
  }

  /// All kinds are stated. Chunks before a fault are rows of the table, those after it are not seen.
  func compareChunks(
    _ bytes: [UInt8], _ obvious: ObviousReader, threads: Int, blockSize: Int, _ number: UInt64
  ) {
    let options = ReadOptions(separator: obvious.separator, kinds: obvious.kinds, onBadRow: obvious.onBadRow)
    var tables: [Table] = []
    var rejects: [RejectedRow] = []
    let fast = Result {
      let chunks = try TableChunks(csv: bytes, name: "text", options: options, blockSize: blockSize)
      let found = try chunks.all(threads: threads)
      tables = found.map(\.table)
      rejects = found.flatMap(\.rejects)
    }
    let slow = Result { () throws(TableError) in try obvious.read(bytes) }
    let text = String(decoding: bytes, as: UTF8.self).debugDescription
    switch (fast, slow) {
    case (.success, .success(let whole)):
      let all = tables.map { $0.csv() }.map { $0.drop { $0 != 10 }.dropFirst() }.joined()
      if Array(all) != Array(whole.table.csv().drop { $0 != 10 }.dropFirst()) || rejects != whole.rejects {
        Issue.record("case \(number), chunks of \(blockSize): \(tables), \(rejects) for \(text)")
      }
    case (.failure(let a), .failure(let b)) where a as? TableError == b: break
    default: Issue.record("case \(number), chunks of \(blockSize): \(fast) instead of \(slow) for \(text)")
    }
  }

  func compare(
    _ bytes: [UInt8], _ obvious: ObviousReader, threads: Int, blockSize: Int, _ number: UInt64,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let options = ReadOptions(
      separator: obvious.separator, kinds: obvious.kinds, onBadRow: obvious.onBadRow, threads: threads)
    let fast = Result { () throws(TableError) in
      try Table.read(csv: bytes, name: "text", options: options, blockSize: blockSize)
    }
    let slow = Result { () throws(TableError) in try obvious.read(bytes) }
    let text = String(decoding: bytes, as: UTF8.self).debugDescription
    switch (fast, slow) {
    case (.success(let a), .success(let b)):
      if a.table != b.table {
        Issue.record(
          "case \(number): \(a.table) instead of \(b.table) for \(text)", sourceLocation: sourceLocation)
      }
      if a.rejects != b.rejects {
        Issue.record(
          "case \(number): \(a.rejects) instead of \(b.rejects) for \(text)", sourceLocation: sourceLocation)
      }
    case (.failure(let a), .failure(let b)) where a == b: break
    default:
      Issue.record(
        "case \(number), blocks of \(blockSize): \(fast) instead of \(slow) for \(text)",
        sourceLocation: sourceLocation)
    }
  }
}
