public import Calendar
internal import StableNumerics

/// Places accounts in every system at once: pyramid, matrix, three criteria and scorecard.
///
/// Pure: the same accounts, scores and preset give the same result, whatever the order of the rows and the
/// number of threads. Everything that depends on the whole book (percentile cuts, shares, solved cut-offs)
/// depends on the set of values only, and equal values always fall on the same side.
public struct Segmenter: Sendable {
  public let preset: Preset
  /// The day on which accounts are looked at: age and onboarding are counted to it.
  public let asOf: CalendarDate
  /// What one unit of a currency is worth in the preset's.
  public let rates: [String: Double]
  /// Projects that were open yesterday, by account.
  public let openProjects: [String: Project]
  public let threads: Int
  private let yardstick: Yardstick

  public init(
    preset: Preset, asOf: CalendarDate, rates: [String: Double] = [:], openProjects: [String: Project] = [:],
    threads: Int = 1
  ) throws(SegmentationError) {
    self.preset = try preset.validated()
    self.asOf = asOf
    self.rates = rates
    self.openProjects = openProjects
    self.threads = threads
    yardstick = Yardstick(self.preset, asOf: asOf)
  }

  /// The accounts, in their order. `scores` are matched by id.
  public func segment(_ accounts: [Account], scores: [String: Scores] = [:])
    throws(SegmentationError) -> Segmentation
  {
    try segment(count: accounts.count) { (accounts[$0], scores[accounts[$0].id]) }
  }

  /// The `count` accounts that `account` makes on demand, so that a million of them need not stand in memory
  /// at once. `account` must give the same answer each time, from any thread.
  public func segment(count: Int, account: @Sendable (Int) -> (Account, Scores?))
    throws(SegmentationError) -> Segmentation
  {
    // Accounts are looked at once, unless bounds are shares of a book that has to be known first.
    var arr: [Double] = []
    if case .shares = preset.pyramidBounds { arr = try ascendingARR(count: count, account) }
    let pyramidBounds = preset.pyramidBounds.resolved(factor: preset.arrFactor, descendingARR: arr.reversed())
    let measures = try measure(count: count, top: pyramidBounds.first, account)
    try Self.checkUnique(measures)
    let solution = Ahead(threads: threads) { [preset] in
      preset.tierBasis == .scorecard
        ? CutOffs.solve(totals: measures.flatMap { $0.compactMap(\.total) }, targets: preset.targets) : nil
    }
    if arr.isEmpty { arr = measures.flatMap { $0.compactMap(\.arr) }.sorted() }
    let tierBounds = preset.tierBounds.resolved(factor: preset.arrFactor, descendingARR: arr.reversed())

    let importance = preset.matrix.importance.cut.resolved(
      ascending: Self.ascending(measures, preset.matrix.importance.cut) { $0.importance.value })
    let need = preset.matrix.need.cut.resolved(
      ascending: Self.ascending(measures, preset.matrix.need.cut) { $0.need.value })
    let solved = solution.value()
    let cutOffs =
      switch preset.scorecard.cutOffs {
      case .given(let given): given
      case .targets: solved?.cutOffs ?? []
      }
    let cuts = Cuts(
      importance: importance, need: need, tierBounds: tierBounds, pyramidBounds: pyramidBounds,
      cutOffs: cutOffs, solved: solved,
      ranks: ARRRanks(ascending: arr, preset: preset, top: pyramidBounds.first))
    return Segmentation(
      preset: preset, cuts: cuts, assignments: place(measures, cuts), ascendingARR: arr)
  }

  private static func ascending(_ measures: [[Measure]], _ cut: AxisCut, _ value: (Measure) -> Double?)
    -> [Double]
  {
    guard case .percentile = cut else { return [] }
    return measures.flatMap { $0.compactMap(value) }.sorted()
  }

  private static func checkUnique(_ measures: [[Measure]]) throws(SegmentationError) {
    let ids = measures.flatMap { $0.map(\.id) }
    // Ids in ascending order, as most exports have them, need no set.
    if ids.indices.dropFirst().allSatisfy({ ids[$0 - 1] < ids[$0] }) { return }
    var seen = Set<String>(minimumCapacity: ids.count)
    for id in ids where !seen.insert(id).inserted { throw .duplicateAccount(id: id) }
  }

  // MARK: Passes

  /// Accounts a block; fixed, so that threads change nothing.
  private static let blockSize = 8192

  private func ascendingARR(count: Int, _ account: @Sendable (Int) -> (Account, Scores?))
    throws(SegmentationError) -> [Double]
  {
    try blocks(count: count) { (row) throws(SegmentationError) -> Double? in
      let (account, _) = account(row)
      guard let arr = account.arr else { return nil }
      return try arr * rate(of: account)
    }.flatMap { $0.compactMap { $0 } }.sorted()
  }

  /// Block by block.
  private func measure(count: Int, top: ARRBound?, _ account: @Sendable (Int) -> (Account, Scores?))
    throws(SegmentationError) -> [[Measure]]
  {
    try blocks(count: count) { (row) throws(SegmentationError) -> Measure in
      let (account, scores) = account(row)
      return Measure(account.id, try profile(account, scores), scores, yardstick, top: top)
    }
  }

  private func place(_ measures: [[Measure]], _ cuts: Cuts) -> [Assignment] {
    let placing = Placing(cuts: cuts, preset: preset)
    var assignments: [Assignment] = []
    assignments.reserveCapacity(measures.reduce(0) { $0 + $1.count })
    for block in mapBlocks(
      count: measures.count, threads: threads, { measures[$0].map { placing.assignment($0) } })
    {
      assignments += block
    }
    return assignments
  }

  /// `body` of every row, in blocks and in order; of several errors the first by row is thrown.
  private func blocks<Value: Sendable>(
    count: Int, _ body: @Sendable (Int) throws(SegmentationError) -> Value
  ) throws(SegmentationError) -> [[Value]] {
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    let results = mapBlocks(count: blocks, threads: threads) { block in
      let rows = block * Self.blockSize..<min((block + 1) * Self.blockSize, count)
      return Result { () throws(SegmentationError) -> [Value] in
        var values: [Value] = []
        values.reserveCapacity(rows.count)
        for row in rows { values.append(try body(row)) }
        return values
      }
    }
    var values: [[Value]] = []
    for result in results { values.append(try result.get()) }
    return values
  }

  // MARK: One account

  /// What `account` brings, its amounts in the preset's currency.
  public func profile(_ account: Account, _ scores: Scores?) throws(SegmentationError) -> Profile {
    Profile(
      account, scores, yardstick, rate: try rate(of: account),
      project: openProjects.isEmpty ? nil : openProjects[account.id])
  }

  private func rate(of account: Account) throws(SegmentationError) -> Double {
    guard let currency = account.currency, currency != preset.currency else { return 1 }
    guard let rate = rates[currency] else {
      throw .currencyWithoutRate(
        account: account.id, currency: currency, presetCurrency: preset.currency)
    }
    return rate
  }
}
