import Accounts
import Tables

extension AccountsError: Complaining {
  var complaint: Complaint {
    switch self {
    case .noID(let columns):
      Complaint(
        .badData, "no column is an account id by its name; there are \(columns.joined(separator: ", "))",
        hint: "name it with --id COLUMN, or in the configuration under segment.columns.account_id")
    case .unknownColumn(let field, let column, let columns):
      Complaint(
        .badData, at: SourcePlace(column: field), "there is no column \(column)",
        hint: "the table has \(columns.joined(separator: ", "))")
    case .unknownField(let name, let known):
      Complaint(
        .badConfiguration, at: SourcePlace(column: "segment.columns.\(name)"), "no such account field",
        hint: "the fields are \(known.joined(separator: ", "))")
    case .badExpression(let field, let text):
      Complaint(
        .badConfiguration, at: SourcePlace(column: "segment.columns.\(field)"), "“\(text)” can't be read",
        hint: "write COLUMN, COLUMN * NUMBER or COLUMN / NUMBER, as in MonthlyCharges * 12")
    case .ownRevenueAsARR(let column):
      Complaint(
        .badConfiguration, at: SourcePlace(column: "segment.columns.arr"),
        "\(column) is what the customer itself earns, not what it pays you",
        hint: "map arr to your recurring revenue from the account, such as ARR or MRR * 12")
    case .missingID(let row, let column):
      Complaint(
        .badData, at: SourcePlace(column: column), "row \(row) has no account id",
        hint: "fill it in, or leave such rows out with --on-bad-row skip")
    case .badCell(let field, let column, let row, let text, let expected):
      Complaint(
        .badData, at: SourcePlace(column: column),
        "row \(row): “\(text)” is not \(expected) (read as \(field))",
        hint: "correct it, map another column under segment.columns.\(field), or use --on-bad-row skip")
    case .noScores(let columns):
      Complaint(
        .badData,
        "this is no scores table: it has neither churn_risk nor expansion_potential, but "
          + columns.joined(separator: ", "),
        hint: "`pulso score` writes one")
    case .duplicateScore(let id):
      Complaint(
        .badData, "the scores name the account \(id) twice", hint: "keep one row an account, the latest")
    case .duplicateHeader(let name):
      Complaint(.usage, "two columns would be called \(name)", hint: "give --id-header another name")
    case .noSegments(let missing, let columns):
      Complaint(
        .badData, at: SourcePlace(column: missing),
        "this is no segments table: there is no such column among \(columns.joined(separator: ", "))",
        hint: "`pulso segment` writes one")
    }
  }
}
