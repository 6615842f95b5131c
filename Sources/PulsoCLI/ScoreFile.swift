import Foundation
import SQLTables
import Scoring
import Synchronization
import Tables

/// A table scored into a file, block by block: memory stays flat however long the table is.
struct ScoreFile {
  let sheet: ScoreSheet
  /// As the user named it.
  let table: String
  let locale: NumberLocale
  let onBadRow: BadRowPolicy
  let threads: Int
  let isQuiet: Bool
  private(set) var rejects = RejectsFile()
  private(set) var rows = 0
  /// Inputs that are text to the models and held nothing but numbers so far.
  private var numbersOnly: [String: Bool] = [:]

  init(
    sheet: ScoreSheet, table: String, locale: NumberLocale = .point, onBadRow: BadRowPolicy, threads: Int,
    isQuiet: Bool = true
  ) {
    self.sheet = sheet
    self.table = table
    self.locale = locale
    self.onBadRow = onBadRow
    self.threads = threads
    self.isQuiet = isQuiet
  }

  /// Scores everything. A file appears when all is done, and nothing on standard output before: scores wait in a
  /// temporary file. On the way into a database they cost their memory.
  mutating func write(to output: String) throws {
    let location = try TableLocation(table)
    if output.hasPrefix("sqlite:") {
      let bytes = Mutex<[UInt8]>([])
      try score(location) { part in bytes.withLock { $0 += part } }
      let scores = try Table.read(
        csv: bytes.withLock { $0 }, name: output,
        options: ReadOptions(kinds: sheet.id.map { [$0: .text] } ?? [:]))
      return try TableSink.write(scores.table, to: output)
    }
    switch OutputLocation(output) {
    case .file(let path):
      let file = Mutex<AtomicFile?>(try AtomicFile(path: path))
      try score(location) { part in try file.withLock { try $0?.write(part) } }
      try file.withLock { $0.take() }?.commit()
    case .standardOutput:
      let spool = try Spool()
      try score(location) { try spool.write($0) }
      try spool.copyToStandardOutput()
    }
  }

  private mutating func score(
    _ location: TableLocation, _ emit: @Sendable ([UInt8]) throws -> Void
  ) throws {
    var header = CSVText()
    sheet.appendHeader(to: &header)
    try emit(header.bytes)
    if case .sqlite(let file, let source) = location {
      var lines = 0
      try TableSource.forEachPiece(ofDatabase: file, source, name: location.name) { piece in
        let chunks = try TableChunks(
          csv: piece, name: location.name, passing: sheet.id, options: options(separator: UInt8(ascii: ",")),
          linesBefore: lines)
        try score(chunks, emit, showing: nil)
        lines = chunks.lineCount - 1
      }
    } else {
      let chunks = try TableChunks(location, passing: sheet.id, options: options(locale: locale))
      try score(chunks, emit, showing: Self.megabytes(location))
    }
    if let name = numbersOnly.filter({ $0.value }).keys.min() {
      throw CommandError(
        .badData, at: SourcePlace(file: table, column: name),
        "the models know this column as text, and it holds nothing but numbers",
        hint: "give the values that the training table had, or train again")
    }
  }

  private func options(separator: UInt8? = nil, locale: NumberLocale = .point) -> ReadOptions {
    ReadOptions(
      separator: separator, locale: locale, kinds: sheet.kinds, wanted: sheet.inputs, onBadRow: onBadRow)
  }

  private mutating func score(
    _ chunks: borrowing TableChunks, _ emit: @Sendable ([UInt8]) throws -> Void, showing megabytes: Int?
  ) throws {
    let sheet = sheet
    try checked { () throws(ScoringError) in try sheet.check(columns: chunks.header) }
    let bar = Mutex(
      ProgressBar(total: megabytes ?? 0, unit: "MB", isQuiet: isQuiet || megabytes == nil))
    defer { bar.withLock { $0.finish() } }
    let progress = Mutex((file: self, bytes: 0))
    defer { self = progress.withLock { $0.file } }
    try chunks.forEach(threads: threads) { chunk in
      Part(chunk, sheet)
    } take: { part in
      let bytes = try progress.withLock { progress in
        try progress.file.take(part)
        progress.bytes += part.byteCount
        return progress.bytes
      }
      try emit(part.csv.bytes)
      bar.withLock { $0.advance(to: bytes / 1_000_000) }
    }
  }

