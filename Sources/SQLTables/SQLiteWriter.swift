import GRDB
import Tables

/// Writes a table into an SQLite file, replacing a table of that name, in one transaction: readers see the
/// old one or the new one. Numbers become REAL, booleans INTEGER 0 and 1, texts and ISO 8601 dates TEXT.
struct SQLiteWriter {
  let file: String
  let table: String

  func write(_ values: Tables.Table) throws(OutputError) {
    let queue: DatabaseQueue
    do {
      queue = try DatabaseQueue(path: file)
    } catch {
      throw .cannotCreate(file: file, reason: Self.reason(error))
    }
    do {
      try queue.write { database in
        let name = table.asSQLIdentifier
        let columns = values.columns.map { "\($0.name.asSQLIdentifier) \(Self.type($0.kind))" }
        try database.execute(sql: "DROP TABLE IF EXISTS \(name)")
        try database.execute(sql: "CREATE TABLE \(name) (\(columns.joined(separator: ", ")))")
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let insert = try database.makeStatement(sql: "INSERT INTO \(name) VALUES (\(places))")
        for row in 0..<values.rowCount {
          try insert.execute(arguments: StatementArguments(values.columns.map { Self.value($0.values, row) }))
        }
      }
    } catch {
      throw .inputOutput(file: file, reason: Self.reason(error))
    }
  }

  private static func type(_ kind: ColumnKind) -> String {
    switch kind {
    case .numeric: "REAL"
    case .boolean: "INTEGER"
    case .text, .date: "TEXT"
    }
  }

  private static func value(_ values: ColumnValues, _ row: Int) -> DatabaseValue {
    if values.isMissing(row) { return .null }
    return switch values {
    case .numeric(let numbers): numbers[row].databaseValue
    case .text(let texts): texts[row]?.databaseValue ?? .null
    case .boolean(let flags): (flags[row] == 1).databaseValue
    case .date(let dates):
      Dates.iso8601(dates.seconds[row], hasTimeOfDay: dates.hasTimeOfDay).databaseValue
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "\(error)"
  }
}
