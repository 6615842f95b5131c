import Configuration
import Features
import Tables

extension FeatureError: Complaining {
  var complaint: Complaint {
    switch self {
    case .unknownTable(let name, let known, let user):
      Complaint(
        .badConfiguration, at: SourcePlace(column: user), "there is no table \(name)",
        hint: Self.suggestion(name, known, "the configuration has"))
    case .unknownColumn(let name, let known, let file, let user):
      Complaint(
        .badData, at: SourcePlace(file: file, column: name),
        "there is no such column" + (user.map { ", which \($0) reads" } ?? ""),
        hint: Self.suggestion(name, known, "the table has"))
    case .noAccounts:
      Complaint(
        .badConfiguration, "no table says who the accounts are",
        hint: "declare a table with role: accounts or role: subscriptions")
    case .twoTables(let role, let first, let second):
      Complaint(.badConfiguration, "\(first) and \(second) both have the role \(role)", hint: "keep one")
    case .missingDeclaration(let key, let table):
      Complaint(.badConfiguration, at: SourcePlace(column: table), "the key \(key) is needed here")
    case .duplicateFeature(let name):
      Complaint(
        .badConfiguration, at: SourcePlace(column: name), "two columns would have this name",
        hint: "give one of the features another name")
    case .unknownDivisor(let name, let feature, let known):
      Complaint(
        .badConfiguration, at: SourcePlace(column: feature), "per: there is no column \(name) further up",
        hint: Self.suggestion(name, known, "so far there are"))
    case .missingColumn(let feature, let aggregate):
      Complaint(.badConfiguration, at: SourcePlace(column: feature), "\(aggregate) needs a column")
    case .wrongKind(let column, let kind, let expected, let file, let user):
      Complaint(
        .badData, at: SourcePlace(file: file, column: column),
        "\(user) needs \(expected), not \(kind.rawValue)")
    case .filterValue(let value, let column, let kind, let file):
      Complaint(
        .badConfiguration, at: SourcePlace(file: file, column: column),
        "cannot be compared with “\(value)”", hint: "the column holds \(kind.rawValue) values")
    case .knowsTheFuture(let feature, let column, let table, let reason):
      Complaint(
        .badConfiguration, at: SourcePlace(column: feature),
        "the column \(column) of \(table) knows the future: \(reason.sentence)",
        hint: "leave the feature out, or declare the date from which on the column is known (known_at)")
    case .wrongTable(let feature, let expected):
      Complaint(.badConfiguration, at: SourcePlace(column: feature), "this aggregate needs \(expected)")
    case .tablesInCircle(let name):
      Complaint(
        .badConfiguration, at: SourcePlace(column: name), "through: the tables lead round in a circle")
    case .nobodyThere(let from, let to):
      Complaint(
        .badData,
        from == to ? "no account was there on \(from)" : "no account was there from \(from) to \(to)",
        hint: "an account is there when a subscription of its runs the day before; check the dates")
    }
  }

  private static func suggestion(_ name: String, _ known: [String], _ otherwise: String) -> String {
    nearestName(to: name, among: known).map { "did you mean \($0)?" }
      ?? "\(otherwise) \(known.joined(separator: ", "))"
  }
}

extension FutureKnowledge {
  fileprivate var sentence: String {
    switch self {
    case .labelSource: "the outcome is made from it"
    case .name: "its name tells of an ending, and nothing says when it was filled in"
    case .datedLater(let value, let asOf): "it holds \(value), which is not before \(asOf)"
    case .onlyBeforeTheEnd(let value, let rows, let share, let asOf):
      "it is \(value ?? "filled") in \(rows) rows, all of which ended after \(asOf), "
        + "as only \(Int((share * 100).rounded())) % of all rows did"
    }
  }
}

/// A feature's error with the place where the feature is declared.
struct PlacedFeatureError: Complaining {
  let error: FeatureError
  /// The places by feature.
  let places: [String: SourcePlace]

  var complaint: Complaint {
    var complaint = error.complaint
    guard complaint.place.file == nil else { return complaint }
    let name = complaint.place.column
    complaint.place = name.flatMap { places[$0] } ?? complaint.place
    return complaint
  }
}
