/// What else a reader of an assignment should know, as a set of codes.
public struct Flags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt64
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  // What is unknown.
  public static let arrMissing = Flags(rawValue: 1 << 0)
  public static let importanceIncomplete = Flags(rawValue: 1 << 1)
  public static let importanceUnknown = Flags(rawValue: 1 << 2)
  public static let needIncomplete = Flags(rawValue: 1 << 3)
  public static let needUnknown = Flags(rawValue: 1 << 4)
  /// The scorecard lacked a criterion; the weights of the others were scaled up.
  public static let scorecardIncomplete = Flags(rawValue: 1 << 5)

  // What rules decided above the weights.
  /// Younger than 90 days with onboarding open.
  public static let onboardingOpen = Flags(rawValue: 1 << 6)
  public static let healthDrop = Flags(rawValue: 1 << 7)
  public static let noticeServed = Flags(rawValue: 1 << 8)
  /// The predicted risk lies in the red band.
  public static let redRisk = Flags(rawValue: 1 << 9)
  /// A project is open: the account stays until the project is done and the customer healthy.
  public static let projectOpen = Flags(rawValue: 1 << 10)
  public static let premiumFloor = Flags(rawValue: 1 << 11)
  public static let purchasedCoverage = Flags(rawValue: 1 << 12)
  public static let strategicDesignation = Flags(rawValue: 1 << 13)
  /// The expansion set by hand stands above the predicted one.
  public static let manualExpansion = Flags(rawValue: 1 << 14)

  // What deserves a look.
  /// The top tier by score, but on ARR alone: kept one lower until somebody has looked.
  public static let review = Flags(rawValue: 1 << 15)
  /// Among the top by revenue in a book where nobody reaches the top tier's threshold.
  public static let topByRevenue = Flags(rawValue: 1 << 16)
  public static let hiddenPotential = Flags(rawValue: 1 << 17)
  public static let overServed = Flags(rawValue: 1 << 18)
  /// High predicted expansion among the bottom 80 % by ARR.
  public static let diamond = Flags(rawValue: 1 << 19)
  /// Top tier in need: more attention for now, the tier unchanged.
  public static let boost = Flags(rawValue: 1 << 20)
  /// Second tier and healthy: lighter contact for now, the tier unchanged.
  public static let lighterContact = Flags(rawValue: 1 << 21)
  /// Health fell below the level at which a person looks in on a pooled account.
  public static let healthFell = Flags(rawValue: 1 << 22)
  /// Health collapsed: even a digital account gets a person.
  public static let healthCollapsed = Flags(rawValue: 1 << 23)

  // What memory adds (see Migration).
  public static let inGrace = Flags(rawValue: 1 << 24)
  public static let graceLengthAssumed = Flags(rawValue: 1 << 25)
  public static let manualOverride = Flags(rawValue: 1 << 26)

  /// Every flag with its code, in the order in which they are written.
  public static let all: [(flag: Flags, code: String)] = [
    (.arrMissing, "arr_missing"), (.importanceIncomplete, "importance_incomplete"),
    (.importanceUnknown, "importance_unknown"), (.needIncomplete, "need_incomplete"),
    (.needUnknown, "need_unknown"), (.scorecardIncomplete, "scorecard_incomplete"),
    (.onboardingOpen, "onboarding_open"), (.healthDrop, "health_drop"), (.noticeServed, "notice_served"),
    (.redRisk, "red_risk"), (.projectOpen, "project_open"), (.premiumFloor, "premium_floor"),
    (.purchasedCoverage, "purchased_coverage"), (.strategicDesignation, "strategic_designation"),
    (.manualExpansion, "manual_expansion"), (.review, "review"), (.topByRevenue, "top_by_revenue"),
    (.hiddenPotential, "hidden_potential"), (.overServed, "over_served"), (.diamond, "diamond"),
    (.boost, "boost"), (.lighterContact, "lighter_contact"), (.healthFell, "health_fell"),
    (.healthCollapsed, "health_collapsed"), (.inGrace, "in_grace"),
    (.graceLengthAssumed, "grace_length_assumed"), (.manualOverride, "manual_override"),
  ]

  public var codes: [String] { Flags.all.filter { contains($0.flag) }.map(\.code) }

  /// Unknown codes are left out.
  public init(codes: some Sequence<some StringProtocol>) {
    self.init()
    for code in codes {
      for (flag, name) in Flags.all where name == code { insert(flag) }
    }
  }
}
