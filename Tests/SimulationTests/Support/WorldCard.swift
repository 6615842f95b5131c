import Foundation
import Simulation
import Tables

/// The card of a shipped world, written from its files: what `README.md` beside them must say.
struct WorldCard {
  let path: String
  let text: String

  init(path: String, buildCommand: String) throws {
    self.path = path
    let truth = try WorldTruth(json: Data(contentsOf: URL(filePath: "\(path)/truth.json")))
    let world = WorldFolder(path: path)
    var text = """
      # A small world

      An invented company that sells software by subscription, from \(truth.configuration.dataFrom) to \
      \(truth.configuration.dataUntil): what its systems recorded about \(truth.configuration.accounts) \
      accounts. No company or person in it exists. Outcomes were drawn month by month from a logistic law over \
      what the tables showed on the month's first day; `truth.json` holds the law, each feature's definition, \
      and what a perfect model would score.

      Rebuild it, byte for byte:

      ```
      \(buildCommand)
      ```

      | outcome | account-months | events | rate | attainable AUC | attainable log loss |
      |---|---|---|---|---|---|
      \(Self.line("leaving", truth.churn))
      \(Self.line("buying more", truth.expansion))

      | file | rows | bytes | SHA-256 |
      |---|---|---|---|

      """
    let files = WorldTable.allCases.map { ($0.fileName, truth.rows[$0.rawValue].map(String.init) ?? "") }
    for (name, rows) in files + [("truth.json", "")] {
      let bytes = try Data(contentsOf: URL(filePath: "\(path)/\(name)")).count
      text += "| \(name) | \(rows) | \(bytes) | `\(try Self.sha256(of: "\(path)/\(name)"))` |\n"
    }
    for table in WorldTable.allCases { text += try Self.section(table, rows: world.table(table)) }
    self.text = text
  }

  private static func line(_ name: String, _ law: WorldTruth.Law) -> String {
    func shown(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "" }
    return "| \(name) | \(law.atRisk) | \(law.events) | \(shown(law.rate)) | \(shown(law.attainableAuc)) "
      + "| \(shown(law.attainableLogLoss)) |"
  }

  private static func section(_ table: WorldTable, rows: Table) throws -> String {
    var text = """

      ## \(table.fileName)

      \(table.meaning)

      | column | meaning | unit | range | missing |
      |---|---|---|---|---|

      """
    for column in table.columns {
      let values = try rows.column(column.name).values
      let missing = (0..<rows.rowCount).count { values.isMissing($0) }
      text += "| \(column.name) | \(column.meaning) | \(column.unit ?? "") "
      text += "| \(try range(of: column, in: rows)) | \(missing) |\n"
    }
    return text
  }

  /// The codes a column may hold, or the least and greatest value that it does hold.
  private static func range(of column: WorldTable.Column, in rows: Table) throws -> String {
    switch column.values {
    case .codes(let codes): return codes.joined(separator: ", ")
    case .text: return "text"
    case .booleans: return "true, false"
    case .identifiers:
      let values = try rows.text(column.name).compactMap(\.self)
      return "\(Set(values).count) distinct, such as \(values.min() ?? "")"
    case .dates:
      let days = try rows.days(column.name).compactMap(\.self)
      return span(days.map { CalendarDate(daysSince1970: $0) })
    case .numbers:
      return span(try rows.numbers(column.name).filter { !$0.isNaN })
    case .integers:
      return span(try rows.numbers(column.name).filter { !$0.isNaN }.map { Int($0) })
    }
  }

  private static func span(_ values: [some Comparable & CustomStringConvertible]) -> String {
    guard let least = values.min(), let greatest = values.max() else { return "" }
    return "\(least) to \(greatest)"
  }

  /// What `sha256sum` says.
  static func sha256(of path: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sha256sum", path]
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(String(decoding: text, as: UTF8.self).prefix(64))
  }
}
