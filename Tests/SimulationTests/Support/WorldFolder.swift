import Calendar
import Simulation
import Tables

/// A world's tables as a reader sees them.
struct WorldFolder {
  let path: String

  func table(_ table: WorldTable) throws -> Table {
    try Table.read(.file("\(path)/\(table.fileName)")).table
  }
}

extension Table {
  func text(_ name: String) throws -> [String?] {
    let column = try column(name)
    guard case .text(let texts) = column.values else { throw UnexpectedKind(name: name, kind: column.kind) }
    return (0..<rowCount).map { texts[$0] }
  }

  /// Missing ones are NaN.
  func numbers(_ name: String) throws -> [Double] {
    let column = try column(name)
    guard case .numeric(let values) = column.values else {
      throw UnexpectedKind(name: name, kind: column.kind)
    }
    return values
  }

  func flags(_ name: String) throws -> [Bool] {
    let column = try column(name)
    guard case .boolean(let values) = column.values else {
      throw UnexpectedKind(name: name, kind: column.kind)
    }
    return values.map { $0 == 1 }
  }

  /// Days since 1970; nil where missing.
  func days(_ name: String) throws -> [Int?] {
    let column = try column(name)
    guard case .date(let dates) = column.values else { throw UnexpectedKind(name: name, kind: column.kind) }
    return dates.seconds.map { $0 == Dates.missing ? nil : Int($0 / 86_400) }
  }
}

struct UnexpectedKind: Error {
  let name: String
  let kind: ColumnKind
}
