import Accounts
import SQLTables
import Tables

/// The results of a segmentation written for another tool. No cell can be run by a spreadsheet.
struct ExportFile {
  /// Locations, as the user named them.
  let segments: String
  let scores: String?
  let export: AccountExport
  /// When each account's tier was last looked at, by account; nil leaves it out.
  var reviews: [String: String]?

  /// Returns the number of rows.
  func write(to output: OutputLocation) throws -> Int {
    let options = AccountExport.readOptions
    let scored = try scores.map { try TableSource.read($0, options: options).table }
    let table = try export.table(
      segments: TableSource.read(segments, options: options).table, scores: scored, reviews: reviews)
    try table.write(to: output, options: CSVOptions(spreadsheetSafe: true))
    return table.rowCount
  }
}
