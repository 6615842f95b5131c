/// What each level of the pyramid means and gets done for it (PYR-02 to PYR-10).
public enum PyramidPlan {
  /// Who stands on the level, how it is served and what for.
  public static func profile(_ level: PyramidLevel) -> Phrase {
    switch level {
    case .highTouch:
      Phrase(
        "Enterprise customers, strategic partners and the largest ARR: a dedicated CSM, highly proactive and "
          + "personal, the most resources, for retention and growth",
        es:
          "Grandes empresas, socios estratégicos y el mayor ARR: un CSM dedicado, muy proactivo y personal, la "
          + "mayor inversión, para retener y crecer")
    case .lowTouch:
      Phrase(
        "Mid-size customers of moderate ARR: one CSM for a portfolio, just in time at key moments",
        es: "Empresas medianas de ARR moderado: un CSM por cartera, justo a tiempo en los momentos clave")
    case .techTouch:
      Phrase(
        "The long tail, free and low-cost plans: automated and self-service, as one-to-one contact can't pay",
        es:
          "La larga cola, planes gratuitos o de bajo coste: automatizado y autoservicio, el trato individual no "
          + "compensa")
    }
  }

  /// Five activities a level.
  public static func activities(_ level: PyramidLevel) -> [Phrase] {
    switch level {
    case .highTouch:
      [
        Phrase("Regular visits on site", es: "Visitas presenciales periódicas"),
        Phrase("Personal onboarding and training", es: "Onboarding y formación personalizados"),
        Phrase("Quarterly business reviews", es: "Revisiones de negocio trimestrales (QBR)"),
        Phrase(
          "Direct access to support and product specialists",
          es: "Acceso directo a especialistas de soporte y producto"),
        Phrase(
          "Proactive monitoring of health and usage", es: "Seguimiento proactivo de la salud y el uso"),
      ]
    case .lowTouch:
      [
        Phrase("A pooled team of CSMs", es: "Un equipo común de CSM"),
        Phrase(
          "Group webinars on onboarding and new features",
          es: "Webinars grupales de onboarding y novedades"),
        Phrase(
          "Emails on milestones of usage, or on their absence",
          es: "Correos por hitos de uso, o por su ausencia"),
        Phrase("Digitised reviews or a video follow-up", es: "QBR digitalizado o seguimiento por vídeo"),
        Phrase("Knowledge base and community forums", es: "Base de conocimiento y foros"),
      ]
    case .techTouch:
      [
        Phrase("Automated onboarding emails", es: "Correos de onboarding automatizados"),
        Phrase("Tutorials, guides and in-app tours", es: "Tutoriales, guías y visitas en la aplicación"),
        Phrase("A complete online help centre", es: "Un centro de ayuda en línea completo"),
        Phrase("Community forums", es: "Foros de la comunidad"),
        Phrase(
          "Automated health scores that send an upgrade offer or a helpful article",
          es: "Salud automatizada que envía una oferta de mejora o un artículo útil"),
      ]
    }
  }

  /// What an account's situation sets off.
  public enum Trigger: String, Sendable, CaseIterable {
    /// A person looks in.
    case humanTask = "human_task"
    case upgradeOffer = "upgrade_offer"
    case helpfulArticle = "helpful_article"
    /// A milestone of usage was missed.
    case milestoneEmail = "milestone_email"
  }

  /// Low touch brings a person on risk or on an opportunity only; tech touch sends an offer to who can grow and
  /// an article to who adopts little; high touch has its person already. `isMilestoneMissed`: no such event for
  /// as long as was agreed.
  public static func triggers(
    _ level: PyramidLevel, isAtRisk: Bool, isExpanding: Bool, isAdoptionLow: Bool,
    isMilestoneMissed: Bool = false
  ) -> [Trigger] {
    switch level {
    case .highTouch: []
    case .lowTouch:
      (isAtRisk || isExpanding ? [.humanTask] : []) + (isMilestoneMissed ? [.milestoneEmail] : [])
    case .techTouch: (isExpanding ? [.upgradeOffer] : []) + (isAdoptionLow ? [.helpfulArticle] : [])
    }
  }
}
