/// One thing that a service level gives, and whether a person gives it.
public struct ServiceItem: Sendable, Hashable {
  public enum Topic: String, Sendable, CaseIterable, Codable {
    case ownership, touchpoint, engagement, onboarding, support, selfService = "self_service"
  }

  public let code: String
  public let topic: Topic
  public let isHuman: Bool
  public let text: Phrase

  init(_ code: String, _ topic: Topic, human: Bool, _ english: String, es spanish: String) {
    self.code = code
    self.topic = topic
    isHuman = human
    text = Phrase(english, es: spanish)
  }
}

/// What each service level gives, item by item (SVC-01 to SVC-14, SVC-23).
public enum ServiceCatalogue {
  public static func items(_ level: ServiceClass) -> [ServiceItem] {
    switch level {
    case .strategic: strategic
    case .core: core
    case .scale: scale
    case .techTouch: techTouch
    }
  }

  private static let strategic = [
    ServiceItem(
      "named_csm", .ownership, human: true, "A named CSM who owns the relationship, not pooled",
      es: "Un CSM con nombre que es dueño de la relación, no compartido"),
    ServiceItem(
      "executive_sponsor", .ownership, human: true, "An executive sponsor", es: "Un patrocinador ejecutivo"),
    ServiceItem(
      "check_in", .touchpoint, human: true, "Proactive check-in every fortnight or month",
      es: "Seguimiento proactivo quincenal o mensual"),
    ServiceItem(
      "business_review", .touchpoint, human: true, "Quarterly business review, never skipped",
      es: "Revisión de negocio trimestral, nunca se omite"),
    ServiceItem(
      "value_report", .touchpoint, human: true, "Monthly report of value and return",
      es: "Informe mensual de valor y retorno"),
    ServiceItem(
      "immediate_answer", .touchpoint, human: true, "Immediate answer to every inbound message",
      es: "Respuesta inmediata a todo mensaje entrante"),
    ServiceItem(
      "monitoring", .touchpoint, human: false, "Proactive monitoring of usage and health",
      es: "Vigilancia proactiva del uso y la salud"),
    ServiceItem(
      "success_plan", .engagement, human: true, "A custom success plan", es: "Un plan de éxito a medida"),
    ServiceItem(
      "product_access", .engagement, human: true, "Direct access to product and engineering",
      es: "Acceso directo a producto e ingeniería"),
    ServiceItem(
      "early_access", .engagement, human: false, "Early access to features",
      es: "Acceso anticipado a novedades"),
    ServiceItem(
      "intensive_onboarding", .onboarding, human: true,
      "Weekly contact in onboarding, with dedicated technical people",
      es: "Contacto semanal en el onboarding, con técnicos dedicados"),
    ServiceItem(
      "custom_training", .onboarding, human: true, "Custom training", es: "Formación a medida"),
    ServiceItem(
      "priority_support", .support, human: true,
      "Priority support, first response in under 1 hour, escalation to leadership",
      es: "Soporte prioritario, primera respuesta en menos de 1 hora, escalado a dirección"),
    ServiceItem(
      "direct_channel", .support, human: true, "A dedicated chat channel or direct contact with the CSM",
      es: "Canal de chat dedicado o contacto directo con el CSM"),
  ]

