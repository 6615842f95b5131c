import Tables

extension FeaturePlan {
  /// Each pair of outcome definitions, over all accounts.
  func agreements(book: AccountBook, tables: [String: Table]) throws(FeatureError) -> [OutcomeAgreement] {
    var met: [[Bool]] = []
    for outcome in outcomes { met.append(try accounts(meeting: outcome, book: book, tables: tables)) }
    var result: [OutcomeAgreement] = []
    for first in met.indices {
      for second in met.indices where second > first {
        var counts = [0, 0, 0, 0]
        for account in 0..<book.accounts.count {
          counts[(met[first][account] ? 0 : 2) + (met[second][account] ? 0 : 1)] += 1
        }
        result.append(
          OutcomeAgreement(
            first: outcomes[first].name, second: outcomes[second].name, both: counts[0],
            onlyFirst: counts[1], onlySecond: counts[2], neither: counts[3]))
      }
    }
    return result
  }

  /// For each account whether any of its rows passes.
  func accounts(
    meeting outcome: OutcomeDefinition, book: AccountBook, tables: [String: Table]
  ) throws(FeatureError) -> [Bool] {
    guard let source = self.tables.first(where: { $0.name == outcome.table }) else {
      throw .unknownTable(name: outcome.table, known: self.tables.map(\.name), user: outcome.name)
    }
    let table = try AccountBook.table(source, tables)
    let passes = try outcome.filter?.matches(in: table, file: source.file)
    if source.role == .accounts {
      return book.row.map { $0.map { passes?[$0] ?? true } ?? false }
    }
    var met = Array(repeating: false, count: book.accounts.count)
    guard let joined = book.joined[source.name] else { return met }
    for (row, account) in joined.account.enumerated() where account >= 0 && passes?[row] ?? true {
      met[Int(account)] = true
    }
    return met
  }
}
