import Features
import ModelFile
import Scoring
import Synchronization
import Tables

/// How fast a model scores a table on this machine: from the file, from memory, and one account alone.
struct ScoringBench: Encodable {
  var model: String
  var terms: Int
  var threads: Int
  var file: FilePasses
  var memory: MemoryPasses
  var account: SingleAccounts

  /// Seconds of the fastest of three passes over the file, shared out by what its threads did meanwhile.
  struct FilePasses: Encodable {
    var rows = 0
    /// Reading and telling the rows into columns.
    var parseSeconds = 0.0
    /// From columns to probabilities.
    var scoreSeconds = 0.0
    /// From probabilities to lines of text; the disk is not in it.
    var writeSeconds = 0.0
    var totalSeconds = 0.0
    var rowsPerSecond = 0.0
    var nanosecondsPerAccount = 0.0
  }

  struct MemoryPasses: Encodable {
    /// The table's rows, repeated until they do not fit a cache.
    var rows = 0
    var inputs = 0
    var rowsPerSecond = 0.0
    var nanosecondsPerAccount = 0.0
    var bytesPerSecond = 0.0
    /// What adding up the same columns reads, measured in turn with the scores.
    var memoryBytesPerSecond = 0.0
    var shareOfBandwidth = 0.0
  }

  /// One after another on one thread, each with its probability alone.
  struct SingleAccounts: Encodable {
    var p50Nanoseconds = 0.0
    var p99Nanoseconds = 0.0
  }

  init(_ scorer: Scorer, table: String, threads: Int) throws {
    let clock = ContinuousClock()
    let sheet = try ScoreSheet([scorer])
    model = scorer.model.name
    terms = scorer.model.coefficients.count
    self.threads = threads
    file = try FilePasses(sheet, table: table, threads: threads, clock)
    let columns = try Self.columns(scorer, sheet, table: table)
    memory = try MemoryPasses(scorer, columns, threads: threads, clock)
    account = SingleAccounts(scorer, columns, clock)
  }

  /// The encoded inputs of the first million rows.
  private static func columns(_ scorer: Scorer, _ sheet: ScoreSheet, table: String) throws -> [[Double]] {
    let chunks = try Self.chunks(sheet, table: table)
    let columns = Mutex([[Double]](repeating: [], count: scorer.inputs.count))
    try chunks.forEach { chunk in
      guard columns.withLock({ $0.first?.count ?? .max }) < 1_000_000,
        let part = try? scorer.model.recipe.encode(chunk.table).columns
      else { return }
      columns.withLock { columns in
        for (input, values) in part.enumerated() { columns[input] += values }
      }
    } take: {
    }
    return columns.withLock { $0 }
  }

  static func chunks(_ sheet: ScoreSheet, table: String) throws -> TableChunks {
    let options = ReadOptions(kinds: sheet.kinds, wanted: sheet.inputs, onBadRow: .skip)
    let chunks = try TableChunks(TableLocation(table), passing: sheet.id, options: options)
    do throws(ScoringError) {
      try sheet.check(columns: chunks.header)
    } catch {
      throw CommandError(error.complaint(at: SourcePlace(file: table)))
    }
    return chunks
  }
}

