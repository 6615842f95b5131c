import Accounts
import Segmentation
import Tables
import Testing

@Suite struct AccountExportTests {
  private func export(_ format: ExportFormat, reviews: [String: String]? = nil) throws -> Table {
    let segments = try Table.read(
      csv: """
        account_id,tier,tier_score,tier_reason,quadrant
        a1,tier_1,46.25,scorecard;expansion,persistent_light
        a2,tier_4,,no_data;initial,digital_scale

        """, options: AccountExport.readOptions
    ).table
    return try AccountExport(format, language: .en, tierCount: 4).table(
      segments: segments, scores: nil, reviews: reviews)
  }

  private func cells(_ table: Table, _ name: String) throws -> [String?] {
    guard case .text(let text)? = table[name]?.values else {
      Issue.record("no \(name) in \(table.columnNames)")
      return []
    }
    return (0..<table.rowCount).map { text[$0] }
  }

  @Test("MIG-11 MIG-12 the tier as Tier 1 … Tier 4, its score, and the criteria that led to it")
  func tierFields() throws {
    let salesforce = try export(.salesforce)
    #expect(try cells(salesforce, "Customer_Tier__c") == ["Tier 1", "Tier 4"])
    #expect(try cells(salesforce, "Customer_Tier_Score__c") == ["46.3", nil])
    #expect(
      try cells(salesforce, "Customer_Tier_Reason__c") == ["scorecard;expansion", "no_data;initial"])
    #expect(try cells(export(.hubspot), "Customer Tier Score") == ["46.3", nil])
  }

  @Test("MIG-13 the day of the last tier review, blank where nobody looked; for customers never")
  func lastReview() throws {
    #expect(
      try cells(export(.gainsight, reviews: ["a2": "2026-03-31"]), "Last Tier Review") == [nil, "2026-03-31"])
    #expect(try export(.gainsight)["Last Tier Review"] == nil)
    #expect(
      try export(.customer, reviews: ["a2": "2026-03-31"]).columnNames.allSatisfy { !$0.contains("Tier") })
  }
}
