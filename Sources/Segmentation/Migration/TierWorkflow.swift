/// What has to be done when an account changes tier (MIG-15, MIG-18).
public enum TierWorkflow {
  public struct Task: Sendable, Hashable {
    public let code: String
    public let text: Phrase

    init(_ code: String, _ english: String, es spanish: String) {
      self.code = code
      text = Phrase(english, es: spanish)
    }
  }

  /// Tasks on leaving the old level, then on entering the new one; none where the level stays. `old` is nil
  /// for a new account.
  public static func tasks(from old: ServiceClass?, to new: ServiceClass) -> [Task] {
    guard old != new else { return [] }
    return (old.map { leaving($0, isRise: new > $0) } ?? []) + entering(new)
  }

  private static func leaving(_ level: ServiceClass, isRise: Bool) -> [Task] {
    switch level {
    case .strategic, .core:
      [
        Task(
          "hand_over", "Hand over notes, open issues and goals",
          es: "Traspasar notas, asuntos abiertos y objetivos"),
        Task(
          "tell_customer", "Tell the customer what the plan includes",
          es: "Contar al cliente qué incluye su plan"),
      ]
    case .scale, .techTouch:
      isRise
        ? [
          Task(
            "stop_automations", "Stop campaigns that a person replaces",
            es: "Parar campañas que sustituye una persona")
        ]
        : []
    }
  }

  private static func entering(_ level: ServiceClass) -> [Task] {
    switch level {
    case .strategic:
      [
        Task("assign_dedicated_csm", "Assign a dedicated CSM", es: "Asignar un CSM dedicado"),
        Task("name_executive_sponsor", "Name an executive sponsor", es: "Nombrar un patrocinador ejecutivo"),
        Task("draft_success_plan", "Draft a custom success plan", es: "Redactar un plan de éxito a medida"),
        Task(
          "schedule_business_review", "Schedule the first quarterly review",
          es: "Agendar la primera revisión trimestral"),
      ]
    case .core:
      [
        Task("introduce_csm", "Introduce the CSM", es: "Presentar al CSM"),
        Task("schedule_kickoff", "Schedule the kickoff", es: "Agendar la reunión inicial"),
      ]
    case .scale:
      [
        Task("join_pool", "Move to the pooled team", es: "Pasar al equipo común"),
        Task("start_digital_programme", "Start the digital programme", es: "Iniciar el programa digital"),
      ]
    case .techTouch:
      [
        Task(
          "start_self_service", "Start the self-service sequence", es: "Iniciar la secuencia de autoservicio")
      ]
    }
  }
}
