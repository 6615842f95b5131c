import Segmentation
import Testing

@Suite struct StaffingTests {
  func ratio(_ fewest: Double, _ most: Double) throws -> CSMRatio {
    try #require(CSMRatio(fewest: fewest, most: most))
  }

  @Test("CAP-03 30, 100 and 1,000 accounts need 4 to 9 CSMs")
  func needed() throws {
    let need = StaffingNeed(
      accounts: [(.tier3, 1_000), (.tier1, 30), (.tier2, 100)],
      ratios: [.tier1: try ratio(15, 30), .tier2: try ratio(50, 100), .tier3: try ratio(200, 500)],
      headcount: 3)
    #expect(need.lines.map(\.needed) == [1...2, 1...2, 2...5])
    #expect(need.total == 4...9)
    #expect(need.gap == 1)
  }

  @Test("CON-07 2,000 pooled accounts under three ratios")
  func pooled() throws {
    #expect(try ratio(50, 100).needed(accounts: 2_000) == 20...40)
    #expect(try ratio(200, 500).needed(accounts: 2_000) == 4...10)
    #expect(try ratio(1_000, 1_000).needed(accounts: 2_000) == 2...2)
    #expect(try ratio(15, 30).needed(accounts: 0) == 0...0)
    #expect(CSMRatio(fewest: 0, most: 10) == nil)
    #expect(CSMRatio(fewest: 30, most: 10) == nil)
  }

  @Test("COV-13 complexity 0, 50 and 100 load 30, 20 and 10 accounts")
  func complexity() throws {
    let ratio = try ratio(10, 30)
    #expect([0, 50, 100].map(ratio.load(complexity:)) == [30, 20, 10])
  }

  @Test("CAP-01 100 customers and 2 CSMs treated alike are overload")
  func alike() throws {
    let work = try #require(UniformWorkload(accounts: 100, csms: 2, reviewsPerYear: 4, checkInsPerYear: 12))
    #expect(work.load == 50)
    #expect(try ratio(15, 30).judge(accounts: work.load) == .overloaded)
    #expect(work.reviews == 400)
    #expect(work.checkIns == 1_200)
    #expect(work.reviewsPerCSM == 200)
    #expect(work.checkInsPerCSM == 600)
  }

  @Test("CAP-02 120 customers and 3 CSMs hold 160 reviews each")
  func quarterlyForAll() throws {
    let work = try #require(UniformWorkload(accounts: 120, csms: 3, reviewsPerYear: 4, checkInsPerYear: 0))
    #expect(work.load == 40)
    #expect(work.reviews == 480)
    #expect(work.reviewsPerCSM == 160)
  }

  @Test("CAP-10 35 first-tier accounts are over the 30 that one CSM can look after")
  func overloaded() throws {
    #expect(try ratio(15, 30).judge(accounts: 35) == .overloaded)
    #expect(try ratio(15, 30).judge(accounts: 20) == .fits)
    #expect(try ratio(15, 30).judge(accounts: 3) == .underused)
  }

  @Test("CAP-05 CAP-06 CAP-07 what an account's revenue can pay for")
  func budget() {
    let budget = ServiceBudget.standard
    #expect(budget.budget(arr: 500_000) == 50_000)
    #expect(budget.judge(cost: 50_000, arr: 500_000) == .economic)
    #expect(budget.judge(cost: 50_000, arr: 5_000) == .notEconomic)
    #expect(budget.judge(cost: 5_000, arr: 10_000) == .notEconomic)
    #expect(budget.judge(cost: 2_000, arr: 6_000) == .aboveBudget)
  }

  @Test("ECO-01 ECO-02 the long tail loses twice the money at the same churn")
  func cohorts() {
    let top = Cohort(customers: 100, arrEach: 100_000)
    let tail = Cohort(customers: 1_000, arrEach: 20_000)
    #expect(top.totalARR == 10_000_000)
    #expect(tail.totalARR == 20_000_000)
    #expect(top.lost(churn: 0.1) == (10, 1_000_000))
    #expect(tail.lost(churn: 0.1) == (100, 2_000_000))
  }

  @Test("ECO-03 expected loss by tier, with shares")
  func expectedLoss() {
    let loss = ExpectedLoss(
      [
        (segment: Tier.tier1, exposure: Exposure(arr: 100_000, churnRisk: 0.1)),
        (.tier4, Exposure(arr: 200_000, churnRisk: 0.1, isNeedy: true)),
        (.tier4, Exposure(arr: nil, churnRisk: 0.5)),
      ], segments: Tier.allCases)
    #expect(loss.lines.map(\.segment) == [.tier1, .tier4])
    #expect(loss.lines.map(\.accounts) == [1, 2])
    #expect(loss.lines.map(\.arrAtRisk) == [0, 200_000])
    #expect(loss.lines.map(\.expectedLoss) == [10_000, 20_000])
    #expect(loss.lines.map(\.shareOfARR) == [1.0 / 3, 2.0 / 3])
    #expect(loss.lines.map(\.shareOfLoss) == [1.0 / 3, 2.0 / 3])
  }

  @Test("ECO-07 expected churn in customers and in money differ where the risk sits with the small")
  func expectedChurn() throws {
    let loss = ExpectedLoss(
      [
        (segment: Tier.tier1, exposure: Exposure(arr: 195_000, churnRisk: 0)),
        (.tier1, Exposure(arr: 5_000, churnRisk: 1)),
      ], segments: [.tier1])
    let line = try #require(loss.lines.first)
    #expect(line.logoChurn == 0.5)
    #expect(line.revenueChurn == 0.025)
  }

  @Test("ECO-02 ECO-03 the long tail: four fifths of the accounts, and what each end would lose")
  func concentration() throws {
    // 2 accounts of 100K, 8 of 25K: half of the ARR each; the tail's risk is twice as high.
    let book =
      (0..<2).map { _ in Exposure(arr: 100_000, churnRisk: 0.1) }
      + (0..<8).map { _ in Exposure(arr: 25_000, churnRisk: 0.2) } + [Exposure(arr: nil, churnRisk: 0.9)]
    let tail = try #require(Concentration(book))
    #expect(tail.top == Concentration.Part(accounts: 2, arr: 200_000, expectedLoss: 20_000))
    #expect(tail.tail == Concentration.Part(accounts: 8, arr: 200_000, expectedLoss: 40_000))
    #expect(tail.points.first == Concentration.Point(accounts: 0, arr: 0, expectedLoss: 0))
    #expect(tail.points.last == Concentration.Point(accounts: 1, arr: 1, expectedLoss: 1))
    #expect(tail.points[2].arr == 0.5)
    #expect(tail.tail.cohort.lost(churn: 0.1) == (0.8, 20_000))
    #expect(Concentration([Exposure(arr: nil, churnRisk: 0.5)]) == nil)
  }

  @Test("ECO-07 2 of 10 accounts and 5K of 200K are 20 % and 2.5 %")
  func churnRates() throws {
    let rates = try #require(ChurnRates(customers: 10, lost: 2, arr: 200_000, lostARR: 5_000))
    #expect(rates.logoChurn == 0.2)
    #expect(rates.revenueChurn == 0.025)
    #expect(ChurnRates(customers: 0, lost: 0, arr: 0, lostARR: 0) == nil)
  }
}
