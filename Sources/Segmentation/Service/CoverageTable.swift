extension Coverage {
  /// The column of the coverage table that a coverage is served by: shared and pooled are both low touch.
  public var touchModel: PyramidLevel {
    switch self {
    case .dedicated: .highTouch
    case .shared, .pooled: .lowTouch
    case .digital: .techTouch
    }
  }
}

/// Six rows by three coverage models: the eighteen cells of the coverage table (COV-01 to COV-07).
public enum CoverageTable {
  public enum Row: String, Sendable, CaseIterable, Codable {
    case csm
    case businessReview = "business_review"
    case checkIns = "check_ins"
    case response
    case onboarding
    case riskAlerts = "risk_alerts"

    public var label: Phrase {
      switch self {
      case .csm: Phrase("Dedicated CSM", es: "CSM dedicado")
      case .businessReview: Phrase("QBR", es: "QBR")
      case .checkIns: Phrase("Check-ins", es: "Seguimientos")
      case .response: Phrase("Response", es: "Respuesta")
      case .onboarding: Phrase("Onboarding", es: "Onboarding")
      case .riskAlerts: Phrase("Risk alerts", es: "Alertas de riesgo")
      }
    }
  }

  public struct Cell: Sendable, Hashable {
    public let row: Row
    public let model: PyramidLevel
    public let text: Phrase
  }

  /// All eighteen, row by row, high touch first.
  public static var cells: [Cell] {
    Row.allCases.flatMap { row in
      PyramidLevel.allCases.map { Cell(row: row, model: $0, text: text(row, $0)) }
    }
  }

  public static func text(_ row: Row, _ model: PyramidLevel) -> Phrase {
    switch (row, model) {
    case (.csm, .highTouch): Phrase("Yes, 1 for 15 to 30", es: "Sí, 1 por cada 15 a 30")
    case (.csm, .lowTouch): Phrase("Shared, 1 for 50 to 100", es: "Compartido, 1 por cada 50 a 100")
    case (.csm, .techTouch): Phrase("No", es: "No")
    case (.businessReview, .highTouch): Phrase("Quarterly", es: "Trimestral")
    case (.businessReview, .lowTouch): Phrase("Optional", es: "Opcional")
    case (.businessReview, .techTouch): Phrase("No", es: "No")
    case (.checkIns, .highTouch): Phrase("Monthly, proactive", es: "Mensuales, proactivos")
    case (.checkIns, .lowTouch): Phrase("Reactive", es: "Reactivos")
    case (.checkIns, .techTouch): Phrase("Automated", es: "Automatizados")
    case (.response, .highTouch): Phrase("Under 4 hours", es: "Menos de 4 horas")
    case (.response, .lowTouch): Phrase("Under 24 hours", es: "Menos de 24 horas")
    case (.response, .techTouch): Phrase("Self-service", es: "Autoservicio")
    case (.onboarding, .highTouch): Phrase("Personal", es: "Personalizado")
    case (.onboarding, .lowTouch): Phrase("Guided", es: "Guiado")
    case (.onboarding, .techTouch): Phrase("Automated", es: "Automatizado")
    case (.riskAlerts, .highTouch): Phrase("High priority", es: "Prioridad alta")
    case (.riskAlerts, .lowTouch): Phrase("Medium priority", es: "Prioridad media")
    case (.riskAlerts, .techTouch): Phrase("Critical only", es: "Solo críticas")
    }
  }
}
