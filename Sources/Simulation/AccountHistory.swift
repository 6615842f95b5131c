/// Everything that happens to one account, in order of time. Days are days since 1970.
public struct AccountHistory: Sendable {
  let company: Company
  var periods: [Period] = []
  var usage: [UsageWeek] = []
  var tickets: [Ticket] = []
  var sentiment: [Sentiment] = []
  var content: [ContentView] = []
  /// A month at risk each, in order.
  public internal(set) var outcomes: [Outcome] = []

  /// A stretch of constant contract terms.
  struct Period: Sendable {
    enum Event: String, CaseIterable, Sendable {
      case new, renewal, upgrade, downgrade, cancel
    }

    let firstDay: Int
    /// The first day on which the terms no longer hold; nil while they run. A cancellation is a period of
    /// no length, no seats and no money.
    var endDay: Int?
    let plan: Plan
    let seats: Int
    let event: Event

    /// Dollars a month.
    var mrr: Int { seats * plan.price }
  }

  /// What one module saw in the week that ends on `lastDay`, a Sunday.
  struct UsageWeek: Sendable {
    let lastDay: Int
    let module: String
    let activeUsers: Int
    let sessions: Int
    let actions: Int
  }

  struct Ticket: Sendable {
    static let priorities = ["low", "normal", "high", "urgent"]
    static let categories = ["how_to", "defect", "billing", "integration", "access"]

    let openedDay: Int
    /// Nil while it is open, or when the account left before it was closed.
    let closedDay: Int?
    let priority: String
    let category: String
    let isEscalated: Bool
    /// 1 … 5, for a third of the closed ones.
    let csat: Int?
  }

  struct Sentiment: Sendable {
    enum Kind: String, CaseIterable, Sendable {
      case nps, csat
      case emailTone = "email_tone"
    }

    let day: Int
    let kind: Kind
    /// NPS 0 … 10, CSAT 1 … 5, tone −1 … 1, all times 100.
    let hundredths: Int
  }

  struct ContentView: Sendable {
    /// The six kinds of content that a library holds.
    static let types = [
      "product_walkthrough", "setup_guide", "explainer_video", "case_study", "workbook", "quiz",
    ]
    /// Elements 1 … 60; element n is of type n mod 6.
    static let elementCount = 60

    let day: Int
    /// A position in the company's contacts.
    let contact: Int
    let element: Int
    let isCompleted: Bool

    var type: String { Self.types[element % Self.types.count] }
  }

  /// What was visible on the first day of a month, what that made likely, and what happened.
  public struct Outcome: Sendable {
    /// Days since 1970.
    public let firstDay: Int
    public let features: VisibleFeatures
    /// Log-odds of leaving in the month, and of buying more in it for an account that stays.
    public let churnLogOdds: Double
    public let expansionLogOdds: Double
    public let churned: Bool
    /// Nil in the month of leaving, where it isn't drawn.
    public let expanded: Bool?
  }
}
