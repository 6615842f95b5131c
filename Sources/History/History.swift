internal import Foundation
internal import GRDB

/// The memory between nights: one SQLite file with every run, every standing that ever held, every event and
/// every decision that a person took.
///
/// Readers see whole runs only (write-ahead log, one transaction a run). A second writer waits for
/// `patience` and then says so.
public struct History: Sendable {
  public enum Access: Sendable {
    /// The file has to be there.
    case read
    /// Creates the file where there is none.
    case write
  }

  public let path: String
  let queue: DatabaseQueue
  let patience: Double

  /// Opens the file and brings its schema up to date. A file that isn't a history is never touched.
  public init(path: String, access: Access, patience seconds: Double = 10) throws(HistoryError) {
    if access == .read, !FileManager.default.fileExists(atPath: path) { throw .missing(path: path) }
    self.path = path
    patience = seconds
    var configuration = Configuration()
    configuration.busyMode = .timeout(seconds)
    configuration.label = "history"
    // A night of a large book stays in memory until it is written.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -131072") }
    queue = try Self.mapping(path, seconds) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { try Self.checkIdentity($0, path) }
      if try queue.read({ try Self.migrator.hasBeenSuperseded($0) }) {
        throw HistoryError.newerVersion(path: path)
      }
      if try !queue.read({ try Self.migrator.hasCompletedMigrations($0) }) {
        // Our mark before the first table: killed in between, the file still is ours.
        try queue.writeWithoutTransaction {
          try $0.execute(sql: "PRAGMA application_id = \(Self.mark); PRAGMA journal_mode = WAL")
        }
        try Self.migrator.migrate(queue)
      }
      return queue
    }
  }

  /// A database with tables but without our mark is somebody else's.
  private static func checkIdentity(_ database: Database, _ path: String) throws {
    let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard mark == Self.mark || (mark == 0 && tables == 0) else { throw HistoryError.notAHistory(path: path) }
  }

  func reading<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    try Self.mapping(path, patience) { try queue.read(body) }
  }

  /// `body` in one transaction that holds the file from its first statement.
  func writing<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    try Self.mapping(path, patience) { try queue.write(body) }
  }

  private static func mapping<Value>(_ path: String, _ seconds: Double, _ body: () throws -> Value)
    throws(HistoryError) -> Value
  {
    do {
      return try body()
    } catch let error as HistoryError {
      throw error
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw .locked(path: path, seconds: seconds)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: throw .notAHistory(path: path)
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
        throw .cannotCreate(path: path, reason: error.message ?? "the file cannot be opened")
      default: throw .inputOutput(path: path, reason: error.message ?? "\(error.resultCode)")
      }
    } catch {
      throw .inputOutput(path: path, reason: "\(error)")
    }
  }
}
