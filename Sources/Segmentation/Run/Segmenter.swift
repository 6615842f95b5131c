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

  public init(
    preset: Preset, asOf: CalendarDate, rates: [String: Double] = [:], openProjects: [String: Project] = [:],
    threads: Int = 1
  ) throws(SegmentationError) {
    self.preset = try preset.validated()
    self.asOf = asOf
    self.rates = rates
    self.openProjects = openProjects
    self.threads = threads
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
    let measures = try measure(count: count, bounds: pyramidBounds, account)
    try Self.checkUnique(measures)
    if arr.isEmpty { arr = measures.compactMap(\.arr).sorted() }
    let tierBounds = preset.tierBounds.resolved(factor: preset.arrFactor, descendingARR: arr.reversed())

    let importance = preset.matrix.importance.cut.resolved(
      ascending: Self.ascending(measures, preset.matrix.importance.cut) { $0.importance.value })
    let need = preset.matrix.need.cut.resolved(
      ascending: Self.ascending(measures, preset.matrix.need.cut) { $0.need.value })
    let solved: SolvedCutOffs? =
      preset.tierBasis == .scorecard
      ? CutOffs.solve(totals: measures.compactMap(\.total), targets: preset.targets) : nil
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
      preset: preset, cuts: cuts, assignments: try place(measures, cuts), ascendingARR: arr)
  }

  static func cap(_ pyramidBounds: [ARRBound]) -> Double { pyramidBounds.first?.amount ?? 0 }

  private static func ascending(_ measures: [Measure], _ cut: AxisCut, _ value: (Measure) -> Double?)
    -> [Double]
  {
    guard case .percentile = cut else { return [] }
    return measures.compactMap(value).sorted()
  }

  private static func checkUnique(_ measures: [Measure]) throws(SegmentationError) {
    // Ids in ascending order, as most exports have them, need no set.
    if zip(measures, measures.dropFirst()).allSatisfy({ $0.id < $1.id }) { return }
    var seen = Set<String>(minimumCapacity: measures.count)
    for measure in measures where !seen.insert(measure.id).inserted {
      throw .duplicateAccount(id: measure.id)
    }
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
    }.compactMap { $0 }.sorted()
  }

  private func measure(count: Int, bounds: [ARRBound], _ account: @Sendable (Int) -> (Account, Scores?))
    throws(SegmentationError) -> [Measure]
  {
    try blocks(count: count) { [preset] (row) throws(SegmentationError) -> Measure in
      let (account, scores) = account(row)
      return Measure(account.id, try profile(account, scores), scores, preset: preset, bounds: bounds)
    }
  }

  private func place(_ measures: [Measure], _ cuts: Cuts) throws(SegmentationError) -> [Assignment] {
    try blocks(count: measures.count) { [preset] (row) throws(SegmentationError) -> Assignment in
      Assignment(measures[row], cuts, preset)
    }
  }

  /// `body` of every row, in order; of several errors the first by row is thrown.
  private func blocks<Value: Sendable>(
    count: Int, _ body: @Sendable (Int) throws(SegmentationError) -> Value
  ) throws(SegmentationError) -> [Value] {
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    let results = blockResults(count: blocks, threads: threads) { block in
      let rows = block * Self.blockSize..<min((block + 1) * Self.blockSize, count)
      return Result { () throws(SegmentationError) -> [Value] in
        var values: [Value] = []
        values.reserveCapacity(rows.count)
        for row in rows { values.append(try body(row)) }
        return values
      }
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for result in results { values += try result.get() }
    return values
  }

  // MARK: One account

  /// What `account` brings, its amounts in the preset's currency.
  public func profile(_ account: Account, _ scores: Scores?) throws(SegmentationError) -> Profile {
    Profile(
      account, scores, preset: preset, rate: try rate(of: account), asOf: asOf,
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
