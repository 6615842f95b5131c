extension AccountMerge {
  /// The accounts with those that were absorbed joined to the one they ended in, as ``CustomerUnit/company``
  /// joins departments: money is summed, the rest is the survivor's. `survivor` names the account that an id
  /// has ended in, or the id itself. Accounts without a merge keep their order; joined ones follow by id.
  public static func join(_ accounts: [Account], survivor: (String) -> String) -> [Account] {
    let survivors = Set(accounts.compactMap { survivor($0.id) == $0.id ? nil : survivor($0.id) })
    guard !survivors.isEmpty else { return accounts }
    var joined: [Account] = []
    var rest: [Account] = []
    for account in accounts {
      let end = survivor(account.id)
      if survivors.contains(end) {
        var member = account
        member.parentID = end
        joined.append(member)
      } else {
        rest.append(account)
      }
    }
    return rest + CustomerUnit.company.group(joined)
  }
}
