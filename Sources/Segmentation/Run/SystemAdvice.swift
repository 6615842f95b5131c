/// Which of the two systems a book is ready for: the pyramid for small books and simple products, the matrix
/// for large ones with usage, health and support on record.
public struct SystemAdvice: Sendable, Equatable {
  public enum System: String, Sendable, CaseIterable {
    case pyramid, matrix
  }

  /// What the need axis lives on.
  public enum Evidence: String, Sendable, CaseIterable {
    case usage, health, tickets
  }

  public enum Reason: String, Sendable, CaseIterable {
    case fewAccounts = "few_accounts"
    case fewManagers = "few_managers"
    case simpleProduct = "simple_product"
    case largeBook = "large_book"
    case needIsMeasured = "need_is_measured"
    case needIsNotMeasured = "need_is_not_measured"
  }

  public let accounts: Int
  public let system: System
  public let reasons: [Reason]
  /// What is missing for the matrix, in the order of the cases.
  public let missing: [Evidence]

  /// A book is small below 100 accounts, a team below two managers; unknown (nil) argues for neither. The
  /// matrix is advised when nothing speaks for the pyramid and all three kinds of evidence are there.
  public init(accounts: Int, managers: Int?, isSimpleProduct: Bool?, evidence: Set<Evidence>) {
    self.accounts = accounts
    missing = Evidence.allCases.filter { !evidence.contains($0) }
    var simple: [Reason] = []
    if accounts < 100 { simple.append(.fewAccounts) }
    if let managers, managers < 2 { simple.append(.fewManagers) }
    if isSimpleProduct == true { simple.append(.simpleProduct) }
    if simple.isEmpty, missing.isEmpty {
      system = .matrix
      reasons = [.largeBook, .needIsMeasured]
    } else {
      system = .pyramid
      reasons = missing.isEmpty ? simple : simple + [.needIsNotMeasured]
    }
  }
}
