import Foundation
import Metrics
import Training

/// What an audit comes to, in one sentence.
struct AuditSentence {
  let isSpanish: Bool

  func verdict(of audit: HealthScoreAudit) -> String {
    let auc = String(format: "AUC %.2f (%.2f–%.2f)", audit.auc.value, audit.auc.low, audit.auc.high)
    let colours = colours(audit)
    return switch audit.verdict {
    case .works:
      isSpanish
        ? "La puntuación funciona: separa a quienes se van de quienes se quedan, \(auc)\(colours)."
        : "The score works: it tells those who leave from those who stay, \(auc)\(colours)."
    case .weak:
      isSpanish
        ? "La puntuación ayuda poco: es mejor que el azar, pero no mucho, \(auc)\(colours)."
        : "The score helps little: better than chance, but not by much, \(auc)\(colours)."
    case .unproven:
      isSpanish
        ? "No se puede saber: apunta en la dirección correcta, pero \(audit.events) bajas en \(audit.rows) cuentas no bastan para distinguirlo del azar, \(auc)\(colours)."
        : "Not known: it points the right way, but \(audit.events) departures among \(audit.rows) accounts don't tell it from chance, \(auc)\(colours)."
    case .doesNotWork:
      isSpanish
        ? "La puntuación no funciona: no separa a quienes se van de quienes se quedan, \(auc)\(colours)."
        : "The score does not work: it doesn't tell those who leave from those who stay, \(auc)\(colours)."
    case .inverted:
      isSpanish
        ? "La puntuación está al revés: las cuentas con mejor puntuación se van más, \(auc)\(colours)."
        : "The score is the wrong way round: accounts that score better leave more, \(auc)\(colours)."
    }
  }

  func nature(_ nature: InputNature) -> String {
    switch nature {
    case .activity: isSpanish ? "actividad" : "activity"
    case .value: isSpanish ? "valor" : "value"
    case .unclear: isSpanish ? "no claro" : "unclear"
    }
  }

  private func colours(_ audit: HealthScoreAudit) -> String {
    guard let green = audit.falseGreen, let red = audit.falseRed else { return "" }
    return String(
      format: isSpanish
        ? "; el %.0f %% de las verdes se fue y el %.0f %% de las rojas se quedó"
        : "; %.0f %% of the green left and %.0f %% of the red stayed",
      green.value * 100, red.value * 100)
  }
}
