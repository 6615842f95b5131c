import Foundation
import Scoring
import SQLTables
import Tables

/// A table scored: the bytes of the score file and the rows that have no score.
struct ScoreFile {
  let rejects: RejectsFile
  private let csv: CSVText
  private let rows: Int

  init(sheet: ScoreSheet, table: String, onBadRow: BadRowPolicy, threads: Int) throws {
    let options = ReadOptions(
      kinds: sheet.kinds, wanted: Set(sheet.kinds.keys), onBadRow: onBadRow, threads: threads)
    let reading = try TableSource.read(table, options: options)
    var rejects = RejectsFile()
    for row in reading.rejects { rejects.append(row) }
    var csv = CSVText()
    sheet.appendHeader(to: &csv)
    let unscorable: [UnscorableRow]
    do {
      unscorable = try sheet.append(reading.table, to: &csv)
    } catch {
      throw CommandError(error.complaint(at: SourcePlace(file: table)))
    }
    for bad in unscorable {
      let complaint = bad.error.complaint(at: SourcePlace(file: table))
      if onBadRow == .stop { throw CommandError(complaint) }
      rejects.append(line: nil, reason: complaint, row: "")
    }
    self.rejects = rejects
    self.csv = csv
    rows = reading.table.rowCount - unscorable.count
  }

  func write(to location: OutputLocation) throws {
    try AtomicFile.write(csv.bytes, to: location)
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

/// A line on standard error that is no error.
struct Note {
  let text: String

  init(_ text: String) { self.text = text }

  func print() {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}
