import Configuration
import Segmentation
import Testing

@Suite struct PresetTests {
  private func tier(_ arr: Double, _ preset: String) throws -> Tier {
    try place(account("a", arr: arr), preset: PresetLibrary.preset(preset)).tier
  }

  @Test(
    "CON-01 and CON-02 the same ARR under both sets of bounds",
    arguments: [
      (30_000.0, Tier.tier2, Tier.tier1), (18_000, .tier3, .tier2), (4000, .tier4, .tier3),
      (100_000, .tier1, .tier1),
      (25_000, .tier2, .tier1), (5000, .tier3, .tier2), (20_000, .tier3, .tier2), (20_000.01, .tier3, .tier1),
    ])
  func bounds(arr: Double, usd: Tier, eur: Tier) throws {
    #expect(try tier(arr, "usd-100k") == usd)
    #expect(try tier(arr, "eur-20k") == eur)
  }

  @Test("CON-03 12 % in tier 1 is in range under t1-10-20 and below under t1-15-20")
  func topShare() throws {
    for (name, standing) in [("t1-10-20", Summary.Standing.inRange), ("t1-15-20", .below)] {
      let preset = try PresetLibrary.preset("usd-100k+\(name)")
      #expect(Summary.standing(12, in: preset.targets[0].accounts) == standing)
    }
  }

  @Test("CON-04 a hundred accounts by rank are exactly 20, 50 and 30")
  func percentiles() throws {
    let book = (1...100).map { account("\($0)", arr: Double($0) * 37) }
    let result = try run(book, preset: PresetLibrary.preset("pct-20-50-30"))
    #expect(Summary(result.assignments, preset: result.preset).tiers.map(\.group.accounts) == [20, 50, 30])
  }

  @Test("CON-05 and TIR-08 three tiers merge the last two, five split the top")
  func tierCounts() throws {
    #expect(try tier(4000, "tiers-3") == .tier3)
    #expect(try tier(10_000, "tiers-3") == .tier3)
    #expect(try tier(600_000, "tiers-5") == .tier1)
    #expect(try tier(200_000, "tiers-5") == .tier2)
    var preset = Preset()
    preset.tierCount = 6
    #expect(throws: SegmentationError.tierCountOutOfRange(6)) { try preset.validated() }
  }

  @Test("CON-06, CON-07, CON-08 and CON-14 loads, first response and cadence come as variants")
  func service() throws {
    #expect(try PresetLibrary.preset("load-10-30").service.dedicatedLoad == 10...30)
    #expect(try PresetLibrary.preset("load-10-100").service.dedicatedLoad == 10...100)
    #expect(try PresetLibrary.preset("pool-50-100").service.pooledLoad == 50...100)
    #expect(try PresetLibrary.preset("sla-4h").service.firstResponseHours[0] == 4)
    #expect(try PresetLibrary.preset("sla-1h").service.firstResponseHours[0] == 1)
    #expect(try PresetLibrary.preset("monthly-top").service.reviewDays == [30, 90, 90, 90])
  }

  @Test("CON-17 another currency without a rate is an error that names the account; with one it converts")
  func currency() throws {
    let preset = try PresetLibrary.preset("eur-20k")
    let a = account("acme", arr: 30_000) { $0.currency = "USD" }
    #expect(
      throws: SegmentationError.currencyWithoutRate(account: "acme", currency: "USD", presetCurrency: "EUR")
    ) { try run([a], preset: preset) }
    let result = try Segmenter(preset: preset, asOf: newYear, rates: ["USD": 0.5]).segment([a])
    #expect(result.assignments[0].arr == 15_000)
    #expect(result.assignments[0].tier == .tier2)
  }

  @Test("TIR-12 a factor of 0.2 turns 100K/25K/5K into 20K/5K/1K")
  func factor() throws {
    var preset = Preset()
    preset.arrFactor = 0.2
    #expect(try run([], preset: preset).cuts.tierBounds.map(\.amount) == [20_000, 5000, 1000])
  }

  @Test("the text of usd-100k is the default preset, key by key")
  func textIsDefault() throws {
    #expect(try PresetLibrary.preset("usd-100k") == Preset())
  }

  @Test(
    "every shipped preset is valid, alone and over both whole presets' sizes",
    arguments: PresetLibrary.entries)
  func shipped(entry: PresetLibrary.Entry) throws {
    _ = try PresetLibrary.preset(entry.name).validated()
  }

  @Test("an unknown preset names the nearest")
  func unknown() throws {
    #expect(throws: ConfigurationError.self) { try PresetLibrary.preset("usd-100") }
  }

  @Test("a duplicate id is an error")
  func duplicate() {
    #expect(throws: SegmentationError.duplicateAccount(id: "a")) { try run([account("a"), account("a")]) }
  }

  @Test("TIR-09 the difference between two presets is told number by number")
  func differences() throws {
    let changes = try PresetLibrary.preset("usd-100k").differences(from: PresetLibrary.preset("sla-4h"))
    #expect(changes.map(\.key) == ["service.first_response_hours"])
  }
}
