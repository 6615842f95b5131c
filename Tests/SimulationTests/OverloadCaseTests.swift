import Foundation
import Tables
import Testing

@Suite("Overload case")
struct OverloadCaseTests {
  @Test("CAP-02 120 customers, 3 managers of 40, 480 reviews a year, 18 % lost")
  func overload() throws {
    let path = URL(filePath: ShippedWorldTests.folder).deletingLastPathComponent()
      .appending(path: "examples/overload.csv").path
    let table = try Table.read(.file(path)).table
    #expect(table.rowCount == 120)
    let managers = try table.text("csm").reduce(into: [String: Int]()) { $0[$1 ?? "", default: 0] += 1 }
    #expect(managers == ["csm-001": 40, "csm-002": 40, "csm-003": 40])
    #expect(try table.numbers("reviews_per_year").reduce(0, +) == 480)
    #expect(try Set(table.numbers("review_minutes")) == [30])
    let lost = try table.numbers("churned").reduce(0, +) / 120
    #expect((lost * 100).rounded() == 18)
  }
}
