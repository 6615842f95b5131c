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

  func write(to path: String) throws {
    try AtomicFile.write(csv.bytes, to: OutputLocation(path))
  }
}
