public import Segmentation

extension Decisions {
  /// Whether any decision changes what the accounts' table says of them.
  public var touchAccounts: Bool { !merges.isEmpty || !designations.isEmpty }

  /// The accounts as the decisions leave them: merged ones joined, designations set where the table has none.
  public func apply(to accounts: [Account]) -> [Account] {
    var accounts = merges.isEmpty ? accounts : AccountMerge.join(accounts, survivor: survivor(of:))
    for index in accounts.indices where accounts[index].strategicDesignation == nil {
      accounts[index].strategicDesignation = designations[accounts[index].id]?.kind
    }
    return accounts
  }
}
