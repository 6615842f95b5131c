import Calendar
import Segmentation
import StableNumerics

/// Accounts for tests, in few words.
func account(_ id: String, arr: Double? = nil, _ edit: (inout Account) -> Void = { _ in }) -> Account {
  var account = Account(id: id)
  account.arr = arr
  edit(&account)
  return account
}

func scores(risk: Double? = nil, expansion: Double? = nil, _ edit: (inout Scores) -> Void = { _ in })
  -> Scores
{
  var scores = Scores()
  scores.churnRisk = risk
  scores.expansionPotential = expansion
  edit(&scores)
  return scores
}

let newYear = CalendarDate(daysSince1970: 20_454)  // 2026-01-01

func run(_ accounts: [Account], _ scores: [String: Scores] = [:], preset: Preset = Preset(), threads: Int = 1)
  throws -> Segmentation
{
  try Segmenter(preset: preset, asOf: newYear, threads: threads).segment(accounts, scores: scores)
}

/// The assignment of one account alone in its book.
func place(_ account: Account, _ scores: Scores? = nil, preset: Preset = Preset()) throws -> Assignment {
  try run([account], scores.map { [account.id: $0] } ?? [:], preset: preset).assignments[0]
}

extension Account {
  /// A random account: each field unknown one time in three.
  static func random(_ id: String, _ source: inout SplitMix64) -> Account {
    func unit() -> Double { Double(source.next() >> 11) / 9_007_199_254_740_992 }
    func maybe<Value>(_ value: @autoclosure () -> Value) -> Value? { unit() < 1.0 / 3 ? nil : value() }
    var account = Account(id: id)
    account.arr = maybe((unit() * 200_000).rounded())
    account.potentialARR = maybe((unit() * 400_000).rounded())
    account.plan = maybe([Plan.paid, .paid, .paid, .free, .trial, .premium][Int(unit() * 6)])
    account.startDate = maybe(newYear.adding(days: -Int(unit() * 2000)))
    account.seats = maybe(Double(1 + Int(unit() * 200)))
    account.seatsUsed = maybe(Double(Int(unit() * 200)))
    account.modulesAvailable = maybe(4)
    account.modulesUsed = maybe(Double(Int(unit() * 5)))
    account.expansion = maybe(ExpansionLevel.allCases[Int(unit() * 3)])
    account.strategicFit = maybe(StrategicFit.allCases[Int(unit() * 6)])
    account.brand = maybe(unit() * 100)
    account.partnership = maybe(unit() * 100)
    account.strategicDesignation = unit() < 0.05 ? "partnership" : nil
    account.complexity = maybe(unit() * 100)
    account.relationshipComplexity = maybe(unit() * 100)
    account.purchasedCoverage = unit() < 0.05 ? .shared : nil
    account.premiumPlan = maybe(unit() < 0.1)
    account.onboardingComplete = maybe(unit() < 0.8)
    account.health = maybe(unit() * 100)
    account.healthPrevious = maybe(unit() * 100)
    account.tickets = maybe(Double(Int(unit() * 20)))
    account.noticeServed = maybe(unit() < 0.05)
    return account
  }
}

extension Scores {
  static func random(_ source: inout SplitMix64) -> Scores {
    func unit() -> Double { Double(source.next() >> 11) / 9_007_199_254_740_992 }
    var scores = Scores()
    let risk = unit()
    scores.churnRisk = risk
    scores.churnRiskLow = risk * 0.8
    scores.churnRiskHigh = risk + (1 - risk) * 0.2
    scores.health = 100 * 0.2 * (1 - risk) / (0.2 * (1 - risk) + risk * 0.8)
    if unit() < 0.7 { scores.expansionPotential = unit() }
    return scores
  }
}
