import Configuration
import Segmentation
import Testing

@Suite struct CriteriaTests {
  private func tier(
    _ arr: Double, _ expansion: ExpansionLevel, _ fit: StrategicFit, rule: Criteria.Rule = .or
  )
    throws -> Tier
  {
    var preset = try PresetLibrary.preset("eur-20k")
    preset.criteria.rule = rule
    return try place(
      account("a", arr: arr) {
        $0.expansion = expansion
        $0.strategicFit = fit
      }, preset: preset
    ).criteriaTier
  }

  @Test("CRI-02 to CRI-05 Empresa A to D")
  func empresas() throws {
    #expect(try tier(30_000, .high, .reference) == .tier1)
    #expect(try tier(18_000, .medium, .no) == .tier2)
    #expect(try tier(4000, .low, .no) == .tier3)
    #expect(try tier(8000, .high, .earlyAdopter) == .tier1)
  }

  @Test("CRI-06 8K, high, no is tier 1 under OR and tier 2 under AND")
  func orAnd() throws {
    #expect(try tier(8000, .high, .no) == .tier1)
    #expect(try tier(8000, .high, .no, rule: .and) == .tier2)
    #expect(try tier(8000, .high, .earlyAdopter, rule: .and) == .tier1)
  }

  @Test("CRI-07 30 of 100 users leave 70 % headroom")
  func headroom() {
    let a = account("a") {
      $0.seats = 100
      $0.seatsUsed = 30
    }
    #expect(a.seatHeadroom == 0.7)
  }

  @Test(
    "CRI-09 and TIR-15 seats: under 30 % used is high, 30 % leaves a margin, all used is low",
    arguments: [(29.0, ExpansionLevel.high), (30, .medium), (60, .medium), (80, .low), (100, .low)])
  func seats(used: Double, level: ExpansionLevel) {
    let a = account("a") {
      $0.seats = 100
      $0.seatsUsed = used
    }
    #expect(ExpansionRules().headroom(of: a) == level)
  }

  @Test(
    "TIR-15 to TIR-17 potential: three times is high, half as much again to double is medium, a tenth is low",
    arguments: [
      (120_000.0, ExpansionLevel.high), (119_999, .medium), (80_000, .medium), (60_000, .medium),
      (59_999, .low),
      (44_000, .low),
    ])
  func potential(potential: Double, level: ExpansionLevel) {
    #expect(ExpansionRules().headroom(of: account("a", arr: 40_000) { $0.potentialARR = potential }) == level)
  }

  @Test("TIR-15 and CRI-08 one of four product lines bought is room to grow")
  func modules() {
    func level(_ used: Double) -> ExpansionLevel? {
      ExpansionRules().headroom(
        of: account("a") {
          $0.modulesAvailable = 4
          $0.modulesUsed = used
        })
    }
    #expect(level(1) == .high)
    #expect(level(2) == .medium)
    #expect(level(4) == .low)
  }

  @Test("CRI-10 15K with a potential of 50K is raised to tier 1")
  func potentialLifts() throws {
    let preset = try PresetLibrary.preset("eur-20k")
    let a = account("a", arr: 15_000) {
      $0.potentialARR = 50_000
      $0.employees = 200
    }
    #expect(try place(a, preset: preset).criteriaTier == .tier1)
  }

  @Test("CRI-12 two of three kinds of evidence make a fit")
  func evidence() {
    #expect(account("a") { $0.fitEvidence = [.demos, .community] }.isStrategicFit == true)
    #expect(account("a") { $0.fitEvidence = [.demos] }.isStrategicFit == false)
    #expect(account("a").isStrategicFit == nil)
  }

  @Test("CRI-13 segmenting by ARR only is said")
  func arrOnly() throws {
    let result = try run([account("a", arr: 30_000), account("b", arr: 150_000)])
    let summary = Summary(result.assignments, preset: result.preset)
    #expect(result.notes(summary, hasPredictions: true).contains(.arrOnly))
  }

  @Test("CRI-14 10K with a potential of 50K comes before 25K that cannot grow")
  func potentialAdjusted() {
    #expect(account("a", arr: 25_000).potentialAdjustedValue == 25_000)
    #expect(account("b", arr: 10_000) { $0.potentialARR = 50_000 }.potentialAdjustedValue == 50_000)
  }

  @Test("CRI-15 a mean contract of 50K makes 20K/5K senseless; percentile bounds are proposed")
  func boundsDoNotFit() throws {
    let book = (1...100).map { account("\($0)", arr: Double($0) * 1000 - 500) }
    let result = try run(book, preset: PresetLibrary.preset("eur-20k"))
    let summary = Summary(result.assignments, preset: result.preset)
    #expect(
      result.notes(summary, hasPredictions: true).contains(
        .boundsDoNotFit(meanARR: 50_000, top: 20_000, proposed: [80_500, 30_500])))
  }

  @Test("ECO-12 the seventh by ARR with expansion 0.9 is a diamond; the first two never are")
  func diamonds() throws {
    let book = (1...10).map { account("\($0)", arr: Double(11 - $0) * 10_000) }
    let predictions = ["1", "2", "7"].map { ($0, scores(expansion: 0.9)) }
    let result = try run(book, Dictionary(uniqueKeysWithValues: predictions))
    #expect(result.assignments.filter { $0.flags.contains(.diamond) }.map(\.id) == ["7"])
  }

  @Test("COV-09 purchased coverage shows, the tier stays")
  func purchased() throws {
    let result = try place(account("a", arr: 6000) { $0.purchasedCoverage = .shared })
    #expect(result.coverage == .shared && result.tier == .tier3)
    #expect(result.flags.contains(.purchasedCoverage))
  }

  @Test("SEG-01 three departments are three customers or one company with their ARR summed")
  func unit() {
    let departments = ["b", "a", "c"].map { id in account(id, arr: 10_000) { $0.parentID = "corp" } }
    let book = [account("z", arr: 1)] + departments + [account("corp", arr: 5_000), account("y", arr: 2)]
    func join(_ book: [Account], _ unit: CustomerUnit) -> [JoinedAccount] {
      let customers = unit.customers(of: book)
      return JoinedAccount.join(book) { customers[$0.id] ?? $0.id }
    }
    #expect(join(book, .account).map(\.account) == book)
    let companies = join(book, .company)
    #expect(companies.map(\.account.id) == ["z", "corp", "y"], "in the order of the rows")
    #expect(companies.map(\.account.arr) == [1, 35_000, 2])
    #expect(companies[1].members == [4, 2, 1, 3], "its own row, then by id")

    // A team of a department of a company counts there; companies that are each other's parents are one.
    let chain = [("team", "unit"), ("unit", "corp"), ("p", "q"), ("q", "p")].map { id, parent in
      account(id, arr: 100) { $0.parentID = parent }
    }
    let tops = join(chain + [account("corp", arr: 5)], .company)
    #expect(tops.map(\.account.id) == ["p", "corp"])
    #expect(tops.map(\.account.arr) == [200, 205])
  }
}
