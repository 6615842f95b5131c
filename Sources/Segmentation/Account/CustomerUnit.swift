/// Who the customer is: each account by itself, or the company under which departments stand.
public enum CustomerUnit: String, Sendable, CaseIterable {
  case account, company

  /// One account a customer. With ``company``, accounts that share a parent become one row under the parent's
  /// id: ARR, potential, seats, modules and tickets are summed, flags that ask for attention are united, the
  /// rest comes from the parent or, where it is silent, from the first of its accounts by id. Cost O(n log n).
  ///
  /// Amounts are added as they stand: convert to one currency first.
  public func group(_ accounts: [Account]) -> [Account] {
    guard self == .company else { return accounts }
    var members: [String: [Account]] = [:]
    for account in accounts { members[account.parentID ?? account.id, default: []].append(account) }
    return members.keys.sorted().map { id in
      let group = (members[id] ?? []).sorted { ($0.id == id ? 0 : 1, $0.id) < ($1.id == id ? 0 : 1, $1.id) }
      return Self.merge(group, as: id)
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
    for field in [\Account.arr, \.potentialARR, \.seats, \.seatsUsed, \.modulesUsed, \.tickets, \.employees] {
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
    return merged
  }
}
