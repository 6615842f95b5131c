// The one file of this room that holds pointers. Through GRDB every argument and every column becomes an
// enumeration with a copy of its text, looked up again for each row: of the 44 seconds that a night of a
// million accounts took, 30 went there. Nothing of what is unsafe leaves this file.

internal import GRDB
internal import GRDBSQLite

/// A prepared statement, bound and read by SQLite's own functions. Lives within the access to the database that
/// it was made in. Parameters count from 1 and keep their values from one run to the next; columns count from 0.
@safe final class SQLStatement {
  private let connection: OpaquePointer
  private let statement: OpaquePointer
  /// A place for the text of each parameter, where it is a short one: SQLite is told of it and need not allocate.
  private let slots: UnsafeMutablePointer<CChar>
  private let parameterCount: Int32
  private static let slotSize = 32

  init(_ database: Database, _ sql: String) throws {
    guard let connection = unsafe database.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE)
    }
    var compiled: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, sql, -1, &compiled, nil)
    guard code == SQLITE_OK, let statement = unsafe compiled else {
      throw unsafe Self.error(connection, code)
    }
    unsafe self.connection = connection
    unsafe self.statement = statement
    parameterCount = unsafe sqlite3_bind_parameter_count(statement)
    unsafe slots = .allocate(capacity: Int(parameterCount) * Self.slotSize)
  }

  deinit {
    unsafe sqlite3_finalize(statement)
    unsafe slots.deallocate()
  }

  // MARK: Parameters

  func bind(_ parameter: Int32, _ value: Double?) {
    if let value {
      unsafe sqlite3_bind_double(statement, parameter, value)
    } else {
      unsafe sqlite3_bind_null(statement, parameter)
    }
  }

  func bind(_ parameter: Int32, _ value: Int?) {
    if let value {
      unsafe sqlite3_bind_int64(statement, parameter, Int64(value))
    } else {
      unsafe sqlite3_bind_null(statement, parameter)
    }
  }

  func bind(_ parameter: Int32, _ value: String?) {
    guard var value else {
      unsafe sqlite3_bind_null(statement, parameter)
      return
    }
    precondition((1...parameterCount).contains(parameter))
    value.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        guard text.count <= Self.slotSize else {
          unsafe sqlite3_bind_text(statement, parameter, text.baseAddress, Int32(text.count), Self.copied)
          return
        }
        let slot = unsafe slots + Int(parameter - 1) * Self.slotSize
        if let start = text.baseAddress { unsafe slot.update(from: start, count: text.count) }
        unsafe sqlite3_bind_text(statement, parameter, slot, Int32(text.count), nil)
      }
    }
  }

  func bind(_ parameter: Int32, _ value: [UInt8]) {
    unsafe value.withUnsafeBytes { bytes in
      _ = unsafe sqlite3_bind_blob64(
        statement, parameter, bytes.baseAddress, sqlite3_uint64(bytes.count), Self.copied)
    }
  }

  /// SQLite copies what is bound so.
  private static var copied: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  // MARK: Rows

  /// Runs the statement to its end.
  func run() throws {
    while try step() {}
  }

  /// The next row; false at the end, from where the statement can run again.
  func step() throws -> Bool {
    let code = unsafe sqlite3_step(statement)
    if code == SQLITE_ROW { return true }
    unsafe sqlite3_reset(statement)
    guard code == SQLITE_DONE else { throw unsafe Self.error(connection, code) }
    return false
  }

  /// Gives up the rows that are left.
  func reset() { unsafe sqlite3_reset(statement) }

  func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(statement, column) == SQLITE_NULL }

  func double(_ column: Int32) -> Double? {
    isNull(column) ? nil : unsafe sqlite3_column_double(statement, column)
  }

  func int(_ column: Int32) -> Int { Int(unsafe sqlite3_column_int64(statement, column)) }

  func text(_ column: Int32) -> String? {
    guard let bytes = unsafe sqlite3_column_text(statement, column) else { return nil }
    let count = Int(unsafe sqlite3_column_bytes(statement, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  func blob(_ column: Int32) -> [UInt8] {
    let count = Int(unsafe sqlite3_column_bytes(statement, column))
    guard count > 0, let bytes = unsafe sqlite3_column_blob(statement, column) else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  private static func error(_ connection: OpaquePointer, _ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) })
  }
}
