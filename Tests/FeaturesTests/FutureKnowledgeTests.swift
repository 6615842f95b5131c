import Features
import Tables
import Testing

@Suite("A column that knows the future is refused as a feature, by name and with the reason")
struct FutureKnowledgeTests {
  /// Sixty accounts of which every third leaves in 2024-07; `planted` fills the accounts' last column.
  private func run(
    _ planted: (Int) -> String, header: String, aggregate: FeatureDeclaration.Aggregate = .attribute
  )
    throws -> FeatureRun
  {
    var accounts = "account_id,start_date,\(header)\n"
    var subscriptions = "subscription_id,account_id,start_date,end_date,mrr,seats,exit_note\n"
    for account in 0..<60 {
      accounts += "a\(account),2024-01-01,\(planted(account))\n"
      let end = account % 3 == 0 ? "2024-07-10" : ""
      subscriptions += "s\(account),a\(account),2024-01-01,\(end),10,1,\(end.isEmpty ? "" : "price")\n"
    }
    let plan = FeaturePlan(
      tables: [SmallBook.accounts, SmallBook.subscriptions],
      features: [try feature(aggregate, of: header, in: "accounts", name: "planted")])
    return try SmallBook.run(plan, texts: ["accounts": accounts, "subscriptions": subscriptions])
  }

  private func reason(_ body: () throws -> FeatureRun) throws -> FutureKnowledge? {
    do {
      _ = try body()
      return nil
    } catch FeatureError.knowsTheFuture(_, _, _, let reason) {
      return reason
    }
  }

  @Test("A column filled only for accounts that leave later")
  func filledOnlyBeforeTheEnd() throws {
    let found = try reason { try run({ $0 % 3 == 0 ? "price" : "" }, header: "note") }
    #expect(found == .onlyBeforeTheEnd(value: nil, rows: 20, share: 1.0 / 3, asOf: "2024-06-01"))
  }

  @Test("A flag that is true, a level or a number other than 0, only for accounts that leave later")
  func oneValueOnlyBeforeTheEnd() throws {
    let flag = try reason { try run({ $0 % 3 == 0 ? "true" : "false" }, header: "flag") }
    #expect(flag == .onlyBeforeTheEnd(value: "true", rows: 20, share: 1.0 / 3, asOf: "2024-06-01"))
    let level = try reason { try run({ $0 % 3 == 0 ? "red" : "blue" }, header: "state") }
    #expect(level == .onlyBeforeTheEnd(value: "red", rows: 20, share: 1.0 / 3, asOf: "2024-06-01"))
    let number = try reason { try run({ $0 % 3 == 0 ? "12.5" : "0" }, header: "credit") }
    #expect(number == .onlyBeforeTheEnd(value: "other than 0", rows: 20, share: 1.0 / 3, asOf: "2024-06-01"))
  }

  @Test("An honest column passes, also one that goes with leaving but not always")
  func honestColumns() throws {
    #expect(try reason { try run({ $0 % 4 == 0 ? "retail" : "banking" }, header: "industry") } == nil)
    #expect(try reason { try run({ $0 % 3 == 0 || $0 == 1 ? "red" : "blue" }, header: "state") } == nil)
    // Nine leavers of a third: 3⁻⁹ is about one in twenty thousand, which chance may do.
    #expect(try reason { try run({ $0 % 3 == 0 && $0 < 27 ? "x" : "" }, header: "note") } == nil)
  }

  @Test(
    "A name that tells of an ending",
    arguments: ["churn_flag", "is_churn", "Cancelled On", "refund_amount", "end_date", "fecha_baja", "lost"])
  func names(header: String) throws {
    #expect(try reason { try run({ "\($0 % 2)" }, header: header) } == .name)
  }

  @Test(arguments: ["trend_date", "weekend", "lost_and_found_plan", "bajada"])
  func namesThatOnlyLookLikeIt(header: String) throws {
    let isRefused = header == "lost_and_found_plan" || header == "bajada"
    #expect((try reason { try run({ "\($0 % 2)" }, header: header) } == .name) == isRefused)
  }

  @Test("A date beyond the as-of date")
  func datedLater() throws {
    let found = try reason {
      try run({ $0 == 5 ? "2024-06-01" : "2024-02-01" }, header: "met_on", aggregate: .daysSince)
    }
    #expect(found == .datedLater(value: "2024-06-01", asOf: "2024-06-01"))
    #expect(
      try reason { try run({ _ in "2025-02-01" }, header: "contract_until", aggregate: .daysUntil) } == nil)
  }

  @Test("The column that the label is made from")
  func labelSource() throws {
    let plan = SmallBook.plan(
      try feature(.daysUntil, of: "end_date", in: "subscriptions", over: .running, name: "left"))
    #expect(
      throws: FeatureError.knowsTheFuture(
        feature: "left", column: "end_date", table: "subscriptions", reason: .labelSource)
    ) { try SmallBook.run(plan) }
  }

  @Test("An outcome definition's column")
  func outcomeSource() throws {
    var plan = SmallBook.plan(try feature(.attribute, of: "industry", in: "accounts", name: "planted"))
    plan.outcomes = [
      OutcomeDefinition(name: "o", table: "accounts", filter: try RowFilter(parsing: "industry = retail"))
    ]
    #expect(
      throws: FeatureError.knowsTheFuture(
        feature: "planted", column: "industry", table: "accounts", reason: .labelSource)
    ) { try SmallBook.run(plan) }
  }

  @Test("Declaring when a column became known lifts the refusal")
  func knownAt() throws {
    var tickets = SmallBook.tickets
    var texts = SmallBook.texts
    var rows = "ticket_id,account_id,opened_at,closed_at,priority,csat\n"
    for ticket in 0..<60 {
      let isClosed = ticket % 3 == 0
      rows += "t\(ticket),a,2024-05-01,\(isClosed ? "2024-06-15" : ""),low,\(isClosed ? "4" : "")\n"
    }
    texts["tickets"] = rows
    let csat = try feature(.mean, of: "csat", in: "tickets", name: "csat")
    tickets.columnsKnownAt = []
    let all = [SmallBook.accounts, SmallBook.subscriptions, tickets]
    #expect(
      try reason { try SmallBook.run(SmallBook.plan(csat, tables: all), texts: texts) }
        == .onlyBeforeTheEnd(value: nil, rows: 20, share: 1.0 / 3, asOf: "2024-06-01"))
    let known = [SmallBook.accounts, SmallBook.subscriptions, SmallBook.tickets]
    let run = try SmallBook.run(SmallBook.plan(csat, tables: known), texts: texts)
    #expect(try SmallBook.cells(run, "csat") == ["", ""])
  }
}
