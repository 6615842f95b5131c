import Features
import Tables
import Testing

@Suite("What is odd about the tables is counted")
struct TableFindingsTests {
  @Test("DAT-07 of 100 ticket accounts 90 match: 90 % and the list of 10")
  func matchRate() throws {
    var texts = SmallBook.texts
    texts["accounts"] = "account_id,start_date\n" + (0..<90).map { "a\($0),2024-01-01\n" }.joined()
    texts["subscriptions"] =
      "subscription_id,account_id,start_date,end_date,mrr,seats\n"
      + (0..<90).map { "s\($0),a\($0),2024-01-01,,1,1\n" }.joined()
    texts["tickets"] =
      "ticket_id,account_id,opened_at,closed_at\n"
      + (0..<200).map { "t\($0),a\($0 % 100),2024-05-01,\n" }.joined()
    let plan = SmallBook.plan(
      try feature(.count, in: "tickets"),
      tables: [SmallBook.accounts, SmallBook.subscriptions, SmallBook.tickets])
    let run = try SmallBook.run(plan, texts: texts)
    let tickets = try #require(run.findings.first { $0.table == "tickets" })
    #expect(tickets.keys == 100)
    #expect(tickets.matchedKeys == 90)
    #expect(tickets.matchRate == 0.9)
    #expect(tickets.orphanRows == 20)
    #expect(tickets.orphans == (90..<100).map { "a\($0)" })
    #expect(run.findings.first { $0.table == "subscriptions" }?.isClean == true)
  }

  @Test func repeatedIDsMissingDatesAndWrongOrder() throws {
    var texts = SmallBook.texts
    texts["tickets"] = """
      ticket_id,account_id,opened_at,closed_at
      t1,a,2024-05-01,2024-04-01
      t1,a,2024-05-02,
      t1,a,,
      t2,a,2023-12-31,
      t3,,2024-05-01,
      """
    let plan = SmallBook.plan(
      try feature(.count, in: "tickets"),
      tables: [SmallBook.accounts, SmallBook.subscriptions, SmallBook.tickets])
    let run = try SmallBook.run(plan, texts: texts)
    let found = try #require(run.findings.first { $0.table == "tickets" })
    #expect(found.duplicateIDs == 2)
    #expect(found.duplicateExamples == ["t1"])
    #expect(found.withoutDate == 1)
    #expect(found.orphanRows == 1)
    #expect(found.beforeStart == 1)
    #expect(found.endBeforeStart == 1)
    #expect(!found.isClean)
    // All but the ones without date or account are kept.
    #expect(try SmallBook.cells(run, "x") == ["3", "0"])
  }

  @Test("Of two rows of one account the same one counts whatever their order")
  func duplicateAccounts() throws {
    var texts = SmallBook.texts
    let rows = ["a,2024-01-01,retail\n", "a,2024-01-01,banking\n", "b,2024-02-01,retail\n"]
    let plan = SmallBook.plan(try feature(.attribute, of: "industry", in: "accounts"))
    var seen: [[String]] = []
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
      texts["accounts"] = "account_id,start_date,industry\n" + order.map { rows[$0] }.joined()
      let run = try SmallBook.run(plan, texts: texts)
      seen.append(try SmallBook.cells(run, "x"))
      #expect(run.findings[0].duplicateIDs == 1)
    }
    #expect(seen[0] == seen[1] && seen[1] == seen[2])
  }

  @Test("Outcome definitions are compared pairwise")
  func agreement() throws {
    var plan = SmallBook.plan()
    plan.outcomes = [
      OutcomeDefinition(name: "flag", table: "accounts", filter: try RowFilter(parsing: "industry = retail")),
      OutcomeDefinition(
        name: "ended", table: "subscriptions", filter: try RowFilter(parsing: "end_date is present")),
      OutcomeDefinition(name: "used", table: "usage"),
    ]
    let agreements = try SmallBook.run(plan).agreements
    #expect(agreements.map(\.first) == ["flag", "flag", "ended"])
    #expect(agreements[0].onlyFirst == 1 && agreements[0].onlySecond == 1 && agreements[0].accounts == 2)
    #expect(agreements[0].kappa == -1)
    #expect(agreements[1].both == 1 && agreements[1].neither == 1 && agreements[1].kappa == 1)
  }
}
