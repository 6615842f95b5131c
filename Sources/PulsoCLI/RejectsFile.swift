import Accounts
import Tables

/// The rows that a command left out, as a table: the file and line they stood on, why, and the row itself.
struct RejectsFile {
  private var csv = CSVText()
  private(set) var count = 0

  init() {
    for name in ["file", "line", "reason", "row"] { csv.text(name) }
    csv.endRow()
  }

  mutating func append(file: String, line: Int?, reason: Complaint, row: String) {
    csv.text(file)
    if let line { csv.integer(line) } else { csv.missing() }
    csv.text((reason.place.column.map { "\($0): " } ?? "") + reason.message)
    csv.text(row)
    csv.endRow()
    count += 1
  }

  mutating func append(_ rejected: RejectedRow, of file: String) {
    append(file: file, line: rejected.line, reason: rejected.reason.complaint, row: rejected.text)
  }

  /// The rows that could not be read, and those that are no accounts, in the order of their lines.
  init(_ reading: TableReading, of file: String, _ errors: [AccountsError]) {
    self.init()
    var rows = reading.rejects.map { (line: Optional($0.line), reason: $0.reason.complaint, text: $0.text) }
    let places = reading.places?.rows(errors.map { $0.row ?? 0 }) ?? errors.map { _ in nil }
    for (error, place) in zip(errors, places) {
      rows.append((place?.line, error.complaint(at: SourcePlace(line: place?.line)), place?.text ?? ""))
    }
    for row in rows.sorted(by: { ($0.line ?? 0) < ($1.line ?? 0) }) {
      append(file: file, line: row.line, reason: row.reason, row: row.text)
    }
  }

  func write(to path: String) throws {
    try AtomicFile.write(csv.bytes, to: OutputLocation(path))
  }
}
