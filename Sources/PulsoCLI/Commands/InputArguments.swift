import ArgumentParser
import SQLTables
import Tables

/// How a command reads its tables.
struct InputArguments: ParsableArguments {
  @Option(help: "How numbers are written: point (1234.56) or comma (1.234,56).")
  var numbers: NumberLocale = .point
  @OptionGroup var badRows: BadRowArguments
  @Option(help: "Threads; results are the same for any number.")
  var threads: Int?

  var threadCount: Int { max(1, threads ?? Processors.count) }

  func validate() throws {
    if let threads { try Self.check(threads: threads) }
  }

  static func check(threads: Int) throws {
    guard (1...1024).contains(threads) else { throw ValidationError("--threads must be 1 to 1024") }
  }

  /// Reads a whole table; `idColumns` stay text whatever they look like.
  func read(_ argument: String, idColumns: [String]) throws -> Table {
    var options = ReadOptions()
    for column in idColumns { options.kinds[column] = .text }
    var rejects = RejectsFile()
    let table = try read(argument, options: options, rejects: &rejects)
    try badRows.write(rejects)
    return table
  }

  /// Reads one of several tables; the rows left out are added to `rejects`.
  func read(_ argument: String, options: ReadOptions, rejects: inout RejectsFile) throws -> Table {
    var options = options
    options.locale = numbers
    options.onBadRow = badRows.policy
    options.threads = threadCount
    let reading = try TableSource.read(argument, options: options)
    if !reading.rejects.isEmpty {
      StandardError.note("\(reading.rejects.count) bad rows of \(argument) left out")
    }
    for row in reading.rejects { rejects.append(row, of: argument) }
    return reading.table
  }
}
