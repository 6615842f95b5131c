/// Who the customer is: each account by itself, or the company under which departments stand.
public enum CustomerUnit: String, Sendable, CaseIterable {
  case account, company

  /// The customer that each account belongs to, by the account's id: itself, or the company at the top of its chain
  /// of parents. Of companies that are each other's parents it is the first by id. Cost: the length of the chains.
  public func customers(of accounts: [Account]) -> [String: String] {
    guard self == .company else { return [:] }
    var parents: [String: String] = [:]
    for account in accounts { parents[account.id] = account.parentID }
    var tops: [String: String] = [:]
    for id in parents.keys {
      var chain = [id]
      while let parent = parents[chain[chain.count - 1]] {
        if let first = chain.firstIndex(of: parent) {
          chain.append(chain[first...].min() ?? parent)
          break
        }
        chain.append(parent)
      }
      tops[id] = chain[chain.count - 1]
    }
    return tops
  }
}

/// A customer that one or several rows of a table make up.
public struct JoinedAccount: Sendable, Equatable {
  public var account: Account
  /// The rows, by their place in what was joined; the customer's own first, then by id.
  public let members: [Int]

  /// The accounts joined where `customer` gives them one id: ARR, potential, seats, modules and tickets are
  /// summed, the worst health counts, flags that ask for attention are united, and the rest comes from the
  /// customer's own row or, where it is silent, from the first of its accounts by id.
  ///
  /// In the order of the customers' own rows, or of their first where they have none of their own. Amounts are
  /// added as they stand: see ``Account/converted(to:rate:)``. Cost O(n log n).
  public static func join(_ accounts: [Account], customer: (Account) -> String) -> [JoinedAccount] {
    var rowsOf: [String: [Int]] = [:]
    var order: [(id: String, anchor: Int)] = []
    for (row, account) in accounts.enumerated() {
      let id = customer(account)
      if rowsOf[id] == nil { order.append((id, row)) }
      rowsOf[id, default: []].append(row)
    }
    for index in order.indices {
      let id = order[index].id
      if let own = rowsOf[id]?.first(where: { accounts[$0].id == id }) { order[index].anchor = own }
    }
    return order.sorted { $0.anchor < $1.anchor }.map { id, _ in
      let members = (rowsOf[id] ?? []).sorted { a, b in
        (accounts[a].id == id ? 0 : 1, accounts[a].id) < (accounts[b].id == id ? 0 : 1, accounts[b].id)
      }
      return JoinedAccount(account: merge(members.map { accounts[$0] }, as: id), members: members)
    }
  }

  private static func merge(_ group: [Account], as id: String) -> Account {
    guard group.count > 1, var merged = group.first else {
      var single = group.first ?? Account(id: id)
      single.id = id
      return single
    }
    merged.id = id
    merged.parentID = nil
    func sum(_ field: KeyPath<Account, Double?>) -> Double? {
      let known = group.compactMap { $0[keyPath: field] }
      return known.isEmpty ? nil : known.reduce(0, +)
    }
    for field in [
      \Account.arr, \.potentialARR, \.seats, \.seatsUsed, \.modulesUsed, \.tickets, \.employees, \.csmHours,
    ] {
      merged[keyPath: field] = sum(field)
    }
    for field in [\Account.health, \.healthPrevious] {
      merged[keyPath: field] = group.compactMap { $0[keyPath: field] }.min()
    }
    for field in [
      \Account.brand, \.reference, \.influence, \.partnership, \.complexity, \.relationshipComplexity,
      \.productComplexity, \.modulesAvailable,
    ] {
      merged[keyPath: field] = group.compactMap { $0[keyPath: field] }.max()
    }
    for field in [\Account.noticeServed, \.premiumPlan]
    where group.contains(where: { $0[keyPath: field] == true }) {
      merged[keyPath: field] = true
    }
    if group.contains(where: { $0.onboardingComplete == false }) { merged.onboardingComplete = false }
    merged.startDate = group.compactMap(\.startDate).min()
    merged.renewalDate = group.compactMap(\.renewalDate).min()
    merged.strategicDesignation = group.compactMap(\.strategicDesignation).first
    merged.strategicFit =
      group.compactMap(\.strategicFit).first { $0.isFit } ?? group.compactMap(\.strategicFit).first
    merged.name = group.first { $0.id == id }?.name ?? group.compactMap(\.name).first
    merged.currency = group.compactMap(\.currency).first
    return merged
  }
}

extension Account {
  /// The account with its amounts in another currency, of which one unit of its own is worth `rate`.
  public func converted(to currency: String, rate: Double) -> Account {
    var account = self
    account.arr = arr.map { $0 * rate }
    account.potentialARR = potentialARR.map { $0 * rate }
    account.currency = currency
    return account
  }
}
