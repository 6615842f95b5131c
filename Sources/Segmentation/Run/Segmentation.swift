/// The result of a run: where the lines fell and where everybody stands.
public struct Segmentation: Sendable {
  public let preset: Preset
  public let cuts: Cuts
  /// In the order of the accounts.
  public var assignments: [Assignment]
  /// The known ARR of the book in the preset's currency.
  let ascendingARR: [Double]
}
