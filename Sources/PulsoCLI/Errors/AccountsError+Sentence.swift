import Accounts
import Segmentation
import Tables

extension AccountsError: Complaining {
  var complaint: Complaint { complaint(at: SourcePlace()) }

  /// The complaint about a row whose place is known.
  func complaint(at place: SourcePlace) -> Complaint {
    let row = place.line == nil ? self.row.map { "row \($0 + 1): " } ?? "" : ""
    return switch self {
    case .noID(let columns):
      Complaint(
        .badData, at: place,
        "no column is an account id by its name; there are \(columns.joined(separator: ", "))",
        hint: "name it with --id COLUMN, or in the configuration under segment.columns.account_id")
    case .unknownColumn(let field, let column, let columns):
      Complaint(
        .badData, at: place.in(field), "there is no column \(column)",
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
    case .noScores(let columns):
      Complaint(
        .badData, at: place,
        "this is no scores table: it has neither churn_risk nor expansion_potential, but "
          + columns.joined(separator: ", "),
        hint: "`pulso score` writes one")
    case .duplicateHeader(let name):
      Complaint(.usage, "two columns would be called \(name)", hint: "give --id-header another name")
    case .noSegments(let missing, let columns):
      Complaint(
        .badData, at: SourcePlace(column: missing),
        "this is no segments table: there is no such column among \(columns.joined(separator: ", "))",
        hint: "`pulso segment` writes one")
    case .missingID(_, let column):
      Complaint(
        .badData, at: place.in(column), "\(row)no account id",
        hint: "fill it in, or leave such rows out with --on-bad-row skip")
    case .duplicateID(let id, _, let column):
      Complaint(
        .badData, at: place.in(column), "\(row)the account \(id) stands in an earlier row too",
        hint: "keep one row an account; to join departments to a company, set segment.unit: company")
    case .badCell(let field, let column, _, let text, let expected):
      Complaint(
        .badData, at: place.in(column), "\(row)“\(text)” is not \(expected) (read as \(field))",
        hint: "correct it, map another column under segment.columns.\(field), or use --on-bad-row skip")
    case .badAmount(let error, let field, let column, _):
      Complaint(
        .badData, at: place.in(column), "\(row)\(error.complaint.message) (read as \(field))",
        hint: error.complaint.hint)
    case .unknownWord(let word, let vocabulary, _, let column, _):
      Complaint(
        .badData, at: place.in(column),
        "\(row)“\(word)” is no word of the vocabulary \(vocabulary.rawValue), and means different things in others",
        hint: "state segment.vocabulary (\(Vocabulary.allCases.map(\.rawValue).joined(separator: ", "))), "
          + "or write codes such as tier_2 and shared")
    case .currenciesDiffer(let one, let other, _, let column):
      Complaint(
        .badData, at: place.in(column), "\(row)the amounts are stated in \(one) and in \(other)",
        hint: "state one currency an account")
    case .currencyWithoutRate(let currency, let target, let account, _, let column):
      Complaint(
        .badData, at: place.in(column),
        "\(row)account \(account) is in \(currency), the thresholds are in \(target)",
        hint: "state the rate in the configuration under segment.rates, as \(currency): 1.08, "
          + "or use another preset")
    }
  }
}

extension SourcePlace {
  fileprivate func `in`(_ column: String) -> SourcePlace {
    var place = self
    place.column = column
    return place
  }
}
