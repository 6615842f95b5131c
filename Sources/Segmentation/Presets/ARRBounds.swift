/// A lower bound in ARR: `>= amount`, or `> amount` where the source says "more than".
public struct ARRBound: Sendable, Equatable {
  public var amount: Double
  public var isInclusive: Bool

  public init(_ amount: Double, inclusive: Bool = true) {
    self.amount = amount
    isInclusive = inclusive
  }

  public func isReached(by arr: Double) -> Bool {
    isInclusive ? arr >= amount : arr > amount
  }
}

/// Lower bounds in ARR, highest first: fixed amounts, or the shares of the book (in percent, highest group
/// first, summing to 100) that turn into amounts once the book is known.
public enum ARRBounds: Sendable, Equatable {
  case fixed([ARRBound])
  case shares([Double])

  /// The amounts for a book whose known ARR values, in descending order, are `arr`.
  ///
  /// A share's bound is the ARR of the last account inside it, so equal ARR always falls on the same side; a
  /// group can then be larger than its share, never split.
  public func resolved(factor: Double, descendingARR arr: [Double]) -> [ARRBound] {
    switch self {
    case .fixed(let bounds):
      return bounds.map { ARRBound($0.amount * factor, inclusive: $0.isInclusive) }
    case .shares(let shares):
      var total = 0.0
      return shares.dropLast().map { share in
        total += share
        let count = Int((total / 100 * Double(arr.count)).rounded())
        guard count > 0, count <= arr.count else { return ARRBound(.infinity) }
        return ARRBound(arr[count - 1])
      }
    }
  }

  /// How many bounds there are.
  public var count: Int {
    switch self {
    case .fixed(let bounds): bounds.count
    case .shares(let shares): max(0, shares.count - 1)
    }
  }
}

extension [ARRBound] {
  /// The group that `arr` falls in: 0 above the first bound, `count` below the last.
  func group(of arr: Double) -> Int {
    firstIndex { $0.isReached(by: arr) } ?? count
  }
}
