/// The pyramid and the matrix side by side, feature by feature.
public enum SystemFeature: String, Sendable, CaseIterable {
  case foundation, structure
  case customerView = "customer_view"
  case resourceAllocation = "resource_allocation"
  case interaction, scalability

  public var label: Phrase {
    switch self {
    case .foundation: Phrase("Foundation", es: "Fundamento")
    case .structure: Phrase("Structure", es: "Estructura")
    case .customerView: Phrase("View of the customer", es: "Visión del cliente")
    case .resourceAllocation: Phrase("Allocation of resources", es: "Asignación de recursos")
    case .interaction: Phrase("Interaction", es: "Interacción")
    case .scalability: Phrase("Scalability", es: "Escalabilidad")
    }
  }

  public func text(of system: SystemAdvice.System) -> Phrase {
    switch (self, system) {
    case (.foundation, .pyramid): Phrase("One number: ARR", es: "Un solo indicador: ARR")
    case (.foundation, .matrix):
      Phrase(
        "Importance and need, several indicators each", es: "Importancia y necesidad, con varios indicadores")
    case (.structure, .pyramid): Phrase("Three fixed levels", es: "Tres niveles fijos")
    case (.structure, .matrix):
      Phrase("Four quadrants between which accounts move", es: "Cuatro cuadrantes dinámicos")
    case (.customerView, .pyramid): Phrase("A photo: what it pays today", es: "Una foto: lo que paga hoy")
    case (.customerView, .matrix):
      Phrase(
        "A film: value, potential, health and risk", es: "Una película: valor, potencial, salud y riesgo")
    case (.resourceAllocation, .pyramid): Phrase("By size, for good", es: "Por tamaño, de forma permanente")
    case (.resourceAllocation, .matrix):
      Phrase(
        "By need, people where and while they help", es: "Por necesidad, personas donde y mientras aportan")
    case (.interaction, .pyramid):
      Phrase("Proactive at the top, automated at the base", es: "Proactiva arriba, automatizada abajo")
    case (.interaction, .matrix):
      Phrase(
        "Proactive and personal for all, by stage", es: "Proactiva y personalizada para todos, según la etapa"
      )
    case (.scalability, .pyramid):
      Phrase("More accounts need more managers", es: "Más cuentas exigen más CSM")
    case (.scalability, .matrix):
      Phrase("A digital base for all carries growth", es: "Una base digital común sostiene el crecimiento")
    }
  }
}
