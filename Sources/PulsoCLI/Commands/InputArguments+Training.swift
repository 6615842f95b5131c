import SQLTables
import Tables

extension InputArguments {
  /// Reads a table to train on. A column of numbers but for a few cells would be text, and each number a level: such
  /// columns are read again as the numbers that they are meant to be, so that the odd cells are bad rows, which stop
  /// the run with their line or are left out.
  func readTraining(_ argument: String, idColumns: [String], others: Set<String>) throws -> Table {
    let table = try read(argument, idColumns: idColumns)
    let wanted = table.columns.filter { !idColumns.contains($0.name) && !others.contains($0.name) }
    let damaged = wanted.filter(Self.isNumbersButForAFew).map(\.name)
    guard let first = damaged.first else { return table }
    guard case .file = try TableLocation(argument) else {
      throw CommandError(
        .badData, at: SourcePlace(file: argument, column: first),
        "all but a few values are numbers, the others are text",
        hint:
          "mend them, read the table from a file to see their lines, or leave the column out with --exclude")
    }
    var options = ReadOptions()
    for column in idColumns { options.kinds[column] = .text }
    for column in damaged { options.kinds[column] = .numeric }
    var rejects = RejectsFile()
    let again = try read(argument, options: options, rejects: &rejects)
    try badRows.write(rejects)
    return again
  }

  /// At least twenty different numbers, and at most one value in fifty, and no more than a hundred, that is none. What
  /// an inferred column takes for an identifier is no number: a leading zero or plus, an exponent, over 15 digits.
  private static func isNumbersButForAFew(_ column: Column) -> Bool {
    guard case .text(let coded) = column.values else { return false }
    let isNumber = coded.levels.map { level in
      let digits = level.drop { $0 == "-" }
      let isCode = digits.first == "0" && digits.dropFirst().first?.isNumber == true
      return !isCode && digits.utf8.count <= 16 && digits.utf8.allSatisfy { $0 != 0x2B && $0 | 0x20 != 0x65 }
        && Double(level.replacing(",", with: ".")) != nil
    }
    guard isNumber.count(where: { $0 }) >= 20 else { return false }
    var numbers = 0
    var others = 0
    for code in coded.codes where code >= 0 {
      if isNumber[Int(code)] { numbers += 1 } else { others += 1 }
    }
    return others <= min(100, numbers / 50)
  }
}
