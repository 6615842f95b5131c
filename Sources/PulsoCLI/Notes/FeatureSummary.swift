import Calendar
import Features
import Foundation
import Tables

/// What `pulso features --json` prints.
struct FeatureSummary: Encodable {
  let out: String
  let rows: Int
  let asOf: [String]
  let dataUntil: String
  let features: [Feature]
  let labels: [FeatureRun.Label]
  let tables: [Findings]
  let outcomes: [OutcomeAgreement]

  struct Feature: Encodable {
    let name: String
    let group: String
    /// Cells without a value.
    let missing: Int
  }

  struct Findings: Encodable {
    let findings: TableFindings

    private enum Key: CodingKey {
      case matchRate
    }

    func encode(to encoder: any Encoder) throws {
      try findings.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(findings.matchRate, forKey: .matchRate)
    }
  }

  init(_ run: FeatureRun, _ request: FeatureRequest, out: String) {
    self.out = out
    rows = run.table.rowCount
    asOf = request.asOf.map(\.description)
    dataUntil = run.dataUntil.description
    features = run.groups.map { column, group in
      let values = run.table[column]?.values
      let missing = values.map { values in (0..<run.table.rowCount).count { values.isMissing($0) } } ?? 0
      return Feature(name: column, group: group.rawValue, missing: missing)
    }
    labels = run.labels
    tables = run.findings.map(Findings.init)
    outcomes = run.agreements
  }

  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
