/// Where the lines fell for this book.
public struct Cuts: Sendable, Equatable {
  /// At or above is high.
  public let importance: Double
  /// At or above is high.
  public let need: Double
  public let tierBounds: [ARRBound]
  public let pyramidBounds: [ARRBound]
  /// The scorecard's lowest total of each tier but the last.
  public let cutOffs: [Double]
  /// The cut-offs that would meet the population targets, for comparison.
  public let solved: SolvedCutOffs?
  public let ranks: ARRRanks
}

/// Places in the order of ARR that flags speak of.
public struct ARRRanks: Sendable, Equatable {
  /// ARR from which an account belongs to the top 20 %; infinite in a book too small to have one.
  public let topFifth: Double
  /// Set when nobody reaches the top bound: the ARR above which an account is among the top by revenue.
  public let topByRevenue: ARRBound?

  init(ascending arr: [Double], preset: Preset, top: ARRBound?) {
    let fifth = Int((0.2 * Double(arr.count)).rounded())
    topFifth = fifth > 0 ? arr[arr.count - fifth] : .infinity
    let share = (preset.targets.first?.accounts?.upperBound ?? 20) / 100
    let count = Int(share * Double(arr.count))
    guard let top, let largest = arr.last, !top.isReached(by: largest), count > 0, count < arr.count else {
      topByRevenue = nil
      return
    }
    let last = arr[arr.count - count]
    topByRevenue = ARRBound(last, inclusive: arr[arr.count - count - 1] != last)
  }
}
