public import Foundation
import StableNumerics
import Tables

/// What `truth.json` says: the law that outcomes were drawn from, and what a perfect model would score.
public struct WorldTruth: Sendable, Codable {
  public struct Configuration: Sendable, Codable {
    public let accounts: Int
    public let months: Int
    public let seed: UInt64
    /// The first day of the first month with outcomes.
    public let start: String
    /// The first day with usage, tickets, sentiment or content.
    public let dataFrom: String
    /// The last day with anything.
    public let dataUntil: String
  }

  public struct Term: Sendable, Codable {
    public let feature: String
    public let group: VisibleFeature.Group
    public let definition: String
    public let coefficient: Double
  }

  public struct Law: Sendable, Codable {
    public let event: String
    public let formula: String
    public let intercept: Double
    public let terms: [Term]
    /// Account-months, and those with the event.
    public let atRisk: Int
    public let events: Int
    public let rate: Double?
    /// The AUC and the mean log loss of the true probabilities on the outcomes as drawn.
    public let attainableAuc: Double?
    public let attainableLogLoss: Double?
    /// The AUC of the true probability of the first month on the event within three.
    public let attainableAucInQuarter: Double?
  }

  public let format: String
  public let formatVersion: Int
  public let configuration: Configuration
  public let churn: Law
  public let expansion: Law
  /// Rows a table, without the header.
  public let rows: [String: Int]

  init(_ configuration: WorldConfiguration, tally: WorldTally, rows: [String: Int]) {
    let calendar = configuration.calendar
    format = "pulso.truth"
    formatVersion = 1
    self.configuration = Configuration(
      accounts: configuration.accounts, months: configuration.months, seed: configuration.seed,
      start: configuration.start.description,
      dataFrom: CalendarDate(daysSince1970: calendar.firstDay).description,
      dataUntil: CalendarDate(daysSince1970: calendar.endDay - 1).description)
    churn = Law(
      event: "the account leaves in the month that begins on D", .churn, tally.churn,
      aucInQuarter: tally.churnInQuarter.auc)
    expansion = Law(
      event:
        "the account buys more seats or the next plan in the month that begins on D, given that it stays",
      .expansion, tally.expansion, aucInQuarter: nil)
    self.rows = rows
  }

  /// Sorted keys in snake_case, two spaces a level.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads a `truth.json`.
  public init(json: Data) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(WorldTruth.self, from: json)
  }
}

extension WorldTruth.Law {
  fileprivate init(event: String, _ truth: LogisticTruth, _ tally: OutcomeTally, aucInQuarter: Double?) {
    self.init(
      event: event, formula: "logit P(event | tables before D) = intercept + sum of coefficient * feature",
      intercept: truth.intercept,
      terms: truth.terms.map {
        WorldTruth.Term(
          feature: $0.feature.rawValue, group: $0.feature.group, definition: $0.feature.definition,
          coefficient: $0.coefficient)
      },
      atRisk: tally.atRisk, events: tally.events, rate: tally.rate, attainableAuc: tally.auc,
      attainableLogLoss: tally.logLoss, attainableAucInQuarter: aucInQuarter)
  }
}
