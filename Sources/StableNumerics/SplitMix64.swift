/// A small, seedable random source: Steele, Lea and Flood's SplitMix64 (OOPSLA 2014).
///
/// The same seed gives the same stream on every machine, which is why every random choice in Pulso takes
/// one as a parameter instead of the system's generator. Period 2⁶⁴; not for cryptography.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A whole number in 0 ..< `bound` without modulo bias (Lemire 2019).
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "an empty range has no member")
    return Int(next(upperBound: UInt64(bound)))
  }

  /// A stream of its own for part `index` of a work that `seed` starts: parts may then run in any order.
  public init(seed: UInt64, stream index: UInt64) {
    var outer = SplitMix64(seed: seed ^ (index &* 0xd1b5_4a32_d192_ed03))
    state = outer.next()
  }
}
