/// What the quarter's review puts on the table (MIG-03, MIG-16).
public enum QuarterlyReview {
  /// Why an account is on the list.
  public enum Change: String, Sendable, CaseIterable, Codable {
    /// Grew and earns more than it did.
    case expanded
    /// Shrank below the threshold of its tier.
    case contracted
    /// A strategic designation came or went, or the account entered or left need.
    case strategicOrRisk = "strategic_or_risk"
    /// Health moved so far that the service may need adjusting.
    case health

    public var label: Phrase {
      switch self {
      case .expanded: Phrase("Expanded: should go up", es: "Creció: debería subir")
      case .contracted: Phrase("Contracted below its threshold", es: "Bajó de su umbral")
      case .strategicOrRisk:
        Phrase("Strategic value or risk changed", es: "Cambió el valor estratégico o el riesgo")
      case .health: Phrase("Health changed", es: "Cambió la salud")
      }
    }
  }

  /// An account on one day, as far as the review compares.
  public struct Snapshot: Sendable, Hashable {
    public var earned: Tier
    public var arr: Double?
    public var designation: String?
    public var isAtHighRisk: Bool
    /// 0–100, high is healthy.
    public var health: Double?

    public init(earned: Tier, arr: Double?, designation: String?, isAtHighRisk: Bool, health: Double?) {
      self.earned = earned
      self.arr = arr
      self.designation = designation
      self.isAtHighRisk = isAtHighRisk
      self.health = health
    }
  }

  /// The classes that apply to an account between its last review and now, each at most once, in the order
  /// of ``Change``. Health counts from `healthPoints` points, either way.
  public static func changes(from before: Snapshot, to now: Snapshot, healthPoints: Double = 15) -> [Change] {
    var changes: [Change] = []
    let growth = (now.arr ?? 0) - (before.arr ?? now.arr ?? 0)
    if now.earned.isHigher(than: before.earned), growth > 0 { changes.append(.expanded) }
    if before.earned.isHigher(than: now.earned), growth < 0 { changes.append(.contracted) }
    if before.designation != now.designation || before.isAtHighRisk != now.isAtHighRisk {
      changes.append(.strategicOrRisk)
    }
    if let old = before.health, let new = now.health, abs(new - old) >= healthPoints {
      changes.append(.health)
    }
    return changes
  }
}
