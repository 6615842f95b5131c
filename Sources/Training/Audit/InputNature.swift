/// Whether a column counts what users do or what the customer gets from it (PRD-05): a score made of
/// log-ins alone confuses activity with value.
public enum InputNature: String, Sendable {
  case activity, value, unclear

  /// By the words of the name, in English and Spanish. A guess that a person should look at.
  public init(columnNamed name: String) {
    let words = Set(Self.words(of: name))
    if !words.isDisjoint(with: Self.valueWords) {
      self = .value
    } else if !words.isDisjoint(with: Self.activityWords) {
      self = .activity
    } else {
      self = .unclear
    }
  }

  private static let activityWords: Set<String> = [
    "login", "logins", "log", "session", "sessions", "visit", "visits", "click", "clicks", "view", "views",
    "pageview", "pageviews", "open", "opens", "active", "activity", "minutes", "hours", "time", "events",
    "dau", "wau", "mau", "usage", "sesion", "sesiones", "accesos", "acceso", "visitas", "clics", "aperturas",
    "activos", "activas", "actividad", "minutos", "horas", "uso",
  ]

  private static let valueWords: Set<String> = [
    "adoption", "adopted", "outcome", "outcomes", "value", "roi", "goal", "goals", "milestone", "milestones",
    "nps", "csat", "satisfaction", "sentiment", "success", "savings", "revenue", "integration",
    "integrations", "onboarding", "adopcion", "adopción", "resultado", "resultados", "valor", "objetivo",
    "objetivos", "hitos", "satisfaccion", "satisfacción", "ahorro", "ingresos", "exito", "éxito",
  ]

  /// `weeklyLogins_30d` → weekly, logins, 30d.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in name {
      if !character.isLetter && !character.isNumber || (character.isUppercase && wasLower) {
        words.append(word)
        word = ""
      }
      if character.isLetter || character.isNumber { word.append(contentsOf: character.lowercased()) }
      wasLower = character.isLowercase
    }
    words.append(word)
    return words.filter { !$0.isEmpty }
  }
}
