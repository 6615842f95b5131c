extension String {
  /// As an SQL identifier, whatever it contains: quotes inside are doubled (GRDB's own quoting leaves them).
  var asSQLIdentifier: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
