/// What brings a person to an account that is otherwise served by machines (SVC-15, SVC-16, COV-12).
public enum HumanTrigger: String, Sendable, CaseIterable, Codable {
  case healthCollapsed = "health_collapsed"
  case upgradedToPaid = "upgraded_to_paid"
  case expansionUsage = "expansion_usage"
  case automationFailed = "automation_failed"
  case viralGrowth = "viral_growth"
  case enterprisePlan = "enterprise_plan"
  case selfServiceFailed = "self_service_failed"

  public var label: Phrase {
    switch self {
    case .healthCollapsed: Phrase("Health collapsed", es: "La salud se hundió")
    case .upgradedToPaid: Phrase("Went from trial or free to paid", es: "Pasó de prueba o gratis a pago")
    case .expansionUsage:
      Phrase("Usage reached the expansion threshold", es: "El uso llegó al umbral de expansión")
    case .automationFailed: Phrase("An automation failed", es: "Falló una automatización")
    case .viralGrowth: Phrase("Usage spreads by itself", es: "El uso crece solo")
    case .enterprisePlan: Phrase("Moved to the enterprise plan", es: "Pasó al plan enterprise")
    case .selfServiceFailed:
      Phrase("Blocked after self-service failed", es: "Bloqueada tras fallar el autoservicio")
    }
  }

  /// The triggers that the change from one day's account to the next one's sets off. Health collapses when it
  /// falls by 30 points or below 25; usage calls for expansion from 80 % of the seats upwards.
  public static func triggered(from before: Account?, to now: Account) -> [HumanTrigger] {
    var result: [HumanTrigger] = []
    let healthBefore = before?.health ?? now.healthPrevious
    if let health = now.health, let healthBefore, health < healthBefore,
      healthBefore - health >= 30 || (health < 25 && healthBefore >= 25)
    {
      result.append(.healthCollapsed)
    }
    if let old = before?.plan, let new = now.plan, old.isUnpaid, !new.isUnpaid {
      result.append(.upgradedToPaid)
    }
    if let share = seatShare(now), share >= 0.8, (before.flatMap(seatShare) ?? 0) < 0.8 {
      result.append(.expansionUsage)
    }
    if let old = before?.plan, old != .premium, now.plan == .premium { result.append(.enterprisePlan) }
    return result
  }

  private static func seatShare(_ account: Account) -> Double? {
    guard let seats = account.seats, seats > 0, let used = account.seatsUsed else { return nil }
    return used / seats
  }
}
