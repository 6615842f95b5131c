/// What may be shown to a customer about its own account: what the plan includes, and no tier (COM-07).
public struct CustomerSafeRow: Sendable, Hashable {
  public let account: String
  /// By programme, in the order of ``Programme/allCases``.
  public let includes: [Phrase]

  /// Column names, in file order.
  public static let columns = ["account_id"] + Programme.allCases.map(\.rawValue)

  public init(account: String, level: ServiceClass) {
    self.account = account
    includes = Programme.allCases.map { ProgrammeMatrix.text($0, level) }
  }
}
