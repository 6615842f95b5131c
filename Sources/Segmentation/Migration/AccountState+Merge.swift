extension AccountState {
  /// The state of one account made of two (MIG-17): the higher tier with its grace, the later downgrade, no
  /// temporary adjustment. Money is the next run's to count. Symmetric.
  public static func merging(_ a: AccountState, _ b: AccountState) -> AccountState {
    var merged = AccountState(tier: Tier.higher(a.tier, b.tier))
    let holders = [a, b].filter { $0.tier == merged.tier }
    if holders.allSatisfy({ $0.grace != nil }) {
      merged.grace = holders.compactMap(\.grace).max { $0.until < $1.until }
    }
    merged.lastDowngrade = [a.lastDowngrade, b.lastDowngrade].compactMap(\.self).max()
    return merged
  }
}

/// Two accounts that became one: `account` goes on, `absorbed` ends in it.
public struct AccountMerge: Sendable, Hashable {
  public var account: String
  public var absorbed: String
  public var author: String
  public var reason: String

  public init(account: String, absorbed: String, author: String, reason: String) {
    self.account = account
    self.absorbed = absorbed
    self.author = author
    self.reason = reason
  }
}
