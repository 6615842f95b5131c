import Foundation
import SQLTables
import Scoring
import Tables

/// A table scored into a file, block by block: memory stays flat however long the table is.
struct ScoreFile {
  let sheet: ScoreSheet
  /// As the user named it.
  let table: String
  let onBadRow: BadRowPolicy
  let threads: Int
  private(set) var rejects = RejectsFile()
  private(set) var rows = 0

  init(sheet: ScoreSheet, table: String, onBadRow: BadRowPolicy, threads: Int) {
    self.sheet = sheet
    self.table = table
    self.onBadRow = onBadRow
    self.threads = threads
  }

  /// Scores everything. A file appears when all is done; on standard output too nothing appears before, which
  /// costs the memory of the scores, and so it does where they go into a database.
  mutating func write(to output: String) throws {
    let location = try TableLocation(table)
    if output.hasPrefix("sqlite:") {
      var bytes: [UInt8] = []
      try score(location) { bytes += $0 }
      let scores = try Table.read(
        csv: bytes, name: output, options: ReadOptions(kinds: sheet.id.map { [$0: .text] } ?? [:]))
      return try TableSink.write(scores.table, to: output)
    }
    switch OutputLocation(output) {
    case .file(let path):
      var file = try AtomicFile(path: path)
      try score(location) { try file.write($0) }
      try file.commit()
    case .standardOutput:
      var bytes: [UInt8] = []
      try score(location) { bytes += $0 }
      try AtomicFile.write(bytes, to: .standardOutput)
    }
  }

  private mutating func score(_ location: TableLocation, _ emit: ([UInt8]) throws -> Void) throws {
    var header = CSVText()
    sheet.appendHeader(to: &header)
    try emit(header.bytes)
    if case .sqlite = location {
      try scoreAtOnce(emit)
    } else {
      try scoreInChunks(location, emit)
    }
  }

  private mutating func scoreInChunks(_ location: TableLocation, _ emit: ([UInt8]) throws -> Void) throws {
    let options = ReadOptions(kinds: sheet.kinds, wanted: sheet.inputs, onBadRow: onBadRow)
    let sheet = sheet
    var chunks = try TableChunks(location, passing: sheet.id, options: options)
    try checked { () throws(ScoringError) in try sheet.check(columns: chunks.header) }
    while true {
      let parts = try chunks.next(threads: threads) { chunk in Part(chunk, sheet) }
      if parts.isEmpty { return }
      for part in parts {
        try take(part)
        try emit(part.csv.bytes)
      }
    }
  }

  private mutating func scoreAtOnce(_ emit: ([UInt8]) throws -> Void) throws {
    let options = ReadOptions(
      kinds: sheet.kinds, wanted: sheet.inputs.map { $0.union(sheet.kinds.keys) }, onBadRow: onBadRow,
      threads: threads)
    let reading = try TableSource.read(table, options: options)
    try checked { () throws(ScoringError) in try sheet.check(columns: reading.table.columnNames) }
    let part = Part(reading, sheet)
    try take(part)
    try emit(part.csv.bytes)
  }

  /// Counts a part's rows and keeps, or throws, what is wrong with them.
  private mutating func take(_ part: Part) throws {
    for row in part.rejects { rejects.append(row, of: table) }
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
  func note(out: String, _ badRows: BadRowArguments) -> Note {
    var text = "\(out): \(rows) accounts scored"
    if rejects.count > 0 {
      text += ", \(rejects.count) rows left out" + (badRows.rejects.map { " (see \($0))" } ?? "")
    }
    return Note(text)
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
  let unscorable: Result<[BadRow], ScoringError>

  init(_ chunk: TableChunk, _ sheet: ScoreSheet) {
    rejects = chunk.rejects
    rowCount = chunk.rowCount
    var csv = CSVText(capacity: chunk.rowCount * 64)
    unscorable = Result { () throws(ScoringError) in
      let bad = try sheet.append(chunk.table, to: &csv) { chunk.appendPassed(row: $0, to: &$1) }
      return zip(bad, chunk.lines(of: bad.map(\.row))).map { bad, line in
        BadRow(line: line, text: chunk.text(of: bad.row), error: bad.error)
      }
    }
    self.csv = csv
  }

  init(_ reading: TableReading, _ sheet: ScoreSheet) {
    rejects = reading.rejects
    rowCount = reading.table.rowCount
    var csv = CSVText()
    let table = reading.table
    unscorable = Result { () throws(ScoringError) in
      try sheet.append(table, to: &csv).map { BadRow(line: nil, text: "", error: $0.error) }
    }
    self.csv = csv
  }
}

/// A line on standard error that is no error.
struct Note {
  let text: String

  init(_ text: String) { self.text = text }

  func print() {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}
