public import Calendar

/// A business account as the segmentation systems see it. Everything but the id may be unknown, and unknown
/// is never taken for zero.
///
/// Scales: money in ``currency``; `brand`, `reference`, `influence`, `partnership`, `complexity`, `health`
/// run 0–100.
public struct Account: Sendable, Equatable {
  public var id: String
  public var name: String?
  /// The account under which this one stands, for ``CustomerUnit/company``.
  public var parentID: String?

  /// Annual recurring revenue.
  public var arr: Double?
  /// ISO 4217 code; nil means the preset's currency.
  public var currency: String?
  /// The ARR that this customer could reach within 12–24 months.
  public var potentialARR: Double?
  public var plan: Plan?
  public var startDate: CalendarDate?
  public var renewalDate: CalendarDate?
  public var noticeServed: Bool?

  public var employees: Double?
  public var industry: String?
  public var region: String?

  public var seats: Double?
  public var seatsUsed: Double?
  public var modulesAvailable: Double?
  public var modulesUsed: Double?
  /// Set by hand; overrides what a model or the seats say.
  public var expansion: ExpansionLevel?

  public var strategicFit: StrategicFit?
  /// A named reason to treat the account as strategic whatever its size, such as `partnership`.
  public var strategicDesignation: String?
  public var brand: Double?
  public var reference: Double?
  public var influence: Double?
  public var partnership: Double?
  public var fitEvidence: FitEvidence?

  public var complexity: Double?
  public var relationshipComplexity: Double?
  public var productComplexity: Double?
  /// Support tickets opened in the last 90 days.
  public var tickets: Double?

  /// A success plan that was bought and guarantees a level of service.
  public var premiumPlan: Bool?
  /// Coverage that was bought, not earned.
  public var purchasedCoverage: Coverage?
  public var onboardingComplete: Bool?
  public var health: Double?
  /// Health about 30 days before.
  public var healthPrevious: Double?

  /// Would rather help itself than be called; recorded, not assumed.
  public var prefersAutonomy: Bool?
  public var csm: String?
  /// Hours that the manager spent on the account, over whatever period is the same for all.
  public var csmHours: Double?
  public var currentTier: Tier?
  public var lastReview: CalendarDate?

  public init(id: String) {
    self.id = id
  }
}

extension Account {
  /// What memory asks of an account beside its assignment.
  public struct Memorable: Sendable, Equatable {
    public var renewalDate: CalendarDate?
    public var strategicDesignation: String?
    public var health: Double?
    public var csm: String?
    public var currentTier: Tier?

    public init() {}

    public init(_ account: Account) {
      renewalDate = account.renewalDate
      strategicDesignation = account.strategicDesignation
      health = account.health
      csm = account.csm
      currentTier = account.currentTier
    }
  }
}

/// What a customer pays for, as far as segmentation cares.
public enum Plan: String, Sendable, CaseIterable {
  case free, trial, paid, premium

  /// Free and trial accounts are served without people, whatever their ARR column says.
  public var isUnpaid: Bool { self == .free || self == .trial }
}

/// How well a customer fits the seller's strategy. Every case but ``no`` is a kind of yes.
public enum StrategicFit: String, Sendable, CaseIterable {
  case no, yes, reference
  case successCase = "success_case"
  case earlyAdopter = "early_adopter"
  case keySector = "key_sector"

  public var isFit: Bool { self != .no }
}

/// Where a customer's strategic fit shows.
public struct FitEvidence: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Sales names the customer in demos.
  public static let demos = FitEvidence(rawValue: 1)
  /// The customer appears in testimonials or cases.
  public static let testimonials = FitEvidence(rawValue: 2)
  /// The customer takes part in betas, webinars or the community.
  public static let community = FitEvidence(rawValue: 4)

  public var count: Int { rawValue.nonzeroBitCount }
}
