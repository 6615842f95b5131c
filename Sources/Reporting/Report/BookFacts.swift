import Segmentation

/// The sums that a report speaks of, taken once; entries in the order of their ids, so that no digit depends
/// on the order of the rows.
struct BookFacts: Sendable {
  let preset: Preset
  let entries: [ReportBook.Entry]
  let detail: @Sendable (String) -> ReportBook.Detail
  let summary: Summary
  /// Where the lines of the matrix stand.
  let importanceCut: Double
  let needCut: Double
  let exposures: [Exposure]
  let quadrantLoss: ExpectedLoss<Quadrant>
  let tierLoss: ExpectedLoss<Tier>
  let concentration: Concentration?
  let expectedLoss: Double
  let scored: Int
  /// Of the accounts in the needy half of the matrix, and their number.
  let arrAtRisk: Double
  let needy: Int
  /// Accounts in the red band.
  let red: Int
  /// Indices of the accounts with an expected loss above 0, the largest first.
  let byLoss: [Int]

  init(_ book: ReportBook) {
    preset = book.preset
    entries = book.entries
    detail = book.detail
    let assignments = book.entries.map(\.assignment)
    summary = Summary(assignments, preset: book.preset)
    let matrix = book.preset.matrix
    importanceCut = matrix.importance.cut.resolved(
      ascending: assignments.compactMap(\.importance).sorted())
    needCut =
      matrix.need.riskCut.map { 100 * $0 }
      ?? matrix.need.cut.resolved(ascending: assignments.compactMap(\.need).sorted())
    let exposures = book.entries.map {
      Exposure(
        arr: $0.assignment.arr, churnRisk: $0.scores?.churnRisk,
        isNeedy: $0.assignment.quadrant.isNeedy)
    }
    self.exposures = exposures
    quadrantLoss = ExpectedLoss(
      zip(assignments, exposures).map { (segment: $0.quadrant, exposure: $1) }, segments: Quadrant.allCases)
    tierLoss = ExpectedLoss(
      zip(assignments, exposures).map { (segment: $0.tier, exposure: $1) }, segments: Tier.allCases)
    concentration = Concentration(exposures)
    expectedLoss = tierLoss.lines.reduce(0) { $0 + $1.expectedLoss }
    scored = tierLoss.lines.reduce(0) { $0 + $1.scored }
    arrAtRisk = tierLoss.lines.reduce(0) { $0 + $1.arrAtRisk }
    needy = tierLoss.lines.reduce(0) { $0 + $1.needy }
    red = book.entries.count { $0.assignment.flags.contains(.redRisk) }
    let losses = exposures.map { $0.expectedLoss ?? 0 }
    byLoss = losses.indices.filter { losses[$0] > 0 }.sorted {
      losses[$0] != losses[$1] ? losses[$0] > losses[$1] : $0 < $1
    }
  }

  var currency: String { preset.currency }
  var hasARR: Bool { summary.arr > 0 }
  var hasRisk: Bool { scored > 0 }

  func quadrant(_ quadrant: Quadrant) -> Summary.Group {
    summary.quadrants.first { $0.quadrant == quadrant }?.group ?? Summary.Group()
  }

  /// How many of the largest expected losses make up `share` of all.
  func accountsHolding(share: Double) -> Int {
    var sum = 0.0
    for (count, index) in byLoss.enumerated() {
      sum += exposures[index].expectedLoss ?? 0
      if sum >= share * expectedLoss { return count + 1 }
    }
    return byLoss.count
  }

  /// The share of the expected loss in the `count` largest.
  func shareOfLargest(_ count: Int) -> Double {
    guard expectedLoss > 0 else { return 0 }
    return byLoss.prefix(count).reduce(0) { $0 + (exposures[$1].expectedLoss ?? 0) } / expectedLoss
  }

  /// Accounts whose place contradicts the cuts: the table was made with another preset.
  var misplaced: Int {
    entries.count { entry in
      let account = entry.assignment
      let isOff = account.importance.map { ($0 >= importanceCut) != account.quadrant.isImportant } ?? false
      return isOff || (account.need.map { ($0 >= needCut) != account.quadrant.isNeedy } ?? false)
    }
  }
}
