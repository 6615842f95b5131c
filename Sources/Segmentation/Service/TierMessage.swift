/// A draft for the customer when the service changes: what the plan now includes, never the tier
/// (COM-01 to COM-04).
public enum TierMessage {
  public enum Direction: String, Sendable, Codable {
    case upgrade, downgrade
  }

  /// Nil where the level stays: there is nothing to say.
  public static func draft(from old: ServiceClass, to new: ServiceClass) -> (
    direction: Direction, text: Phrase
  )? {
    if new > old { return (.upgrade, upgrade(to: new)) }
    if new < old { return (.downgrade, downgrade(to: new)) }
    return nil
  }

  /// `Your plan includes …`, the wording that a customer may read.
  public static func includes(_ level: ServiceClass) -> Phrase {
    switch level {
    case .strategic:
      Phrase(
        "dedicated CSM support and quarterly business reviews",
        es: "un CSM dedicado y revisiones de negocio trimestrales")
    case .core:
      Phrase(
        "a CSM team that knows your account and regular business reviews",
        es: "un equipo de CSM que conoce su cuenta y revisiones de negocio periódicas")
    case .scale:
      Phrase(
        "our success team on request, webinars, the community and the help centre",
        es: "nuestro equipo de éxito a petición, webinars, la comunidad y el centro de ayuda")
    case .techTouch:
      Phrase(
        "guided onboarding, the community and the full help centre, at any hour",
        es: "onboarding guiado, la comunidad y el centro de ayuda completo, a cualquier hora")
    }
  }

  private static func upgrade(to level: ServiceClass) -> Phrase {
    let includes = includes(level)
    return Phrase(
      "As you have grown with us, we are excited to provide \(includes.english).",
      es: "Como ha crecido con nosotros, nos alegra ofrecerle \(includes.spanish).")
  }

  private static func downgrade(to level: ServiceClass) -> Phrase {
    let includes = includes(level)
    return Phrase(
      "From your next contract period your plan includes \(includes.english). "
        + "The quality of our answers and the people behind them stay the same.",
      es: "Desde su próximo periodo de contrato, su plan incluye \(includes.spanish). "
        + "La calidad de nuestras respuestas y las personas que las dan siguen siendo las mismas.")
  }
}