  private static func megabytes(_ location: TableLocation) -> Int {
    guard case .file(let path) = location, case .regular(_, let size) = FileType(at: path) else { return 0 }
    return size / 1_000_000
  }

  /// Counts a part's rows and keeps, or throws, what is wrong with them.
  private mutating func take(_ part: Part) throws {
    for row in part.rejects { rejects.append(row, of: table) }
    for (name, isNumber) in part.numbersOnly { numbersOnly[name] = isNumber && numbersOnly[name] ?? true }
    switch part.unscorable {
    case .failure(let error): throw CommandError(error.complaint(at: SourcePlace(file: table)))
    case .success(let bad):
      for bad in bad {
        let complaint = bad.error.complaint(at: SourcePlace(file: table, line: bad.line))
        if onBadRow == .stop { throw CommandError(complaint) }
        rejects.append(file: table, line: bad.line, reason: complaint, row: bad.text)
      }
      rows += part.rowCount - bad.count
    }
  }

  private func checked(_ body: () throws(ScoringError) -> Void) throws {
    do throws(ScoringError) {
      try body()
    } catch {
      throw CommandError(error.complaint(at: SourcePlace(file: table)))
    }
  }

  /// What was done, in a line for standard error.
  func note(out: String, _ badRows: BadRowArguments) -> String {
    var text = "\(out): \(rows) accounts scored"
    if rejects.count > 0 {
      text += ", \(rejects.count) rows left out" + (badRows.rejects.map { " (see \($0))" } ?? "")
    }
    return text + "\n"
  }
}

/// Some rows scored, on whichever thread.
private struct Part: Sendable {
  struct BadRow: Sendable {
    let line: Int?
    let text: String
    let error: ScoringError
  }

  var csv = CSVText()
  let rejects: [RejectedRow]
  let rowCount: Int
  /// Of the text that was read.
  let byteCount: Int
  /// For inputs that are text to the models, where there is any: whether it is nothing but numbers.
  let numbersOnly: [String: Bool]
  let unscorable: Result<[BadRow], ScoringError>

  init(_ chunk: TableChunk, _ sheet: ScoreSheet) {
    rejects = chunk.rejects
    numbersOnly = sheet.numbersOnly(chunk.table)
    rowCount = chunk.rowCount
    byteCount = chunk.byteCount
    var csv = CSVText(capacity: chunk.rowCount * 64)
    unscorable = Result { () throws(ScoringError) in
      let bad = try sheet.append(chunk.table, to: &csv) { chunk.appendPassed(row: $0, to: &$1) }
      return zip(bad, chunk.lines(of: bad.map(\.row))).map { bad, line in
        BadRow(line: line, text: chunk.text(of: bad.row), error: bad.error)
      }
    }
    self.csv = csv
  }
}

/// Bytes that wait in a temporary file, which has no name by then, until all of them are there.
private struct Spool: Sendable {
  private let file: FileHandle

  init() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "pulso-\(UUID().uuidString)").path
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forUpdatingAtPath: path)
    else {
      throw CommandError(
        .cannotCreate, at: SourcePlace(file: path), "no temporary file can be made",
        hint: "name a folder that can be written with TMPDIR, or give --out a file")
    }
    try? FileManager.default.removeItem(atPath: path)
    file = handle
  }

  func write(_ bytes: [UInt8]) throws { try file.write(contentsOf: bytes) }

  func copyToStandardOutput() throws {
    try file.seek(toOffset: 0)
    while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty {
      try AtomicFile.write(Array(bytes), to: .standardOutput)
    }
  }
}
