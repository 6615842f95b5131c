import Features
import Tables
import Testing

@Suite("One failure for each error")
struct FeatureErrorTests {
  private func expect(_ error: FeatureError, _ plan: FeaturePlan, asOf: String = "2024-06-01") {
    #expect(throws: error) { try SmallBook.run(plan, asOf: [asOf]) }
  }

  @Test func unknownTable() throws {
    expect(
      .unknownTable(name: "usages", known: ["accounts", "subscriptions", "usage"], user: "x"),
      SmallBook.plan(try feature(.count, in: "usages")))
  }

  @Test func unknownColumn() throws {
    // The reader keeps only what the plan reads, so that is what is known.
    expect(
      .unknownColumn(name: "session", known: ["account_id", "date"], file: "usage.csv", user: "x"),
      SmallBook.plan(try feature(.sum, of: "session")))
  }

  @Test func noAccounts() throws {
    expect(.noAccounts, SmallBook.plan(try feature(.count), tables: [SmallBook.usage]))
  }

  @Test func twoTablesOfAccounts() throws {
    var second = SmallBook.accounts
    second = SourceTable(name: "customers", file: second.file, role: .accounts)
    expect(
      .twoTables(role: "accounts", first: "accounts", second: "customers"),
      SmallBook.plan(tables: [SmallBook.accounts, second]))
  }

  @Test func labelWithoutAnEndColumn() throws {
    var subscriptions = SmallBook.subscriptions
    subscriptions.end = nil
    expect(.missingDeclaration(key: "end", table: "subscriptions"), SmallBook.plan(tables: [subscriptions]))
  }

  @Test func twoColumnsOfOneName() throws {
    expect(
      .duplicateFeature(name: "x"), SmallBook.plan(try feature(.count), try feature(.sum, of: "sessions")))
    expect(.duplicateFeature(name: "churned"), SmallBook.plan(try feature(.count, name: "churned")))
  }

  @Test func unknownDivisor() throws {
    expect(
      .unknownDivisor(name: "seats", feature: "x", known: ["tenure_days", "in_onboarding"]),
      SmallBook.plan(try feature(.count, per: "seats")))
  }

  @Test func sumWithoutAColumn() throws {
    expect(.missingColumn(feature: "x", aggregate: "sum"), SmallBook.plan(try feature(.sum)))
  }

  @Test func sumOfATextAndDaysSinceANumber() throws {
    expect(
      .wrongKind(
        column: "feature", kind: .text, expected: "a number or a boolean", file: "usage.csv", user: "x"),
      SmallBook.plan(try feature(.mean, of: "feature")))
    expect(
      .wrongKind(column: "sessions", kind: .numeric, expected: "a date", file: "usage.csv", user: "x"),
      SmallBook.plan(try feature(.daysSince, of: "sessions")))
  }

  @Test func filterThatCannotBeCompared() throws {
    expect(
      .filterValue(value: "many", column: "sessions", kind: .numeric, file: "usage.csv"),
      SmallBook.plan(try feature(.count, where: "sessions > many")))
  }

  @Test func attributeOfEvents() throws {
    expect(
      .wrongTable(feature: "x", expected: "the table of accounts"),
      SmallBook.plan(try feature(.attribute, of: "sessions")))
  }

  @Test func tablesInACircle() throws {
    var first = SmallBook.usage
    first.through = "tickets"
    var second = SmallBook.tickets
    second.through = "usage"
    expect(.tablesInCircle(name: "usage"), SmallBook.plan(tables: [SmallBook.accounts, first, second]))
  }

  @Test func nobodyThere() throws {
    expect(.nobodyThere(from: "2020-01-01", to: "2020-01-01"), SmallBook.plan(), asOf: "2020-01-01")
  }

  @Test func aTrendOfAllNeedsALag() throws {
    expect(
      .missingDeclaration(key: "lag", table: "x"), SmallBook.plan(try feature(.count, trend: .difference)))
  }

  @Test(
    "What a filter expects instead",
    arguments: [
      ("", "a column", ""), ("a", "=, !=, <, <=, >, >=, in or is", ""),
      ("a ~ b", "=, !=, <, <=, >, >=, in or is", "~"),
      ("a =", "a value", ""), ("a in b", "(", "b"), ("a in (b", ")", ""),
      ("a is empty", "missing or present", "empty"),
      ("a = b or c = d", "and", " c = d"), ("a = 'b", "a closing '", "'b"),
    ])
  func filterSyntax(text: String, expected: String, rest: String) {
    #expect(throws: RowFilterSyntaxError.self) { try RowFilter(parsing: text) }
    do throws(RowFilterSyntaxError) {
      _ = try RowFilter(parsing: text)
    } catch {
      #expect(error.expected == expected)
      #expect(error.rest == rest)
    }
  }

  @Test func filtersRead() throws {
    let filter = try RowFilter(parsing: "a>=2 and 'b c' != \"x and y\" AND d in (p, q) and e is present")
    #expect(
      filter.conditions == [
        .init(column: "a", comparison: .greaterOrEqual, values: ["2"]),
        .init(column: "b c", comparison: .notEqual, values: ["x and y"]),
        .init(column: "d", comparison: .oneOf, values: ["p", "q"]),
        .init(column: "e", comparison: .isPresent, values: []),
      ])
  }
}
