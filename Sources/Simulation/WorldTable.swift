/// The tables of a world, each a CSV file with a header.
public enum WorldTable: String, CaseIterable, Sendable {
  case accounts, subscriptions, usage, tickets, sentiment, content, contacts, outcomes, book

  public var fileName: String { "\(rawValue).csv" }

  /// One column: its meaning, and what may stand in it.
  public struct Column: Sendable {
    public enum Values: Sendable, Equatable {
      case identifiers(prefix: String)
      case text
      case dates
      case booleans
      case codes([String])
      case numbers(ClosedRange<Double>)
      case integers(ClosedRange<Int>)
    }

    public let name: String
    public let meaning: String
    public let unit: String?
    public let values: Values
    public let mayBeBlank: Bool
  }
}

extension WorldTable {
  /// What a row is, for a card.
  public var meaning: String {
    switch self {
    case .accounts:
      "A row a company that ever signed: facts that never change, so that any of them may be a feature at any date."
    case .subscriptions:
      """
      A row a period of constant terms. `end_date` is blank while the period runs; a cancellation is a row of its \
      own with `start_date` = `end_date`, no seats and no money.
      """
    case .usage:
      "A row a week and part of the product that was used; `date` is the week's last day, so the row is known by then."
    case .tickets: "A row a support ticket."
    case .sentiment:
      "A row an answer to a survey, or an e-mail that was read. Nearly half of the accounts have none."
    case .content: "A row an opening of a content element by a contact."
    case .contacts: "A row a contact: a role, no name."
    case .outcomes:
      "A row a month at risk: what was drawn, and from which true probability. Never a source of features."
    case .book:
      """
      A row an account that is a customer on the day after the last, with its terms on that day: what a CRM would \
      export then, and what `pulso segment` takes. It knows the whole period; never a source of features.
      """
    }
  }

  /// The columns in the order of the file.
  public var columns: [Column] {
    switch self {
    case .accounts:
      Self.identity + [
        column("country", "ISO 3166 code", .codes(Country.all.map(\.code))),
        column("region", "sales region", .codes(["amer", "emea", "latam"])),
        column("language", "language of the account", .codes(Country.Language.allCases.map(\.rawValue))),
        column("industry", "industry", .codes(Company.industries)),
        column("employees", "size of the company", unit: "people", .integers(1...1_000_000)),
        column("start_date", "day of signing", .dates),
        column(
          "csm", "customer success manager; blank for accounts below 12,000 a year", Self.csm, blank: true),
      ]
    case .subscriptions:
      [
        column("subscription_id", "period of constant terms", .identifiers(prefix: "S-")),
        Self.account,
        column("start_date", "first day of the terms", .dates),
        column("end_date", "first day without them; blank while they run", .dates, blank: true),
        column("plan", "plan", Self.plans),
        column("seats", "seats paid", unit: "seats", .integers(0...1_000_000)),
        column("mrr", "monthly recurring revenue", unit: "USD a month", .integers(0...50_000_000)),
        column("currency", "currency of mrr", .codes(["USD"])),
        column("billing", "how it is paid", .codes(["annual", "monthly"])),
        column(
          "event", "what began the period", .codes(AccountHistory.Period.Event.allCases.map(\.rawValue))),
      ]
    case .usage:
      [
        Self.account,
        column("date", "last day of the week", .dates),
        column("feature", "part of the product; core is the whole", .codes(Module.all)),
        column("active_users", "people who used it in the week", unit: "people", .integers(0...1_000_000)),
        column("sessions", "sessions in the week", unit: "sessions", .integers(0...100_000_000)),
        column("count", "actions in the week", unit: "actions", .integers(0...1_000_000_000)),
      ]
    case .tickets:
      [
        column("ticket_id", "ticket", .identifiers(prefix: "T-")),
        Self.account,
        column("opened_at", "day of opening", .dates),
        column("closed_at", "day of closing; blank when it never was", .dates, blank: true),
        column("priority", "priority", .codes(AccountHistory.Ticket.priorities)),
        column("category", "subject", .codes(AccountHistory.Ticket.categories)),
        column("escalated", "went to a second line", .booleans),
        column("csat", "grade given when it closed", unit: "grade", .integers(1...5), blank: true),
      ]
    case .sentiment:
      [
        Self.account,
        column("date", "day of the answer or e-mail", .dates),
        column("kind", "what was heard", .codes(AccountHistory.Sentiment.Kind.allCases.map(\.rawValue))),
        column("value", "nps 0 to 10, csat 1 to 5, email_tone −1 to 1", unit: "by kind", .numbers(-1...10)),
      ]
    case .content:
      [
        Self.account,
        column("contact_id", "who opened it", .identifiers(prefix: "C-")),
        column("date", "day of opening", .dates),
        column("element", "content element", .identifiers(prefix: "E-")),
        column("type", "kind of content", .codes(AccountHistory.ContentView.types)),
        column("completed", "went through to the end", .booleans),
      ]
    case .contacts:
      [
        column("contact_id", "contact", .identifiers(prefix: "C-")),
        Self.account,
        column("role", "role", .codes(Contact.roles)),
        column("channel_preference", "how they like to be reached", .codes(Contact.channels)),
        column("service_preference", "whom they like to be served by", .codes(Contact.services)),
      ]
    case .outcomes:
      [
        Self.account,
        column("month", "first day of the month", .dates),
        column("churned", "left in the month", .integers(0...1)),
        column(
          "expanded", "bought more in the month; blank when the account left", .integers(0...1), blank: true),
        column("churn_probability", "true probability of leaving, to six decimals", .numbers(0...1)),
        column(
          "expansion_probability",
          "true probability of buying more for an account that stays, to six decimals",
          .numbers(0...1)),
      ]
    case .book: Self.identity + Self.terms
    }
  }