extension ScoringBench.FilePasses {
  fileprivate init(_ sheet: ScoreSheet, table: String, threads: Int, _ clock: ContinuousClock) throws {
    totalSeconds = .infinity
    for _ in 0..<3 {
      let spent = Mutex((blocks: 0, rows: 0, score: Duration.zero, sheet: Duration.zero))
      let begin = clock.now
      let chunks = try ScoringBench.chunks(sheet, table: table)
      try chunks.forEach(threads: threads) { chunk in
        let start = clock.now
        var csv = CSVText(capacity: chunk.rowCount * 64)
        let bad = try? sheet.append(chunk.table, to: &csv) { chunk.appendPassed(row: $0, to: &$1) }
        let written = clock.now
        for scorer in sheet.scorers { _ = try? scorer.score(chunk.table) }
        return (chunk.rowCount - (bad?.count ?? chunk.rowCount), clock.now - written, written - start)
      } take: { (rows, score, sheet) in
        spent.withLock { $0 = ($0.blocks + 1, $0.rows + rows, $0.score + score, $0.sheet + sheet) }
      }
      let wall = (clock.now - begin) / .seconds(1)
      let all = spent.withLock { $0 }
      // A sheet scores too: the second time tells how long that took, and is not part of the whole.
      // Of a table of few blocks, no more threads have one.
      let workers = Double(max(1, min(threads, all.blocks)))
      let score = all.score / .seconds(1) / workers
      guard wall - score < totalSeconds else { continue }
      rows = all.rows
      scoreSeconds = score
      writeSeconds = max(0, all.sheet / .seconds(1) / workers - score)
      totalSeconds = wall - score
      parseSeconds = totalSeconds - scoreSeconds - writeSeconds
    }
    rowsPerSecond = totalSeconds > 0 ? Double(rows) / totalSeconds : 0
    nanosecondsPerAccount = rows > 0 ? totalSeconds / Double(rows) * 1e9 : 0
  }
}

extension ScoringBench.MemoryPasses {
  /// Larger than the caches of most machines.
  private static let leastBytes = 240_000_000

  fileprivate init(
    _ scorer: Scorer, _ columns: [[Double]], threads: Int, _ clock: ContinuousClock
  ) throws(ScoringError) {
    let count = columns.first?.count ?? 0
    inputs = columns.count
    guard count > 0 else { return }
    let repeats = max(1, Self.leastBytes / (count * columns.count * 8))
    let columns = columns.map { column in
      var whole: [Double] = []
      whole.reserveCapacity(count * repeats)
      for _ in 0..<repeats { whole += column }
      return whole
    }
    rows = count * repeats
    // The offset's values don't change the time.
    let offset = scorer.model.offset.map { _ in [Double](repeating: 0, count: rows) }
    var best = Duration.seconds(1000)
    for _ in 0..<7 {
      // In turn, so that a busy moment meets both.
      let speed = MemoryBandwidth.measure(columns, threads: threads, runs: 1, clock: clock)
      memoryBytesPerSecond = max(memoryBytesPerSecond, speed)
      let begin = clock.now
      let probabilities = try scorer.probabilities(of: columns, offset: offset, threads: threads)
      best = min(best, clock.now - begin)
      keep(probabilities.last ?? 0)
    }
    let seconds = best / .seconds(1)
    rowsPerSecond = Double(rows) / seconds
    nanosecondsPerAccount = seconds / Double(rows) * 1e9
    bytesPerSecond = Double(rows * inputs * 8) / seconds
    shareOfBandwidth = memoryBytesPerSecond > 0 ? bytesPerSecond / memoryBytesPerSecond : 0
  }
}

extension ScoringBench.SingleAccounts {
  fileprivate init(_ scorer: Scorer, _ columns: [[Double]], _ clock: ContinuousClock) {
    let count = min(columns.first?.count ?? 0, 1024)
    guard count > 0 else { return }
    let rows = (0..<count).map { row in
      var account = scorer.makeRow()
      for (input, column) in columns.enumerated() { account.set(input, to: column[row]) }
      account.offset = 0
      return account
    }
    // The clock itself takes as long as an account: 32 at a time.
    let group = 32
    var times: [Double] = []
    var sum = 0.0
    for number in 0..<4000 {
      let begin = clock.now
      for account in 0..<group { sum += scorer.probability(of: rows[(number * group + account) % count]) }
      times.append((clock.now - begin) / .nanoseconds(1) / Double(group))
    }
    keep(sum)
    times.sort()
    p50Nanoseconds = times[times.count / 2]
    p99Nanoseconds = times[times.count * 99 / 100]
  }
}
