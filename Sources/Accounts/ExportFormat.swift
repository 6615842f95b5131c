/// Who loads an export, and hence how its columns are called.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// API names of custom fields, `Customer_Tier__c`, as Data Loader wants them.
  case salesforce
  /// Names of properties, `Customer Tier`.
  case hubspot
  /// Display names of fields, `Customer Tier`.
  case gainsight
  /// What customers may read: what their plan includes, and nothing of how they are filed (COM-07).
  case customer

  /// The column that names the account.
  public var idHeader: String {
    switch self {
    case .salesforce: "Id"
    case .hubspot: "Record ID"
    case .gainsight: "Company ID"
    case .customer: "account_id"
    }
  }

  /// `Customer Tier`, in the words of the tool.
  func header(_ words: String) -> String {
    self == .salesforce ? words.replacing(" ", with: "_") + "__c" : words
  }
}