  private static let account = Column(
    name: "account_id", meaning: "account", unit: nil, values: .identifiers(prefix: "A-"), mayBeBlank: false)
  private static let csm = Column.Values.identifiers(prefix: "csm-")
  private static let plans = Column.Values.codes(Plan.allCases.map(\.rawValue))

  private static var identity: [Column] {
    [
      account,
      column("account_name", "invented company", .text),
      column("parent_id", "account of the group's parent", .identifiers(prefix: "A-"), blank: true),
    ]
  }

  private static var terms: [Column] {
    [
      column("arr", "annual recurring revenue, 12 × mrr", unit: "USD a year", .integers(0...600_000_000)),
      column("currency", "currency of arr and potential_arr", .codes(["USD"])),
      column(
        "potential_arr", "arr with a seat for every employee", unit: "USD a year", .integers(0...900_000_000)),
      column("plan", "plan", plans),
      column("start_date", "day of signing", .dates),
      column("renewal_date", "next renewal", .dates),
      column("employees", "size of the company", unit: "people", .integers(1...1_000_000)),
      column("industry", "industry", .codes(Company.industries)),
      column("region", "sales region", .codes(["amer", "emea", "latam"])),
      column("seats", "seats paid", unit: "seats", .integers(1...1_000_000)),
      column("seats_used", "people active in the last whole week", unit: "people", .integers(0...1_000_000)),
      column("modules_available", "add-ons sold", unit: "modules", .integers(7...7)),
      column("modules_used", "add-ons used in the last 90 days", unit: "modules", .integers(0...7)),
      column("strategic_fit", "fit with the strategy", .codes(Company.strategicFits)),
      column("brand", "well-known name", .booleans),
      column("reference", "speaks for the product", .booleans),
      column("influence", "others follow it", .booleans),
      column("partnership", "sells or builds with us", .booleans),
      column("complexity", "complexity of the use case", unit: "points", .integers(0...100)),
      column("premium_plan", "pays for a success plan", .booleans),
      column(
        "onboarding_complete",
        "customer for 90 days, with two content elements completed since the data begin",
        .booleans),
      column(
        "csm", "customer success manager; blank for accounts signed below 12,000 a year", csm, blank: true),
    ]
  }

  private static func column(
    _ name: String, _ meaning: String, unit: String? = nil, _ values: Column.Values, blank: Bool = false
  ) -> Column {
    Column(name: name, meaning: meaning, unit: unit, values: values, mayBeBlank: blank)
  }

  private func column(
    _ name: String, _ meaning: String, unit: String? = nil, _ values: Column.Values, blank: Bool = false
  ) -> Column {
    Self.column(name, meaning, unit: unit, values, blank: blank)
  }
}
