import Calendar
import Features
import Tables

/// Tables small enough to work out by hand.
enum SmallBook {
  static let subscriptions = SourceTable(
    name: "subscriptions", file: "subscriptions.csv", role: .subscriptions, id: "subscription_id",
    start: "start_date", end: "end_date", mrr: "mrr", seats: "seats")
  static let accounts = SourceTable(
    name: "accounts", file: "accounts.csv", role: .accounts, account: "account_id", start: "start_date")
  static let usage = SourceTable(name: "usage", file: "usage.csv", role: .events, start: "date")
  static let tickets = SourceTable(
    name: "tickets", file: "tickets.csv", role: .events, id: "ticket_id", start: "opened_at",
    end: "closed_at",
    columnsKnownAt: [.init(column: "csat", at: "closed_at")])

  static func plan(
    _ features: FeatureDeclaration..., tables: [SourceTable] = [accounts, subscriptions, usage]
  )
    -> FeaturePlan
  {
    FeaturePlan(tables: tables, features: features)
  }

  /// Account a runs from 2024 on, b ends on 2024-07-15 (both with 10 seats).
  static let texts = [
    "accounts": """
    account_id,start_date,industry
    a,2024-01-01,retail
    b,2024-02-01,banking
    """,
    "subscriptions": """
    subscription_id,account_id,start_date,end_date,mrr,seats,plan
    s1,a,2024-01-01,,100,10,pro
    s2,b,2024-02-01,2024-07-15,50,10,starter
    """,
    "usage": """
    account_id,date,sessions,feature,kind
    a,2024-04-30,1,core,x
    a,2024-05-02,2,core,x
    a,2024-05-15,4,export,y
    a,2024-05-31,8,core,
    a,2024-06-01,16,core,x
    """,
    "tickets": """
    ticket_id,account_id,opened_at,closed_at,priority,csat
    t1,a,2024-05-01,2024-05-03,urgent,2
    t2,a,2024-05-20,2024-06-02,low,5
    t3,b,2024-05-25,,low,
    """,
  ]

  static func run(
    _ plan: FeaturePlan, asOf: [String] = ["2024-06-01"], horizon: CalendarSpan = .days(30),
    until: String? = "2024-12-31", threads: Int = 1, texts: [String: String] = texts
  ) throws -> FeatureRun {
    var tables: [String: Table] = [:]
    for source in plan.tables {
      tables[source.name] = try Table.read(
        csv: texts[source.name] ?? texts["accounts"] ?? "", name: source.file,
        options: plan.readOptions(for: source, threads: threads)
      ).table
    }
    return try plan.run(
      FeatureRequest(
        asOf: asOf.compactMap(CalendarDate.init(iso8601:)), horizon: horizon,
        dataUntil: until.flatMap(CalendarDate.init(iso8601:)), threads: threads),
      on: tables)
  }

  /// The values of one column as text, "" where missing.
  static func cells(_ run: FeatureRun, _ column: String) throws -> [String] {
    let values = try run.table.column(column).values
    return (0..<run.table.rowCount).map { row in
      var text = CSVText()
      text.cell(values, row: row)
      return String(decoding: text.bytes, as: UTF8.self)
    }
  }
}

func feature(
  _ aggregate: FeatureDeclaration.Aggregate, of column: String? = nil, in table: String = "usage",
  over windows: FeatureWindow..., where filter: String? = nil, trend: FeatureDeclaration.Trend? = nil,
  lag: CalendarSpan? = nil, per: String? = nil, name: String = "x"
) throws -> FeatureDeclaration {
  FeatureDeclaration(
    name: name, group: table == "accounts" ? .account : .usage, table: table, aggregate: aggregate,
    column: column, filter: try filter.map(RowFilter.init(parsing:)),
    windows: windows.isEmpty ? [.all] : windows,
    trend: trend, lag: lag, per: per)
}
