/// How a table is written.
public struct CSVOptions: Sendable {
  public var separator: UInt8
  /// Puts `'` before a text that starts with `=`, `+`, `-` or `@`, a tab or a line break, so that a
  /// spreadsheet does not run it as a formula. Numbers are never changed.
  public var spreadsheetSafe: Bool

  public init(separator: UInt8 = UInt8(ascii: ","), spreadsheetSafe: Bool = false) {
    self.separator = separator
    self.spreadsheetSafe = spreadsheetSafe
  }
}
