/// What an account of a quadrant gets done for it (MTX-08, MTX-09, MTX-11, MTX-14, MTX-16, MTX-23).
public enum QuadrantPlan {
  public struct Action: Sendable, Hashable {
    public let code: String
    /// We come first, rather than wait to be asked.
    public let isProactive: Bool
    public let isHuman: Bool
    public let text: Phrase

    init(_ code: String, proactive: Bool, human: Bool, _ english: String, es spanish: String) {
      self.code = code
      isProactive = proactive
      isHuman = human
      text = Phrase(english, es: spanish)
    }
  }

  /// The digital base layer, which every quadrant has, then what the quadrant adds.
  public static func actions(_ quadrant: Quadrant) -> [Action] {
    digitalBase + additions(quadrant)
  }

  private static let digitalBase = [
    Action(
      "knowledge_base", proactive: false, human: false, "Enriched knowledge base",
      es: "Base de conocimiento enriquecida"),
    Action("community", proactive: false, human: false, "Community forums", es: "Foros de la comunidad"),
    Action("campaigns", proactive: true, human: false, "Automated campaigns", es: "Campañas automatizadas"),
    Action("in_app_guides", proactive: true, human: false, "In-app guides", es: "Guías en la aplicación"),
  ]

  private static func additions(_ quadrant: Quadrant) -> [Action] {
    switch quadrant {
    case .digitalScale: []
    case .project:
      [
        Action(
          "named_project", proactive: true, human: true,
          "A CSM or onboarding specialist for one named project: finish onboarding, or mitigate one risk",
          es:
            "Un CSM o especialista de onboarding para un proyecto concreto: acabar el onboarding o mitigar un riesgo"
        )
      ]
    case .persistentLight:
      [
        Action(
          "periodic_check_in", proactive: true, human: true, "Periodic check-ins by the assigned CSM",
          es: "Seguimientos periódicos del CSM asignado"),
        Action(
          "best_practices", proactive: true, human: true, "Best practices and features that fit the goals",
          es: "Buenas prácticas y novedades acordes con los objetivos"),
        Action(
          "growth_talk", proactive: true, human: true, "Cross-sell and upsell talks",
          es: "Conversaciones de venta cruzada y ampliación"),
      ]
    case .persistentIntensive:
      [
        Action(
          "close_management", proactive: true, human: true, "Close management by a dedicated CSM",
          es: "Gestión cercana por un CSM dedicado"),
        Action(
          "intensive_onboarding", proactive: true, human: true, "Intensive onboarding",
          es: "Onboarding intensivo"),
        Action(
          "risk_mitigation", proactive: true, human: true, "Risk mitigation", es: "Mitigación de riesgos"),
        Action(
          "executive_relationship", proactive: true, human: true, "Executive relationships",
          es: "Relaciones con la dirección"),
      ]
    }
  }
}
