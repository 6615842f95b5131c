import Accounts
import Calendar
import Segmentation
import Tables
import Testing

@Suite struct AccountTableTests {
  private func accounts(
    _ csv: String, mapping: [(String, String)] = [], locale: NumberLocale? = nil, preset: Preset = Preset()
  ) throws -> AccountTable {
    try AccountTable(
      Table.read(csv: csv, options: ReadOptions(locale: locale ?? .point)).table,
      mapping: mapping.map { (field: $0.0, expression: $0.1) }, locale: locale, preset: preset)
  }

  @Test("DAT-01 a Salesforce export: custom fields, number of employees, owner")
  func salesforce() throws {
    let table = try accounts(
      """
      Id,Account Name,ParentId,ARR__c,CurrencyIsoCode,NumberOfEmployees,Industry,Renewal_Date__c,OwnerId
      0015000000Gv7qJAAR,Acme,,"30000",EUR,200,Software,2026-09-30,005A
      """)
    let account = table.account(0)
    #expect(account.id == "0015000000Gv7qJAAR")
    #expect(account.arr == 30_000)
    #expect(account.currency == "EUR")
    #expect(account.employees == 200)
    #expect(account.renewalDate == CalendarDate(iso8601: "2026-09-30"))
    #expect(account.csm == "005A")
  }

  @Test("DAT-01 a HubSpot export: record id, annual recurring revenue, number of employees")
  func hubspot() throws {
    let account = try accounts(
      """
      Record ID,Company name,Annual Recurring Revenue,Number of Employees,Company owner,Country/Region
      9001,Acme,12000,35,Marta,Spain
      """
    ).account(0)
    #expect(account.id == "9001" && account.name == "Acme" && account.arr == 12_000)
    #expect(account.csm == "Marta" && account.region == "Spain")
  }

  @Test("DAT-01 and DAT-02 a Gainsight export: GSID, licensed seats, active users, score")
  func gainsight() throws {
    let account = try accounts(
      """
      GSID,Company Name,ARR,Licensed Users,Active Users,Current Score,Original Contract Date
      1P02A,Acme,50000,100,25,72,2024-02-29
      """
    ).account(0)
    #expect(account.id == "1P02A" && account.health == 72)
    #expect(account.seatHeadroom == 0.75)
    #expect(account.startDate == CalendarDate(iso8601: "2024-02-29"))
  }

