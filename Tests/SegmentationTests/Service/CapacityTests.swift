import Configuration
import Segmentation
import StableNumerics
import Testing

@Suite struct CapacityTests {
  private func need(_ counts: [Int], _ preset: Preset = Preset()) -> StaffingNeed {
    var ratios: [Tier: CSMRatio] = [:]
    for tier in preset.tiers { ratios[tier] = preset.service.ratio(preset.coverage(of: tier)) }
    return StaffingNeed(
      accounts: zip(preset.tiers, counts).map { (tier: $0, count: $1) }, ratios: ratios, headcount: 0)
  }

  @Test("TIR-10 CAP-04 with 60 % of the ARR a top tier may take 50 to 60 % of the capacity")
  func topShare() throws {
    #expect(CapacityShare(ofCapacity: 55, arr: 60) == .appropriate)
    #expect(CapacityShare(ofCapacity: 50, arr: 60) == .appropriate)
    #expect(CapacityShare(ofCapacity: 60, arr: 60) == .appropriate)
    #expect(CapacityShare(ofCapacity: 20, arr: 60) == .underInvested)
    #expect(CapacityShare(ofCapacity: 80, arr: 60) == .overInvested)
    // 15, 35, 45 and 5 % of the accounts at the middle of 15-30, 50-100, 200-500 and nobody.
    let need = need([150, 350, 450, 50])
    let share = try #require(need.capacityShare(of: need.lines[0]))
    let managers: [Double] = [150 / 22.5, 350 / 75.0, 450 / 350.0]
    let expected: Double = 100 * managers[0] / managers.reduce(0, +)
    #expect(abs(share - expected) < 1e-9)
    #expect(CapacityShare(ofCapacity: share, arr: 60) == .appropriate)
    #expect(need.capacityShare(of: need.lines[3]) == 0)
  }

  @Test("TIR-30 equal hours for 5K and 500K don't follow value; nor does the alphabet")
  func attention() throws {
    let values = [5_000.0, 500_000, 20_000, 90_000]
    func correlation(_ hours: [Double?]) -> Double? {
      Attention.correlation(zip(hours, values).map { (hours: $0, value: $1) })
    }
    #expect(correlation([10, 10, 10, 10]) == 0)
    #expect(correlation([1, 80, 5, 20]) == 1)
    #expect(try #require(correlation([40, 30, 20, 10])) < Attention.leastCorrelation)
    #expect(correlation([nil, nil, nil, 1]) == nil)
    #expect(Attention.correlation([(1, 7), (2, 7)]) == nil, "values all alike say nothing")
    let alike = ServiceClass.allCases.map { _ in TouchPlan.standard(.core) }
    #expect(Attention.isCadenceAlike(alike))
    #expect(!Attention.isCadenceAlike(ServiceClass.allCases.map(TouchPlan.standard)))
  }

  @Test("TIR-30 rank correlation lies in [-1, 1], 1 with itself, and no order of the rows matters")
  func correlationProperties() throws {
    var source = SplitMix64(seed: 4)
    for _ in 0..<200 {
      let rows = (0..<20).map { _ in
        (hours: Double(source.next() % 7) as Double?, value: Double(source.next() % 9) as Double?)
      }
      let r = try #require(Attention.correlation(rows))
      #expect(abs(r) <= 1 + 1e-12)
      #expect(abs(try #require(Attention.correlation(rows.reversed())) - r) < 1e-12)
      let same = try #require(Attention.correlation(rows.map { (hours: $0.value, value: $0.value) }))
      #expect(abs(same - 1) < 1e-12)
    }
  }

  @Test("CAP-08 120 accounts alike are 960 hours a year; by tier the machine takes the tail")
  func liberated() {
    let time = LiberatedTime(
      accounts: [(.tier1, 20), (.tier2, 40), (.tier3, 50), (.tier4, 10)], preset: Preset(),
      touchesAlike: 16, minutes: 30)
    #expect(time.lines.reduce(0) { $0 + $1.hoursAlike } == 960)
    // Fortnightly and quarterly; every two months and twice a year; nobody.
    let top: Double = 10 * (365.0 / 14 + 4)
    #expect(time.lines.map(\.hours) == [top, 160, 0, 0])
    #expect(time.lines[2].liberated == 400)
  }

  @Test("CAP-09 raising the top cut from 100K to 120K changes who is needed")
  func whatIf() throws {
    let accounts = (0..<60).map { account("a\($0)", arr: $0 < 30 ? 110_000 : 130_000) }
    func managers(_ cut: Double) throws -> StaffingNeed {
      var preset = Preset()
      preset.tierBasis = .arr
      preset.tierBounds = .fixed([ARRBound(cut), ARRBound(25_000), ARRBound(5_000)])
      let summary = Summary(try run(accounts, preset: preset).assignments, preset: preset)
      return need(summary.tiers.map(\.group.accounts), preset)
    }
    #expect(try managers(100_000).lines[0].needed == 2...4)
    #expect(try managers(120_000).lines[0].needed == 1...2)
    #expect(try managers(120_000).lines[1].needed == 1...1)
  }

  @Test("CAP-10 a manager of 35 dedicated accounts is over the 30 one can look after; 30 fit, 3 are few")
  func portfolios() {
    func load(_ count: Int, _ coverage: Coverage) -> CSMRatio.Load {
      var portfolio = Portfolio()
      for _ in 0..<count { portfolio.add(coverage, isProject: false, service: ServiceLevels()) }
      return portfolio.load
    }
    #expect([35, 30, 15, 3].map { load($0, .dedicated) } == [.overloaded, .fits, .fits, .underused])
    #expect([101, 100].map { load($0, .shared) } == [.overloaded, .fits])
    #expect(load(10_000, .digital) == .underused)
  }

  @Test("CAP-11 a temporary project takes capacity as long as it lasts")
  func projects() {
    var portfolio = Portfolio()
    for index in 0..<200 { portfolio.add(.pooled, isProject: index < 20, service: ServiceLevels()) }
    #expect(portfolio.projects == 20 && portfolio.accounts == 200)
    let managers: Double = 180 / 500.0 + 20 / 30.0
    #expect(abs(portfolio.leastManagers - managers) < 1e-9)
    #expect(portfolio.load == .overloaded)
  }

  @Test("CAP-12 before hiring: segmentation, coverage, playbooks, criteria")
  func readiness() throws {
    func missing(
      _ arr: [Double], _ preset: Preset = Preset(), playbooks: Bool = true, arrOnly: Bool = false,
      correlation: Double? = nil
    ) throws -> [HiringReadiness.Check] {
      let accounts = arr.enumerated().map { index, arr in account("a\(index)", arr: arr) }
      return HiringReadiness(
        try run(accounts, preset: preset).assignments, preset: preset, usesARROnly: arrOnly,
        hasPlaybooks: playbooks, correlation: correlation
      ).checks.filter { !$0.isReady }.map(\.check)
    }
    let book: [Double] = [200_000, 50_000, 50_000, 50_000, 9_000, 9_000, 9_000]
    #expect(try missing(book) == [])
    #expect(try missing(book, playbooks: false) == [.playbooks])
    #expect(HiringReadiness.Check.playbooks.remedy.english.hasPrefix("fix playbooks before hiring"))
    #expect(try missing(book, arrOnly: true) == [.criteria])
    #expect(try missing([200_000, 200_000, 1_000]) == [.segmentation], "two in three are first")
    #expect(try missing(book, correlation: 0) == [.attention])
    var alike = Preset()
    alike.coverage = [.shared, .shared, .shared, .shared]
    #expect(try missing(book, alike) == [.coverage])
  }
}
