import Foundation
import Reporting
import Segmentation
import Tables
import Training

/// What `pulso demo` ends with: the models' quality, the matrix, whom to call first, and where the files are.
struct DemoScreen {
  let folder: String
  let reports: [TrainingReport]
  /// The AUC that a model with the true probabilities would have, churn then expansion.
  let attainable: [Double?]
  let segmentation: Segmentation
  let scores: Table
  let seconds: Double

  var text: String {
    let summary = Summary(segmentation.assignments, preset: segmentation.preset)
    let matrix = SegmentScreen(
      segmentation: segmentation, summary: summary, notes: [], language: .en
    ).matrix
    return [
      "Models, on later months than they had learned from", quality.text, "",
      "The matrix: accounts · ARR (\(segmentation.preset.currency))", matrix, "",
      "Call first: the largest expected losses (risk × ARR)", calls, "",
      "\(folder)/: pulso.yaml, features.csv, today.csv, models/ (with a card.md each), scores.csv, segments.csv, report.html",
      "done in \(Figures.fixed(seconds, 1)) s",
    ].joined(separator: "\n") + "\n"
  }

  private var quality: TextTable {
    TextTable(
      header: ["model", "rows", "events", "AUC", "log loss", "top-decile lift", "best possible AUC"],
      rows: zip(reports, attainable).map { report, best in
        let later = report.holdout ?? report.validation
        return [
          report.model, Figures.count(Double(report.rows)), Figures.count(report.positives),
          Figures.interval(later?.auc, later?.aucLow, later?.aucHigh),
          Figures.fixed(later?.logLoss, 3) + " (rate alone \(Figures.fixed(later?.logLossOfRate, 3)))",
          Figures.fixed(later?.topDecileLift, 1), Figures.fixed(best, 3),
        ]
      })
  }

  /// The ten current customers with the largest risk × ARR.
  private var calls: String {
    guard let ids = scores.columns.first, case .numeric(let risks)? = scores["churn_risk"]?.values else {
      return "no risk was scored"
    }
    var rowOf: [String: Int] = [:]
    for row in 0..<scores.rowCount { rowOf[Self.text(ids, row)] = row }
    let ranked = segmentation.assignments.compactMap { account -> (Assignment, Int, Double)? in
      guard let row = rowOf[account.id], let arr = account.arr, !risks[row].isNaN else { return nil }
      return (account, row, risks[row] * arr)
    }.sorted { $0.2 != $1.2 ? $0.2 > $1.2 : $0.0.id < $1.0.id }
    return TextTable(
      header: ["account", "ARR", "risk", "health", "quadrant", "because"],
      rows: ranked.prefix(10).map { account, row, _ in
        [
          account.id, Figures.count(account.arr ?? 0), Figures.percent(risks[row]),
          scores["health"].map { Figures.fixed(Self.number($0, row), 0) } ?? "–", account.quadrant.rawValue,
          (1...3).compactMap { scores["churn_reason_\($0)"].map { Self.text($0, row) } }.joined(
            separator: " "),
        ]
      }
    ).text
  }

  private static func text(_ column: Column, _ row: Int) -> String {
    switch column.values {
    case .text(let text): text[row] ?? ""
    case .numeric(let values): values[row].isNaN ? "" : Figures.significant(values[row], 15)
    case .boolean, .date: ""
    }
  }

  private static func number(_ column: Column, _ row: Int) -> Double? {
    guard case .numeric(let values) = column.values else { return nil }
    return values[row]
  }
}
