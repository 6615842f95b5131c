import Foundation
import Metrics
import Reporting
import Training

extension HealthScoreAudit {
  /// For a terminal: the verdict first, then what it rests on.
  func screen(score: String, isSpanish es: Bool) -> String {
    var lines = [AuditSentence(isSpanish: es).verdict(of: self), ""]
    lines.append(
      es
        ? "\(rows) cuentas, \(events) se fueron: \(percent(churn))"
        : "\(rows) accounts, \(events) left: \(percent(churn))")
    if rowsLeftOut > 0 {
      lines.append(
        es
          ? "\(rowsLeftOut) filas sin puntuación o resultado" : "\(rowsLeftOut) rows without score or outcome"
      )
    }
    if !bands.isEmpty { lines += ["", bandTable(es)] }
    lines += [""] + figures(score, es)
    if !inputs.isEmpty { lines += ["", inputTable(es)] + inputNotes(es) }
    if let comparison {
      lines += [
        "",
        String(
          format: es
            ? "Nuestro modelo en las mismas %d filas: AUC %.3f frente a %.3f; diferencia %+.3f (%+.3f a %+.3f)"
            : "Our model on the same %d rows: AUC %.3f against %.3f; difference %+.3f (%+.3f to %+.3f)",
          comparison.rows, comparison.modelAUC, comparison.scoreAUC, comparison.difference.value,
          comparison.difference.low, comparison.difference.high),
        es
          ? "(vale lo que dice solo si el modelo no se entrenó con estas filas)"
          : "(worth what it says only if the model wasn't trained on these rows)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func bandTable(_ es: Bool) -> String {
    TextTable(
      es
        ? ["color", "cuentas", "se fueron", "churn", "intervalo 95 %", ""]
        : ["colour", "accounts", "left", "churn", "95 % interval", ""],
      bands.map { band in
        let bar = String(repeating: "█", count: Int((band.churn.value * 20).rounded()))
        return [
          band.label, "\(band.rows)", "\(band.events)", String(format: "%.1f %%", band.churn.value * 100),
          String(format: "%.1f–%.1f %%", band.churn.low * 100, band.churn.high * 100), bar,
        ]
      }, numbers: [1, 2, 3, 4]
    ).text
  }

  private func figures(_ score: String, _ es: Bool) -> [String] {
    var rows: [[String]] = []
    if let falseGreen {
      rows.append([es ? "verdes que se fueron" : "green that left", percent(falseGreen)])
    }
    if let falseRed { rows.append([es ? "rojas que se quedaron" : "red that stayed", percent(falseRed)]) }
    if let redOverGreen {
      let lift = redOverGreen.lift
      let text =
        lift.value.isFinite
        ? String(format: "%.2f× (%.2f–%.2f)", lift.value, lift.low, lift.high)
        : String(format: es ? "más de %.2f×" : "more than %.2f×", lift.low)
      let few = redOverGreen.hasEnoughData ? "" : es ? ", pocos datos" : ", not enough data"
      rows.append([es ? "rojas frente a verdes" : "red against green", text + few])
    }
    rows.append(["AUC", String(format: "%.3f (%.3f–%.3f)", auc.value, auc.low, auc.high)])
    for (cut, name) in [
      (youdenCut, es ? "mejor corte (Youden)" : "best cut (Youden)"),
      (economicCut, es ? "mejor corte (costes)" : "best cut (costs)"),
    ] {
      guard let cut else { continue }
      rows.append([
        name,
        String(
          format: es
            ? "%@ %@: encuentra el %.0f %% de las que se van, el %.0f %% de las señaladas se va"
            : "%@ %@: finds %.0f %% of those who leave, %.0f %% of those it names leave",
          score, number(cut.score), cut.confusion.recall * 100, cut.confusion.precision * 100),
      ])
    }
    return [TextTable(["", ""], rows).text.split(separator: "\n", omittingEmptySubsequences: true)]
      .flatMap { $0.map(String.init) }
  }

  private func inputTable(_ es: Bool) -> String {
    TextTable(
      es ? ["componente", "tipo", "AUC por sí solo", ""] : ["input", "kind", "AUC alone", ""],
      inputs.map { input in
        [
          input.name, AuditSentence(isSpanish: es).nature(input.nature),
          input.auc.map { String(format: "%.3f (%.3f–%.3f)", $0.value, $0.low, $0.high) } ?? "–",
          input.isUninformative ? (es ? "no dice nada" : "says nothing") : "",
        ]
      }, numbers: [2]
    ).text
  }

  private func inputNotes(_ es: Bool) -> [String] {
    var notes: [String] = []
    for pair in redundancies {
      let r = String(format: "r = %.2f", pair.correlation)
      notes.append(
        es
          ? "✗ \(pair.first) y \(pair.second) dicen lo mismo (\(r))"
          : "✗ \(pair.first) and \(pair.second) say the same (\(r))")
    }
    if inputs.allSatisfy({ $0.nature == .activity }) {
      notes.append(
        es
          ? "✗ todos los componentes miden actividad, ninguno el valor que el cliente obtiene"
          : "✗ every input counts activity, none what the customer gets out of it")
    }
    return notes.isEmpty ? [] : [""] + notes
  }

  private func percent(_ share: Estimate) -> String {
    String(format: "%.1f %% (%.1f–%.1f %%)", share.value * 100, share.low * 100, share.high * 100)
  }

  private func number(_ value: Double) -> String {
    let text = String(format: "%.6g", value)
    return text
  }
}
