/// The five programmes that differ by tier.
public enum Programme: String, Sendable, CaseIterable, Codable {
  case businessReview = "business_review"
  case training
  case support
  case planning
  case expansion

  public var label: Phrase {
    switch self {
    case .businessReview: Phrase("Business review", es: "Revisión de negocio")
    case .training: Phrase("Training", es: "Formación")
    case .support: Phrase("Support", es: "Soporte")
    case .planning: Phrase("Account planning", es: "Planificación de cuenta")
    case .expansion: Phrase("Expansion", es: "Expansión")
    }
  }
}

/// Five programmes by four service levels: the twenty cells that say what each tier receives
/// (SVC-17 to SVC-22).
public enum ProgrammeMatrix {
  public struct Cell: Sendable, Hashable {
    public let programme: Programme
    public let level: ServiceClass
    public let text: Phrase
  }

  /// All twenty, programme by programme, strategic first.
  public static var cells: [Cell] {
    Programme.allCases.flatMap { programme in
      ServiceClass.allCases.map { Cell(programme: programme, level: $0, text: text(programme, $0)) }
    }
  }

  /// The programmes whose content is not the same at two levels: what a customer notices when the tier
  /// changes (MIG-18).
  public static func changes(from old: ServiceClass, to new: ServiceClass) -> [Programme] {
    Programme.allCases.filter { text($0, old) != text($0, new) }
  }

  public static func text(_ programme: Programme, _ level: ServiceClass) -> Phrase {
    switch programme {
    case .businessReview: businessReview(level)
    case .training: training(level)
    case .support: support(level)
    case .planning: planning(level)
    case .expansion: expansion(level)
    }
  }

  private static func businessReview(_ level: ServiceClass) -> Phrase {
    switch level {
    case .strategic:
      Phrase(
        "Quarterly, by video or in person, with executives present; never skipped",
        es: "Trimestral, por vídeo o presencial, con asistencia de dirección; nunca se omite")
    case .core:
      Phrase(
        "Twice a year or yearly, by video, from a template",
        es: "Semestral o anual, por vídeo, con plantilla")
    case .scale:
      Phrase("Automated yearly report, or on request", es: "Informe anual automático, o a petición")
    case .techTouch:
      Phrase("None: self-service dashboards", es: "Ninguna: paneles de autoservicio")
    }
  }

  private static func training(_ level: ServiceClass) -> Phrase {
    switch level {
    case .strategic:
      Phrase(
        "Custom sessions, an onboarding specialist, on site if needed",
        es: "Sesiones a medida, especialista de onboarding, presencial si hace falta")
    case .core:
      Phrase("Group webinars and their recordings", es: "Webinars grupales y sus grabaciones")
    case .scale:
      Phrase(
        "On-demand video library, help centre, an occasional webinar",
        es: "Videoteca bajo demanda, centro de ayuda, algún webinar")
    case .techTouch:
      Phrase("Self-service only", es: "Solo autoservicio")
    }
  }

  private static func support(_ level: ServiceClass) -> Phrase {
    switch level {
    case .strategic:
      Phrase(
        "First response in under 1 hour, escalation around the clock",
        es: "Primera respuesta en menos de 1 hora, escalado 24/7")
    case .core:
      Phrase("Same day, in business hours", es: "El mismo día, en horario laboral")
    case .scale:
      Phrase("24 to 48 hours, standard queues", es: "24 a 48 horas, colas estándar")
    case .techTouch:
      Phrase("2 to 3 days, or the community first", es: "2 a 3 días, o primero la comunidad")
    }
  }

  private static func planning(_ level: ServiceClass) -> Phrase {
    switch level {
    case .strategic:
      Phrase(
        "Custom success plans, mutual action plans, joint roadmaps",
        es: "Planes de éxito a medida, planes de acción mutuos, hojas de ruta conjuntas")
    case .core:
      Phrase("Templated plans with goals", es: "Planes con plantilla y objetivos")
    case .scale:
      Phrase("Automated health, no formal plan", es: "Salud automatizada, sin plan formal")
    case .techTouch:
      Phrase("Self-directed", es: "Autodirigida")
    }
  }

  private static func expansion(_ level: ServiceClass) -> Phrase {
    switch level {
    case .strategic:
      Phrase(
        "Dedicated campaigns, executives involved, custom pricing",
        es: "Campañas dedicadas, dirección implicada, precio a medida")
    case .core:
      Phrase("Targeted upsell, talks led by the CSM", es: "Upsell dirigido, conversaciones del CSM")
    case .scale:
      Phrase("Automated upgrade offers, product-led", es: "Ofertas de mejora automáticas, desde el producto")
    case .techTouch:
      Phrase("In-product prompts only", es: "Solo avisos dentro del producto")
    }
  }
}