  private static let core = [
    ServiceItem(
      "shared_csm", .ownership, human: true, "A CSM of a shared portfolio, pooled or assigned by choice",
      es: "Un CSM de cartera compartida, en equipo o asignado según se elija"),
    ServiceItem(
      "check_in", .touchpoint, human: true, "A touchpoint every month or two, personal and automated in turn",
      es: "Un contacto cada uno o dos meses, personal y automático por turnos"),
    ServiceItem(
      "business_review", .touchpoint, human: true,
      "Business review twice a year, yearly for smaller accounts, from a templated deck",
      es: "Revisión de negocio semestral, anual en cuentas menores, con plantilla"),
    ServiceItem(
      "nurture", .engagement, human: false, "Automated nurture and education",
      es: "Nutrición y educación automatizadas"),
    ServiceItem(
      "standard_onboarding", .onboarding, human: true,
      "Standard onboarding: kickoff call and milestone check-ins",
      es: "Onboarding estándar: llamada inicial y seguimiento de hitos"),
    ServiceItem(
      "training_webinars", .onboarding, human: false, "Standard training webinars",
      es: "Webinars de formación estándar"),
    ServiceItem(
      "csm_by_mail", .support, human: true, "The CSM by email or chat, without a dedicated channel",
      es: "El CSM por correo o chat, sin canal dedicado"),
    ServiceItem(
      "reactive_support", .support, human: true, "Reactive support, same or next day",
      es: "Soporte reactivo, mismo día o el siguiente"),
  ]

  private static let scale = [
    ServiceItem(
      "pooled_csm", .ownership, human: true,
      "A pooled team for escalations and key moments, low health or specific events; no routine touchpoints",
      es: "Un equipo común para escalados y momentos clave, salud baja o eventos; sin contactos de rutina"),
    ServiceItem(
      "welcome_series", .touchpoint, human: false, "Welcome email series with a setup guide",
      es: "Serie de correos de bienvenida con guía de configuración"),
    ServiceItem(
      "in_app_tours", .touchpoint, human: false, "In-app tooltips and tours",
      es: "Ayudas y visitas guiadas en la aplicación"),
    ServiceItem(
      "webinar_invitations", .touchpoint, human: false, "Webinar invitations", es: "Invitaciones a webinars"),
    ServiceItem(
      "health_monitoring", .touchpoint, human: false,
      "Automated health monitoring; a CSM only when the health falls",
      es: "Vigilancia automática de la salud; un CSM solo cuando la salud cae"),
    ServiceItem(
      "renewal_mails", .touchpoint, human: false,
      "Renewal emails at 60, 30 and 14 days with automated follow-up",
      es: "Correos de renovación a 60, 30 y 14 días con seguimiento automático"),
    ServiceItem(
      "quarterly_check_in", .engagement, human: false, "Check-in each quarter, or when an event asks for it",
      es: "Seguimiento trimestral, o cuando un evento lo pide"),
    ServiceItem(
      "automated_onboarding", .onboarding, human: false, "Automated onboarding", es: "Onboarding automatizado"
    ),
    ServiceItem(
      "community", .selfService, human: false, "Community and help centre", es: "Comunidad y centro de ayuda"),
    ServiceItem(
      "standard_queue", .support, human: true, "Standard queues, 24 to 48 hours",
      es: "Colas estándar, 24 a 48 horas"),
  ]

  private static let techTouch = [
    ServiceItem(
      "onboarding_mails", .onboarding, human: false, "Onboarding email sequence",
      es: "Secuencia de correos de onboarding"),
    ServiceItem(
      "in_app_tours", .touchpoint, human: false, "In-app messages and tours",
      es: "Mensajes y visitas guiadas en la aplicación"),
    ServiceItem(
      "renewal_offers", .touchpoint, human: false, "Automated renewal and expansion offers",
      es: "Ofertas automáticas de renovación y expansión"),
    ServiceItem(
      "chatbot", .selfService, human: false, "Chatbot; a person only for critical problems",
      es: "Chatbot; una persona solo para problemas críticos"),
    ServiceItem(
      "help_centre", .selfService, human: false, "Full help centre", es: "Centro de ayuda completo"),
    ServiceItem(
      "video_tutorials", .selfService, human: false, "Video tutorials and documentation",
      es: "Videotutoriales y documentación"),
    ServiceItem("community", .selfService, human: false, "User community", es: "Comunidad de usuarios"),
    ServiceItem(
      "tickets", .support, human: true, "Tickets on demand, standard answer times",
      es: "Tickets bajo demanda, plazos estándar"),
  ]
}
