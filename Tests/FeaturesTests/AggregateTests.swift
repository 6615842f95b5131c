import Calendar
import Features
import Foundation
import Tables
import Testing

@Suite(
  "Aggregates, worked out by hand as of 2024-06-01 for accounts a (four rows of usage before) and b (none)")
struct AggregateTests {
  private static let month = FeatureWindow.trailing(.days(30))

  private func cells(_ feature: FeatureDeclaration, _ column: String, tables: [SourceTable]? = nil) throws
    -> [String]
  {
    let plan = FeaturePlan(
      tables: tables ?? [SmallBook.accounts, SmallBook.subscriptions, SmallBook.usage, SmallBook.tickets],
      features: [feature])
    return try SmallBook.cells(SmallBook.run(plan), column)
  }

  @Test("A window of 30 days holds D − 30 to D − 1: neither D itself nor D − 32")
  func windowBounds() throws {
    #expect(try cells(feature(.sum, of: "sessions", over: Self.month), "x_30d") == ["14", "0"])
    #expect(try cells(feature(.sum, of: "sessions"), "x") == ["15", "0"])
    #expect(try cells(feature(.count, over: .first(days: 121)), "x_first_121d") == ["1", "0"])
    #expect(try cells(feature(.count, over: .first(days: 120)), "x_first_120d") == ["0", "0"])
  }

  @Test func countsAndDistincts() throws {
    #expect(try cells(feature(.count), "x") == ["4", "0"])
    #expect(try cells(feature(.count, where: "feature = core and sessions > 1"), "x") == ["2", "0"])
    #expect(try cells(feature(.count, where: "kind is missing"), "x") == ["1", "0"])
    #expect(try cells(feature(.distinct, of: "feature"), "x") == ["2", "0"])
    #expect(try cells(feature(.distinct, of: "sessions"), "x") == ["4", "0"])
  }

  @Test("An empty window has no mean, extreme, last value or share: the cell is blank")
  func emptyWindows() throws {
    #expect(try cells(feature(.mean, of: "sessions"), "x") == ["3.75", ""])
    #expect(try cells(feature(.min, of: "sessions"), "x") == ["1", ""])
    #expect(try cells(feature(.max, of: "sessions"), "x") == ["8", ""])
    #expect(try cells(feature(.share, where: "feature = core"), "x") == ["0.75", ""])
    #expect(try cells(feature(.daysSince), "x") == ["1", ""])
  }

  @Test("The last value is that of the latest row which has one")
  func lastValue() throws {
    #expect(try cells(feature(.last, of: "kind"), "x") == ["y", ""])
    #expect(try cells(feature(.last, of: "sessions"), "x") == ["8", ""])
  }

  @Test("A trend sets the window against the one before it: log((1 + 14) / (1 + 1))")
  func trends() throws {
    let ratio = try cells(
      feature(.sum, of: "sessions", over: Self.month, trend: .logRatio), "x_30d_trend")
    #expect(abs(try #require(Double(ratio[0])) - log(7.5)) < 1e-15)
    #expect(ratio[1] == "0")
    let difference = try cells(
      feature(.mean, of: "sessions", over: Self.month, trend: .difference), "x_30d_trend")
    #expect(abs(try #require(Double(difference[0])) - (14.0 / 3 - 1)) < 1e-15)
    #expect(difference[1] == "")
  }

  @Test("per divides by a column made further up; by 0 it is blank")
  func perSeat() throws {
    let seats = try feature(.sum, of: "seats", in: "subscriptions", over: .running, name: "seats")
    let plan = SmallBook.plan(
      seats, try feature(.sum, of: "sessions", per: "seats"),
      try feature(.sum, of: "sessions", per: "x", name: "y"))
    let run = try SmallBook.run(plan)
    #expect(try SmallBook.cells(run, "x") == ["1.5", "0"])
    #expect(try SmallBook.cells(run, "y") == ["10", ""])
  }

  @Test("Running rows began before D and hadn't ended before it")
  func runningRows() throws {
    let plan = SmallBook.plan(
      try feature(.last, of: "plan", in: "subscriptions", over: .running, name: "plan"),
      try feature(.count, in: "tickets", over: .running, name: "open"),
      tables: [SmallBook.accounts, SmallBook.subscriptions, SmallBook.tickets])
    let run = try SmallBook.run(plan)
    #expect(try SmallBook.cells(run, "plan") == ["pro", "starter"])
    #expect(try SmallBook.cells(run, "open") == ["1", "1"])
  }

  @Test("A grade given when the ticket closed is not known while it is open")
  func knownLater() throws {
    let csat = try feature(.mean, of: "csat", in: "tickets")
    let low = try feature(.count, in: "tickets", where: "csat >= 4", name: "good")
    let plan = SmallBook.plan(
      csat, low, tables: [SmallBook.accounts, SmallBook.subscriptions, SmallBook.tickets])
    let run = try SmallBook.run(plan, asOf: ["2024-06-01", "2024-06-02", "2024-06-03"])
    #expect(try SmallBook.cells(run, "x") == ["2", "", "2", "", "3.5", ""])
    #expect(try SmallBook.cells(run, "good") == ["0", "0", "0", "0", "1", "0"])
  }

  @Test("Attributes come from the accounts table, dates only as days")
  func attributes() throws {
    #expect(
      try cells(feature(.attribute, of: "industry", in: "accounts"), "x") == ["retail", "banking"])
    #expect(try cells(feature(.daysSince, of: "start_date", in: "accounts"), "x") == ["152", "121"])
  }

  @Test(
    "PRD-08 an account is in onboarding for 90 days",
    arguments: [("2024-03-30", "89", "true"), ("2024-03-31", "90", "false"), ("2024-04-01", "91", "false")])
  func onboarding(date: String, tenure: String, isIn: String) throws {
    let run = try SmallBook.run(SmallBook.plan(), asOf: [date])
    #expect(try SmallBook.cells(run, "tenure_days")[0] == tenure)
    #expect(try SmallBook.cells(run, "in_onboarding")[0] == isIn)
  }

  @Test("A table may reach the account through another")
  func throughAnotherTable() throws {
    var usage = SmallBook.usage
    usage.account = "subscription_id"
    usage.through = "subscriptions"
    let plan = SmallBook.plan(
      try feature(.count), tables: [usage, SmallBook.subscriptions, SmallBook.accounts])
    var texts = SmallBook.texts
    texts["usage"] = "subscription_id,date\ns2,2024-05-01\ns2,2024-01-05\ns9,2024-05-01\n,2024-05-01\n"
    let run = try SmallBook.run(plan, texts: texts)
    #expect(try SmallBook.cells(run, "x") == ["0", "2"])
    let findings = try #require(run.findings.first { $0.table == "usage" })
    #expect(findings.beforeStart == 1)
    #expect(findings.orphanRows == 2)
    #expect(findings.orphans == ["s9"])
  }
}