  @Test("the customer's own revenue is not read as ARR, and mapping it is refused")
  func ownRevenue() throws {
    let csv = "Id,AnnualRevenue\na1,5000000\n"
    let table = try accounts(csv)
    #expect(table.account(0).arr == nil)
    #expect(table.ownRevenue == "AnnualRevenue")
    #expect(throws: AccountsError.ownRevenueAsARR(column: "AnnualRevenue")) {
      try accounts(csv, mapping: [("arr", "AnnualRevenue")])
    }
  }

  @Test("a column times a number is a field")
  func expression() throws {
    let csv = "customerID,MonthlyCharges\n7590,29.85\n"
    let table = try accounts(csv, mapping: [("arr", "MonthlyCharges * 12")])
    #expect(table.account(0).arr == 358.2)
    #expect(throws: AccountsError.badExpression(field: "arr", text: "MonthlyCharges * twelve")) {
      try accounts(csv, mapping: [("arr", "MonthlyCharges * twelve")])
    }
    #expect(
      throws: AccountsError.unknownColumn(
        field: "arr", column: "Charges", columns: ["customerID", "MonthlyCharges"])
    ) { try accounts(csv, mapping: [("arr", "Charges")]) }
  }

  @Test(
    "VOC-03 amounts as people write them",
    arguments: [
      ("30K", 30_000.0, String?.none), ("30K€", 30_000, "EUR"), ("$5K", 5000, "USD"),
      ("£100,000", 100_000, "GBP"),
      ("10K€/año", 10_000, "EUR"),
    ])
  func amounts(text: String, value: Double, currency: String?) throws {
    let account = try accounts("id,arr\na,\"\(text)\"\n").account(0)
    #expect(account.arr == value)
    #expect(account.currency == currency)
  }

  @Test("VOC-03 with a stated locale a comma is a decimal mark, in amounts and in plain numbers")
  func commaLocale() throws {
    let csv = "id,arr,seats\na,\"1.234.567,89 €\",\"1.200\"\nb,30K€,7\nc,\"20.000\",8\n"
    let table = try accounts(csv, locale: .comma)
    #expect((0..<3).map { table.account($0).arr } == [1_234_567.89, 30_000, 20_000])
    #expect((0..<3).map { table.account($0).currency } == ["EUR", "EUR", nil])
    #expect(table.account(0).seats == 1200)
  }

  @Test("VOC-03 an amount that is a thousand to some and one to others is refused, not guessed")
  func ambiguousAmount() throws {
    let csv = "id,arr\na,5K€\nb,1.234 €\n"
    #expect(
      throws: AccountsError.badAmount(.ambiguous("1.234 €"), field: "arr", column: "arr", row: 1)
    ) { try accounts(csv) }
    #expect(try accounts(csv, locale: .comma).account(1).arr == 1234)
    #expect(
      throws: AccountsError.badAmount(.otherPeriod("5K€/month"), field: "arr", column: "arr", row: 0)
    ) { try accounts("id,arr\na,5K€/month\n") }
  }

  @Test("CON-17 the currency stands in a column, beside the amount or in the header, and must be one")
  func currencies() throws {
    #expect(try accounts("id,ARR EUR\na,5000\n").account(0).currency == "EUR")
    #expect(try accounts("id,ARR (£)\na,5000\n").account(0).currency == "GBP")
    #expect(try accounts("id,arr,currency\na,$5K,USD\n").account(0).currency == "USD")
    #expect(throws: AccountsError.currenciesDiffer("EUR", "USD", row: 0, column: "currency")) {
      try accounts("id,arr,currency\na,5K€,USD\n")
    }
    #expect(
      throws: AccountsError.currencyWithoutRate("GBP", to: "USD", account: "b", row: 1, column: "arr")
    ) {
      try AccountTable(Table.read(csv: "id,arr\na,$5K\nb,£5K\n").table, rates: ["EUR"])
    }
  }

  @Test("CON-13 a level's label is read in the preset's vocabulary and never guessed")
  func vocabulary() throws {
    let csv = "id,tier_current,purchased_coverage\na,Low Touch,\nb,High-Touch,Low Touch\n"
    var preset = Preset()
    preset.vocabulary = .pyramid
    let pyramid = try accounts(csv, preset: preset)
    #expect((0..<2).map { pyramid.account($0).currentTier } == [.tier2, .tier1])
    #expect(pyramid.account(1).purchasedCoverage == .shared)
    preset.vocabulary = .nbv
    let nbv = try accounts(csv, preset: preset)
    #expect((0..<2).map { nbv.account($0).currentTier } == [.tier4, .tier1])
    #expect(nbv.account(1).purchasedCoverage == .digital)
    #expect(
      throws: AccountsError.unknownWord(
        "Low Touch", vocabulary: .tiers, field: "tier_current", column: "tier_current", row: 0)
    ) { try accounts(csv) }
    #expect(try accounts("id,tier_current\na,Estratégicas\nb,T3\n").account(1).currentTier == .tier3)
  }

  @Test("an id that stands twice is a bad row, and the first one is kept")
  func duplicates() throws {
    let csv = "id,arr\na,1\nb,2\na,3\n"
    #expect(throws: AccountsError.duplicateID("a", row: 2, column: "id")) { try accounts(csv) }
    let kept = try AccountTable(Table.read(csv: csv).table, onBadRow: .skip)
    #expect((0..<kept.count).map { kept.account($0).arr } == [1, 2])
  }

  @Test("CRI-01 and DAT-03 Spanish and English words, and a kind of fit in brackets")
  func words() throws {
    let table = try accounts(
      """
      id,expansion,strategic_fit,premium_plan,brand
      a,Alto,Sí (referencia),sí,yes
      b,Medium,Yes (early adopter),no,40
      """)
    #expect(table.account(0).expansion == .high && table.account(0).strategicFit == .reference)
    #expect(table.account(0).premiumPlan == true && table.account(0).brand == 100)
    #expect(table.account(1).strategicFit == .earlyAdopter && table.account(1).brand == 40)
  }

  @Test("only an id is needed; without one the columns are named")
  func onlyID() throws {
    #expect(try accounts("id\n7\n").account(0) == Account(id: "7"))
    #expect(throws: AccountsError.noID(columns: ["x", "y"])) { try accounts("x,y\n1,2\n") }
  }

  @Test("a cell that can't be read stops with its row, or is left out and kept with its reason")
  func badCell() throws {
    let csv = "id,arr,health\na,lots,50\nb,7,60\nc,8,160\n"
    let bad = AccountsError.badCell(
      field: "arr", column: "arr", row: 0, text: "lots",
      expected: "an amount of money such as 30000, 30K€ or $5,000")
    #expect(throws: bad) { try accounts(csv) }
    let kept = try AccountTable(Table.read(csv: csv).table, onBadRow: .skip)
    #expect(kept.count == 1 && kept.id(0) == "b")
    #expect(kept.rejects.map(\.row) == [0, 2])
  }

  @Test("scores are joined by id, whatever their order; health is the model's")
  func scoreTable() throws {
    let scores = try ScoreTable(
      Table.read(csv: "id,churn_risk,health,expansion_band\nb,0.2,55,high\na,0.9,8,low\n").table)
    #expect(scores["a"]?.churnRisk == 0.9 && scores["a"]?.health == 8)
    #expect(scores["b"]?.expansionBand == .high)
    #expect(scores["c"] == nil)
    #expect(throws: AccountsError.duplicateID("a", row: 1, column: "id")) {
      try ScoreTable(Table.read(csv: "id,churn_risk\na,0.1\na,0.2\n").table)
    }
    #expect(throws: AccountsError.noScores(columns: ["id", "x"])) {
      try ScoreTable(Table.read(csv: "id,x\na,1\n").table)
    }
  }

  @Test("SCR-07 expansion_potential in the accounts: numbers are a prediction, words a judgement")
  func expansionPotential() throws {
    let predicted = try accounts("account_id,expansion_potential\na,0.8\nb,\n")
    #expect(predicted.scores(0)?.expansionPotential == 0.8 && predicted.account(0).expansion == nil)
    let judged = try accounts("account_id,expansion_potential\na,high\nb,low\n")
    #expect(judged.account(0).expansion == .high && !judged.hasScores)
    let crm = try accounts("account_id,Expansion Potential,churn_risk\na,high,0.1\n")
    #expect(crm.account(0).expansion == .high && crm.scores(0)?.churnRisk == 0.1)
  }

  @Test("a designation of yes and no designates those with yes")
  func designationAsAFlag() throws {
    let table = try accounts("account_id,strategic_designation\na,yes\nb,no\nc,\n")
    #expect((0..<3).map { table.account($0).strategicDesignation != nil } == [true, false, false])
  }

  @Test("what memory asks of an account is what the account says")
  func remembered() throws {
    let table = try accounts(
      """
      account_id,arr,plan,premium_plan,purchased_coverage,renewal_date,strategic_designation,health,csm,tier_current
      a,5,paid,yes,shared,2026-09-30,partnership,80,ana,tier_2
      """)
    let some = table.memorable(0)
    #expect(some == Account.Memorable(table.account(0)) && some.renewalDate != nil)
    #expect(some.strategicDesignation == "partnership" && some.health == 80)
    #expect(some.csm == "ana" && some.currentTier == .tier2)
  }

  @Test("the contract's columns, in order, with blanks for what is unknown")
  func assignments() throws {
    let result = try Segmenter(preset: Preset(), asOf: CalendarDate(daysSince1970: 20_454))
      .segment([Account(id: "007")])
    let table = try Table(assignments: result.assignments, id: "account_id")
    #expect(
      String(decoding: table.csv(), as: UTF8.self) == """
        account_id,arr,importance,need,quadrant,quadrant_sure,pyramid_level,criteria_tier,tier,tier_score,\
        tier_reason,coverage,flags
        007,,,,digital_scale,no,tech_touch,tier_3,tier_4,,no_data,digital,\
        arr_missing;importance_unknown;need_unknown

        """)
  }
}
