/// The mix of people and machines that serves an account, as shares of one rather than a switch (COV-11).
public struct TouchMix: Sendable, Hashable {
  public let humanShare: Double
  public var digitalShare: Double { 1 - humanShare }

  /// The mix that a segment means: its coverage sets the middle, need moves it by up to a tenth each way.
  ///
  /// human = middle + (need − 50) / 500 within 0…1, middle 0.8 dedicated, 0.5 shared, 0.3 pooled, 0.05
  /// digital. `need` runs 0–100; unknown moves nothing.
  public init(coverage: Coverage, need: Double?) {
    let middle =
      switch coverage {
      case .dedicated: 0.8
      case .shared: 0.5
      case .pooled: 0.3
      case .digital: 0.05
      }
    let shift = need.map { (min(max($0, 0), 100) - 50) / 500 } ?? 0
    humanShare = min(max(middle + shift, 0), 1)
  }

  /// The mix of a calendar: human touches over all of them; nil without touches.
  public init?(_ touches: [DueTouch]) {
    guard !touches.isEmpty else { return nil }
    humanShare = Double(touches.count { $0.isHuman }) / Double(touches.count)
  }
}
