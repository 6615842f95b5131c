import Foundation
import Metrics
import ModelFile
import Reporting
import Training

extension DriftReport {
  func json(_ findings: [DriftFinding]) -> String {
    var json = JSONText()
    json.object { json in
      json.integer("rows_then", rowsThen)
      json.integer("rows_now", rowsNow)
      json.object("score") { score.write(&$0) }
      json.array("inputs") { json in
        for input in inputs { json.object { input.write(&$0) } }
      }
      json.quality("quality", quality)
      json.array("findings") { json in
        for finding in findings {
          json.object(inline: true) { json in
            json.string("measure", finding.measure.rawValue)
            if let name = finding.name { json.string("name", name) }
            json.optional("value", finding.value)
            json.optional("limit", finding.limit)
          }
        }
      }
    }
    return json.text + "\n"
  }

  /// For a terminal, the largest shift first.
  func screen(_ findings: [DriftFinding], isSpanish: Bool) -> String {
    let sorted = inputs.sorted { ($0.psi?.index ?? 0, $1.name) > ($1.psi?.index ?? 0, $0.name) }
    let rows = ([score] + sorted).map { $0.cells(isSpanish: isSpanish) }
    var lines = [
      isSpanish
        ? "\(rowsNow) filas ahora, \(rowsThen) en el entrenamiento"
        : "\(rowsNow) rows now, \(rowsThen) in training",
      "",
      TextTable(
        isSpanish
          ? ["columna", "PSI", "ruido", "efecto", "faltan antes", "ahora", "nuevo", ""]
          : ["column", "PSI", "noise", "effect", "missing then", "now", "unseen", ""],
        rows, numbers: [1, 2, 3, 4, 5, 6]
      ).text,
    ]
    if let quality {
      let auc = quality.auc.map { String(format: "%.3f (%.3f–%.3f)", $0.value, $0.low, $0.high) } ?? "–"
      lines.append("")
      lines.append(
        String(
          format: isSpanish
            ? "resultados conocidos de %d filas: ocurrió %.1f %%, se dijo %.1f %%; AUC %@; ECE %.3f"
            : "outcomes known for %d rows: %.1f %% happened, %.1f %% were predicted; AUC %@; ECE %.3f",
          quality.rows, quality.eventRate * 100, quality.meanProbability * 100, auc, quality.ece))
    }
    for finding in findings { lines.append("✗ \(finding.line)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension DriftFinding {
  /// `seats: psi 0.31 > 0.2`
  var line: String {
    let place = name.map { "\($0): " } ?? ""
    return "\(place)\(measure.rawValue) " + String(format: "%.3g > %.3g", value, limit)
  }
}

extension DriftReport.Shift {
  fileprivate func write(_ json: inout JSONText) {
    json.string("name", name)
    json.optional("psi", psi?.index)
    json.optional("psi_noise_limit", psi?.noiseLimit)
    json.optional("effect", effect)
    json.string("effect_kind", isNumeric ? "cohens_d" : "cramers_v")
    json.optional("missing_then", missingThen)
    json.optional("missing_now", missingNow)
    json.strings("unseen_levels", unseenLevels)
    json.optional("unseen_share", unseenShare)
  }

  fileprivate func cells(isSpanish: Bool) -> [String] {
    let index = psi?.index ?? 0
    let isNoise = psi.map { $0.index <= $0.noiseLimit } ?? true
    let mark =
      isNoise
      ? ""
      : index >= 0.2
        ? (isSpanish ? "▲ cambió" : "▲ moved") : index >= 0.1 ? (isSpanish ? "△ mirar" : "△ look") : ""
    func percent(_ share: Double) -> String { share == 0 ? "–" : String(format: "%.1f %%", share * 100) }
    return [
      name, psi.map { String(format: "%.3f", $0.index) } ?? "–",
      psi.map { String(format: "≤ %.3f", $0.noiseLimit) } ?? "–",
      (isNumeric ? "d " : "V ") + String(format: isNumeric ? "%+.2f" : "%.2f", effect),
      percent(missingThen), percent(missingNow), percent(unseenShare), mark,
    ]
  }
}
