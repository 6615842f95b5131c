/// What is odd about a table: counted and said, never swallowed (DAT-07).
public struct TableFindings: Sendable, Equatable, Encodable {
  public let table: String
  public internal(set) var rows = 0
  /// Rows that the table's own filter left out.
  public internal(set) var filteredOut = 0
  /// Rows without a date; they are left out.
  public internal(set) var withoutDate = 0
  /// Rows whose key is blank or leads to no account; they are left out.
  public internal(set) var orphanRows = 0
  /// Distinct keys, and how many of them lead to an account.
  public internal(set) var keys = 0
  public internal(set) var matchedKeys = 0
  /// The keys that lead nowhere, sorted, at most ``orphanLimit``.
  public internal(set) var orphans: [String] = []
  /// Rows beyond the first with the same id; all are kept.
  public internal(set) var duplicateIDs = 0
  public internal(set) var duplicateExamples: [String] = []
  /// Rows dated before their account (or the row they go through) began.
  public internal(set) var beforeStart = 0
  /// Rows dated after the row they go through ended.
  public internal(set) var afterEnd = 0
  /// Rows that end before they begin; they never run.
  public internal(set) var endBeforeStart = 0

  static let orphanLimit = 100
  static let exampleLimit = 10

  init(table: String) {
    self.table = table
  }

  /// Between 0 and 1; 1 for a table without keys.
  public var matchRate: Double { keys == 0 ? 1 : Double(matchedKeys) / Double(keys) }

  public var isClean: Bool {
    withoutDate + orphanRows + duplicateIDs + beforeStart + afterEnd + endBeforeStart == 0
  }
}

/// How two definitions of one outcome agree, account by account.
public struct OutcomeAgreement: Sendable, Equatable, Encodable {
  public let first: String
  public let second: String
  public let both: Int
  public let onlyFirst: Int
  public let onlySecond: Int
  public let neither: Int

  public var accounts: Int { both + onlyFirst + onlySecond + neither }

  /// Cohen's kappa: agreement beyond what the two shares alone would give; 1 perfect, 0 chance, nil where
  /// both always say the same one thing.
  public var kappa: Double? {
    let n = Double(accounts)
    let agreed = Double(both + neither) / n
    let a = Double(both + onlyFirst) / n
    let b = Double(both + onlySecond) / n
    let chance = a * b + (1 - a) * (1 - b)
    return chance < 1 ? (agreed - chance) / (1 - chance) : nil
  }
}
