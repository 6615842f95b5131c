/// A fact about an account that its tables tell on the first day D of a month. The true probabilities of
/// leaving and of growing are functions of these facts alone; the latent health that produces the tables
/// isn't among them.
///
/// "In n days" means dated from D − n to D − 1. Seats, plan and billing are those in force on D.
public enum VisibleFeature: String, CaseIterable, Sendable {
  case activePerSeat = "active_per_seat_30d"
  case usageTrend = "usage_trend_30d"
  case featuresUsed = "features_used_90d"
  case urgentTickets = "urgent_tickets_90d"
  case logTickets = "log1p_tickets_90d"
  case lastNPS = "nps_last_minus_7"
  case noNPS = "nps_missing"
  case emailTone = "email_tone_90d"
  case logContent = "log1p_content_completed_90d"
  case onboarding = "in_onboarding"
  case paysYearly = "billing_annual"
  case starter = "plan_starter"
  case enterprise = "plan_enterprise"
  case legacy = "plan_legacy"

  public enum Group: String, Sendable, Codable {
    case usage, tickets, sentiment, content, account
  }

  public var group: Group {
    switch self {
    case .activePerSeat, .usageTrend, .featuresUsed: .usage
    case .urgentTickets, .logTickets: .tickets
    case .lastNPS, .noNPS, .emailTone: .sentiment
    case .logContent: .content
    case .onboarding, .paysYearly, .starter, .enterprise, .legacy: .account
    }
  }

  public var definition: String {
    switch self {
    case .activePerSeat:
      "mean of usage.active_users where feature = core in 30 days, divided by the seats; 0 without rows"
    case .usageTrend:
      "log((1 + a) / (1 + b)), a = sum of usage.sessions in 30 days, b = the same in the 30 days before those"
    case .featuresUsed: "number of distinct usage.feature in 90 days"
    case .urgentTickets: "number of tickets with priority = urgent opened in 90 days"
    case .logTickets: "log(1 + number of tickets opened in 90 days)"
    case .lastNPS: "the last sentiment.value with kind = nps before D, minus 7; 0 when there is none"
    case .noNPS: "1 when there is no sentiment row with kind = nps before D, else 0"
    case .emailTone: "mean of sentiment.value with kind = email_tone in 90 days; 0 without rows"
    case .logContent: "log(1 + number of content rows with completed = true in 90 days)"
    case .onboarding: "1 when D is less than 90 days after accounts.start_date, else 0"
    case .paysYearly: "1 when subscriptions.billing = annual, else 0"
    case .starter: "1 when subscriptions.plan = starter, else 0; pro is the reference"
    case .enterprise: "1 when subscriptions.plan = enterprise, else 0"
    case .legacy: "1 when subscriptions.plan = legacy, else 0"
    }
  }
}

/// One number for each ``VisibleFeature``.
public struct VisibleFeatures: Sendable, Equatable {
  /// In the order of `VisibleFeature.allCases`.
  public private(set) var values: [Double]

  init() {
    values = Array(repeating: 0, count: VisibleFeature.allCases.count)
  }

  public internal(set) subscript(feature: VisibleFeature) -> Double {
    get { values[feature.position] }
    set { values[feature.position] = newValue }
  }
}

extension VisibleFeature {
  /// Where the feature stands in `allCases`.
  var position: Int {
    switch self {
    case .activePerSeat: 0
    case .usageTrend: 1
    case .featuresUsed: 2
    case .urgentTickets: 3
    case .logTickets: 4
    case .lastNPS: 5
    case .noNPS: 6
    case .emailTone: 7
    case .logContent: 8
    case .onboarding: 9
    case .paysYearly: 10
    case .starter: 11
    case .enterprise: 12
    case .legacy: 13
    }
  }
}
