public import Foundation

extension TrainingReport {
  public static let fileName = "report.json"

  /// The bytes of `report.json`: sorted keys in snake_case; timings, which differ from run to run, left out.
  public func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var kept = self
    kept.seconds = .init()
    return Array(try encoder.encode(kept))
  }

  /// Reads any format version up to today's; nil where the text is none.
  public init?(decoding data: Data) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let report = try? decoder.decode(TrainingReport.self, from: data), (report.formatVersion ?? 1) <= 2
    else { return nil }
    self = report
  }

  /// The summary without what only a plot needs.
  public var withoutCurves: TrainingReport {
    var summary = self
    summary.validation?.curves = nil
    summary.holdout?.curves = nil
    return summary
  }
}
