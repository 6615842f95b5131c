import Tables

extension TableError: Complaining {
  var complaint: Complaint {
    let place = place ?? SourcePlace()
    return switch self {
    case .unequalColumns(let name, let count, let expected):
      Complaint(.defect, "column \(name) has \(count) rows where \(expected) were expected")
    case .duplicateColumn(let name, _):
      Complaint(
        .badData, at: place, "the header names the column \(name) twice", hint: "rename one of the two")
    case .unknownColumn(let name, let known, _):
      Complaint(
        .badData, at: place, "there is no column \(name)", hint: "the table has \(Self.list(known))")
    case .badLocation(let argument):
      Complaint(
        .usage, "\(Self.quoted(argument)) names no table",
        hint: "give a path, - for standard input, sqlite:FILE?table=NAME or sqlite:FILE?query=SELECT…")
    case .missingFile:
      Complaint(
        .noInput, at: place, "there is no such file",
        hint: "paths count from the folder that the command runs in")
    case .isDirectory:
      Complaint(.noInput, at: place, "this is a folder, not a table", hint: "name the file inside it")
    case .unreadable(_, let reason):
      Complaint(
        .inputOutput, at: place, "cannot be read: \(reason)",
        hint: "see to its permissions and to the disk")
    case .emptyFile:
      Complaint(.badData, at: place, "the file is empty", hint: "a table starts with a line of column names")
    case .notText(_, let signature):
      Complaint(.badData, at: place, "this is \(signature.name), not UTF-8 text", hint: signature.remedy)
    case .database(_, let reason):
      Complaint(
        .badData, at: place, reason, hint: "see what the database has, for instance with sqlite3 FILE .schema"
      )
    case .raggedRow(let found, let expected, _):
      Complaint(
        .badData, at: place, "found \(Self.cells(found)) where the header has \(expected)",
        hint: "quote cells that contain the separator, or leave such rows out with --on-bad-row skip")
    case .unclosedQuote:
      Complaint(
        .badData, at: place, "a quote opened here is never closed",
        hint: "close it, or write a quote inside a quoted cell twice")
    case .textAfterQuote:
      Complaint(
        .badData, at: place, "text follows a closing quote", hint: "write a quote inside a quoted cell twice")
    case .nulByte:
      Complaint(
        .badData, at: place, "the text contains a NUL byte", hint: "save the table as UTF-8 text, not UTF-16")
    case .invalidUTF8:
      Complaint(
        .badData, at: place, "the text is not UTF-8",
        hint: "convert it, for instance with iconv -f WINDOWS-1252 -t UTF-8")
    case .rowTooLong(let limit, _):
      Complaint(
        .badData, at: place, "a row is longer than \(limit >> 20) MB", hint: "look for a quote never closed")
    case .notFinite(let text, _):
      Complaint(
        .badData, at: place, "\(Self.quoted(text)) is not a finite number",
        hint: "leave the cell empty where the value is not known")
    case .wrongKind(let text, let expected, _):
      Complaint(.badData, at: place, "\(Self.quoted(text)) is not \(expected.phrase)", hint: expected.remedy)
    case .tooManyLevels:
      Complaint(.badData, at: place, "the column has more than two thousand million distinct texts")
    }
  }

  private static func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }

  /// At most 60 characters of what a cell contains.
  private static func quoted(_ text: String) -> String {
    "\"\(text.count > 60 ? text.prefix(60) + "…" : text[...])\""
  }

  /// At most 40 names.
  private static func list(_ names: [String]) -> String {
    names.count <= 40
      ? names.joined(separator: ", ")
      : names.prefix(40).joined(separator: ", ") + " and \(names.count - 40) more"
  }
}

extension FileSignature {
  fileprivate var name: String {
    switch self {
    case .utf16: "UTF-16"
    case .utf32: "UTF-32"
    case .gzip: "gzip-compressed"
    case .zip: "a zip archive or a spreadsheet"
    case .zstandard: "Zstandard-compressed"
    case .sqlite: "an SQLite database"
    case .parquet: "a Parquet file"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .utf16: "convert it with iconv -f UTF-16 -t UTF-8"
    case .utf32: "convert it with iconv -f UTF-32 -t UTF-8"
    case .gzip: "pipe it: gunzip -c FILE.gz | pulso … -"
    case .zip: "save the sheet as CSV UTF-8"
    case .zstandard: "pipe it: zstd -dc FILE.zst | pulso … -"
    case .sqlite: "name a table in it: sqlite:FILE?table=NAME"
    case .parquet: "export it as CSV"
    }
  }
}

extension ColumnKind {
  fileprivate var phrase: String {
    switch self {
    case .numeric: "a number"
    case .text: "a text"
    case .boolean: "true or false"
    case .date: "a date"
    }
  }

  fileprivate var remedy: String? {
    switch self {
    case .numeric:
      "numbers are written 1234.56, with --numbers comma 1.234,56; --on-bad-row skip leaves such rows out"
    case .text: nil
    case .boolean: "write true, false or nothing"
    case .date: "dates are written 2024-02-29 or 2024-02-29T10:00:00Z"
    }
  }
}
