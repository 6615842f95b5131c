/// An account whom the pyramid and the matrix would serve differently: what ARR alone gets wrong.
public struct Disagreement: Sendable, Equatable {
  public enum Reason: String, Sendable, CaseIterable {
    /// Small today, important by what it may become.
    case hiddenPotential = "hidden_potential"
    /// In need of more people than its ARR brings it.
    case underServed = "under_served"
    /// Large enough for people whom it does not need now.
    case overServed = "over_served"
  }

  public let id: String
  public let arr: Double?
  public let pyramid: PyramidLevel
  public let quadrant: Quadrant
  public let reason: Reason

  /// Nil where both give the same coverage, or where an axis of the matrix is unknown.
  public init?(_ assignment: Assignment) {
    guard let reason = assignment.disagreement else { return nil }
    id = assignment.id
    arr = assignment.arr
    pyramid = assignment.pyramidLevel
    quadrant = assignment.quadrant
    self.reason = reason
  }
}

extension Assignment {
  /// Why pyramid and matrix disagree on the account; nil where they don't.
  var disagreement: Disagreement.Reason? {
    guard importance != nil, need != nil else { return nil }
    let (traditional, dynamic) = (pyramidLevel.coverage, quadrant.coverage)
    if traditional == dynamic { return nil }
    if traditional.isHigher(than: dynamic) { return .overServed }
    return flags.contains(.hiddenPotential) ? .hiddenPotential : .underServed
  }
}

extension Segmentation {
  /// Every account on which pyramid and matrix disagree, the largest ARR first, then by id.
  public var disagreements: [Disagreement] {
    assignments.compactMap(Disagreement.init).sorted { (-($0.arr ?? 0), $0.id) < (-($1.arr ?? 0), $1.id) }
  }
}
