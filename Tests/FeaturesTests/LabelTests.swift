import Calendar
import Features
import Tables
import Testing

@Suite("Labels: what became of an account from D to D + horizon")
struct LabelTests {
  private func labels(
    _ subscriptions: String, churned: ChurnLabel? = ChurnLabel(),
    expanded: ExpansionLabel? = ExpansionLabel(),
    asOf: String = "2024-06-01", horizon: CalendarSpan = .days(30), until: String = "2024-12-31"
  ) throws -> (churned: [String], expanded: [String]) {
    let plan = FeaturePlan(
      tables: [SmallBook.subscriptions], features: [], churned: churned, expanded: expanded)
    let texts = [
      "subscriptions": "subscription_id,account_id,start_date,end_date,mrr,seats\n" + subscriptions
    ]
    let run = try SmallBook.run(plan, asOf: [asOf], horizon: horizon, until: until, texts: texts)
    return (
      churned == nil ? [] : try SmallBook.cells(run, "churned"),
      expanded == nil ? [] : try SmallBook.cells(run, "expanded")
    )
  }

  @Test(
    "PRD-01 the outcome days are D up to and including D + 30",
    arguments: [("2024-06-01", "true"), ("2024-07-01", "true"), ("2024-07-02", "false"), ("", "false")])
  func churnBounds(end: String, churned: String) throws {
    #expect(try labels("s1,a,2024-01-01,\(end),100,10\n").churned == [churned])
  }

  @Test("An account whose last subscription ended before D is not there")
  func endedBefore() throws {
    let result = try labels("s1,a,2024-01-01,2024-05-31,100,10\ns2,b,2024-01-01,,100,10\n")
    #expect(result.churned == ["false"])
  }

  @Test(
    "A renewal within the grace days is no churn",
    arguments: [
      ("2024-06-15", 0, "false"), ("2024-06-16", 1, "false"), ("2024-06-17", 1, "true"),
      ("2024-06-29", 14, "false"),
    ])
  func renewal(start: String, grace: Int, churned: String) throws {
    let rows = "s1,a,2024-01-01,2024-06-15,100,10\ns2,a,\(start),,100,10\n"
    #expect(try labels(rows, churned: ChurnLabel(rule: .lapse(grace: grace))).churned == [churned])
  }

  @Test("A cancellation row of no length renews nothing")
  func cancellationRow() throws {
    let rows = "s1,a,2024-01-01,2024-06-15,100,10\ns2,a,2024-06-15,2024-06-15,0,0\n"
    #expect(try labels(rows).churned == ["true"])
  }

  @Test("any_end counts one of several subscriptions, lapse only the last")
  func anyEnd() throws {
    let rows = "s1,a,2024-01-01,2024-06-15,100,10\ns2,a,2024-01-01,,100,10\n"
    #expect(try labels(rows).churned == ["false"])
    #expect(try labels(rows, churned: ChurnLabel(rule: .anyEnd)).churned == ["true"])
  }

  @Test("Where the horizon isn't over, labels are blank, also for who is already seen to leave")
  func blank() throws {
    let rows = "s1,a,2024-01-01,2024-06-15,100,10\n"
    #expect(try labels(rows, until: "2024-06-30").churned == [""])
    #expect(try labels(rows, until: "2024-07-01").churned == ["true"])
    #expect(try labels(rows, until: "2024-06-30").expanded == [""])
  }

  @Test("TIR-14 A label may have a horizon of its own (PRD-02: twelve months)")
  func ownHorizon() throws {
    let rows = "s1,a,2024-01-01,2024-08-15,100,10\ns2,a,2024-08-15,,150,10\n"
    let result = try labels(rows, expanded: ExpansionLabel(horizon: .months(12)), until: "2025-06-01")
    #expect(result.expanded == ["true"])
    #expect(try labels(rows).expanded == ["false"])
    #expect(try labels(rows, expanded: ExpansionLabel(horizon: .months(12))).expanded == [""])
  }

  @Test(
    "PRD-02 ten percent more money or seats is growth",
    arguments: [
      ("110,10", ExpansionLabel.Measure.mrr, "true"), ("109,10", .mrr, "false"), ("100,11", .mrr, "false"),
      ("100,11", .seats, "true"), ("100,11", .either, "true"), ("90,9", .either, "false"),
    ])
  func growth(terms: String, measure: ExpansionLabel.Measure, expanded: String) throws {
    let rows = "s1,a,2024-01-01,2024-06-15,100,10\ns2,a,2024-06-15,,\(terms)\n"
    #expect(
      try labels(rows, expanded: ExpansionLabel(rule: .growth(measure, by: 0.1))).expanded == [expanded])
  }

  @Test("Who leaves hasn't grown, and a trial that begins to pay has")
  func leaversAndTrials() throws {
    let left = "s1,a,2024-01-01,2024-06-10,100,10\ns2,a,2024-06-10,2024-06-20,500,10\n"
    #expect(try labels(left) == (["true"], ["false"]))
    let trial = "s1,a,2024-01-01,2024-06-10,0,10\ns2,a,2024-06-10,,500,10\n"
    #expect(try labels(trial).expanded == ["true"])
  }

  @Test("A label made from events")
  func eventLabel() throws {
    var plan = SmallBook.plan()
    plan.churned = ChurnLabel(
      rule: .event(table: "usage", filter: try RowFilter(parsing: "sessions = 16")))
    let run = try SmallBook.run(plan)
    #expect(try SmallBook.cells(run, "churned") == ["true", "false"])
    #expect(run.labels[0].yes == 1 && run.labels[0].no == 1 && run.labels[0].blank == 0)
  }

  @Test(
    "A flag without a date is the label of every as-of date, known or not over, and no feature may read it")
  func flagLabel() throws {
    var plan = SmallBook.plan()
    let rule = try RowFilter(parsing: "industry = banking")
    plan.churned = ChurnLabel(rule: .flag(table: "accounts", filter: rule))
    plan.expanded = ExpansionLabel(rule: .flag(table: "usage", filter: try RowFilter(parsing: "kind = y")))
    let run = try SmallBook.run(plan, until: "2024-06-01")
    #expect(try SmallBook.cells(run, "churned") == ["false", "true"])
    #expect(try SmallBook.cells(run, "expanded") == ["true", "false"])
    #expect(run.undatedLabels.isEmpty)
    #expect(
      try SmallBook.run(plan, asOf: ["2024-05-01", "2024-06-01"]).undatedLabels == ["churned", "expanded"])

    plan.features = [try feature(.attribute, of: "industry", in: "accounts")]
    #expect {
      try SmallBook.run(plan)
    } throws: { error in
      guard case .knowsTheFuture(_, "industry", "accounts", .labelSource) = error as? FeatureError else {
        return false
      }
      return true
    }
  }

  @Test("Without --data-until the tables reach to the last day on which anything began or happened")
  func dataUntil() throws {
    let run = try SmallBook.run(SmallBook.plan(try feature(.count)), until: nil)
    #expect(run.dataUntil.description == "2024-06-01")
    #expect(try SmallBook.cells(run, "churned") == ["", ""])
  }

  @Test("A panel steps by the calendar from its first date")
  func panelDates() throws {
    let from = try #require(CalendarDate(iso8601: "2024-01-31"))
    let to = try #require(CalendarDate(iso8601: "2024-04-30"))
    #expect(
      FeatureRequest.dates(from: from, to: to, every: .months(1)).map(\.description)
        == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"])
  }
}
