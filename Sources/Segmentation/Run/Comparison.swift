/// What would change if another preset were published: who moves, with how much ARR, and why.
public struct Comparison: Sendable, Equatable {
  public struct Move: Sendable, Equatable {
    public enum Cause: Sendable, Equatable {
      /// The decision rests on something else now.
      case reason(from: String, to: String)
      /// The same reason, another score.
      case score(from: Double, to: Double)
      /// The same score or ARR against another cut.
      case cut
    }

    public let id: String
    public let arr: Double?
    public let from: Tier
    public let to: Tier
    public let fromQuadrant: Quadrant
    public let toQuadrant: Quadrant
    public let cause: Cause
  }

  public struct Total: Sendable, Equatable {
    public private(set) var accounts = 0
    private var sum = ExactSum()

    public init() {}

    public var arr: Double { sum.value }

    fileprivate mutating func add(_ assignment: Assignment) {
      accounts += 1
      sum += ExactSum(assignment.arr)
    }
  }

  /// Accounts whose tier changes, the largest ARR first, then by id.
  public let tierMoves: [Move]
  public let up: Total
  public let down: Total
  /// Accounts whose quadrant changes.
  public let quadrantMoves: Total

  /// Both runs must be of the same accounts in the same order.
  public init(from before: Segmentation, to after: Segmentation) {
    var moves: [Move] = []
    var (up, down, quadrants) = (Total(), Total(), Total())
    for (a, b) in zip(before.assignments, after.assignments).sorted(by: {
      ($0.0.arr ?? 0, $1.0.id) > ($1.0.arr ?? 0, $0.0.id)
    }) {
      if a.quadrant != b.quadrant { quadrants.add(a) }
      guard a.tier != b.tier else { continue }
      if b.tier.isHigher(than: a.tier) { up.add(a) } else { down.add(a) }
      let cause: Move.Cause =
        if a.tierReason != b.tierReason {
          .reason(from: a.tierReason, to: b.tierReason)
        } else if let old = a.tierScore, let new = b.tierScore, old != new {
          .score(from: old, to: new)
        } else {
          .cut
        }
      moves.append(
        Move(
          id: a.id, arr: a.arr, from: a.tier, to: b.tier, fromQuadrant: a.quadrant, toQuadrant: b.quadrant,
          cause: cause))
    }
    tierMoves = moves
    self.up = up
    self.down = down
    quadrantMoves = quadrants
  }
}
