import Foundation
import StableNumerics

/// What a company buys. The codes stand in the tables.
enum Plan: String, CaseIterable, Sendable {
  case starter, pro, enterprise
  /// No longer sold: about 1.5 % of accounts, so that models meet a rare level.
  case legacy

  /// Dollars a seat and month.
  var price: Int {
    switch self {
    case .starter: 10
    case .legacy: 15
    case .pro: 25
    case .enterprise: 50
    }
  }

  /// What an upgrade leads to; nil at the top.
  var next: Plan? {
    switch self {
    case .starter, .legacy: .pro
    case .pro: .enterprise
    case .enterprise: nil
    }
  }
}

/// A person's place in an account. Contacts have no names.
struct Contact: Sendable {
  static let roles = ["end_user", "economic_buyer", "administrator"]
  static let channels = ["email", "phone", "chat", "in_app", "video"]
  static let services = ["self_service", "human"]

  let role: String
  let channel: String
  let service: String
}

/// A company as it is when it signs: everything about it that doesn't change.
struct Company: Sendable {
  static let industries = [
    "software", "retail", "manufacturing", "healthcare", "education", "logistics", "finance", "hospitality",
    "energy", "public_sector",
  ]
  static let strategicFits = ["no", "yes", "reference", "success_case", "early_adopter", "key_sector"]

  /// 0-based; the id's number is one more.
  let index: Int
  let name: String
  let country: Country
  let industry: String
  let employees: Int
  /// An earlier account of the same group.
  let parent: Int?
  let startDay: Int
  let plan: Plan
  let seats: Int
  let paysYearly: Bool
  /// Modules beyond the core, of ``Module/addOns``.
  let modules: [String]
  /// The customer success manager's code; nil for small accounts, which have none.
  let csm: Int?
  /// False for about 45 %: no survey answer and no e-mail is ever recorded.
  let isHeard: Bool
  /// The level that the account's latent health returns to.
  let usualHealth: Double
  let contacts: [Contact]
  let strategicFit: String
  let isBrand: Bool
  let isReference: Bool
  let isInfluential: Bool
  let isPartner: Bool
  /// 0 … 100.
  let complexity: Int
  let hasPremiumPlan: Bool

  /// Company `index` of the world; depends on nothing but the configuration and the index.
  init(index: Int, configuration: WorldConfiguration, calendar: WorldCalendar) {
    var random = SplitMix64(seed: configuration.seed, stream: UInt64(index) * 2)
    let place = Self.namePlace(&random)
    self.index = index
    country = place.country
    industry = random.pick(Self.industries)
    if index > 0, random.chance(0.07) {
      let parent = index - 1 - random.below(min(index, 20))
      var parentRandom = SplitMix64(seed: configuration.seed, stream: UInt64(parent) * 2)
      self.parent = parent
      name = "\(Self.namePlace(&parentRandom).baseName) \(country.name)"
    } else {
      parent = nil
      name = place.fullName
    }

    // About two thirds are customers when the world begins, signed over the seven years before; the others sign
    // on some day of it.
    if random.chance(0.65) {
      startDay = calendar.firstDay - 1 - min(Int(-log(1 - random.uniform()) * 700), 2555)
    } else {
      let month = random.pick(calendar.months)
      startDay = month.firstDay + 1 + random.below(27)
    }

    // Log-normal contract value, 600 to 500,000 dollars a year, median 9,000.
    let arr = min(500_000, max(600, 9000 * exp(1.5 * random.normal())))
    if random.chance(0.015) {
      plan = .legacy
    } else {
      let size = log(arr / 9000)
      plan =
        [.starter, .pro, .enterprise][
          random.pick(weights: [exp(-1.5 * size), 1, exp(1.5 * (size - 1.6))])]
    }
    seats = max(5, Int(arr / 12 / Double(plan.price)))
    employees = Int(Double(seats) * (1.2 + exp(1 + 0.8 * random.normal())))
    paysYearly = random.chance(plan == .starter ? 0.35 : 0.65)
    modules = Module.choose(1 + random.pick(weights: [3, 3, 2, 1]), &random)
    csm = arr >= 12_000 ? random.below(max(3, configuration.accounts / 60)) + 1 : nil
    isHeard = random.chance(0.55)
    usualHealth = 0.6 * random.normal()
    contacts = (0..<1 + min(5, random.poisson(0.8 + log1p(Double(seats)) / 4))).map { number in
      Contact(
        role: number == 0 ? "administrator" : random.pick(Contact.roles),
        channel: random.pick(Contact.channels),
        service: Contact.services[random.pick(weights: [3, 2])])
    }
    strategicFit = Self.strategicFits[random.pick(weights: [80, 8, 4, 3, 3, 2])]
    isBrand = random.chance(0.05)
    isReference = random.chance(0.06)
    isInfluential = random.chance(0.04)
    isPartner = random.chance(0.03)
    complexity = min(100, max(0, Int(20 + 12 * log1p(Double(seats) / 10) + 15 * random.normal())))
    hasPremiumPlan = plan == .enterprise && random.chance(0.3)
  }
}
