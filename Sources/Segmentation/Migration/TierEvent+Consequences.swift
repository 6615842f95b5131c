extension TierEvent {
  /// What a change of tier brings with it: tasks for the team, and what the customer will notice (MIG-15,
  /// MIG-18). Nil for events that change no tier. `tierCount` is the preset's.
  public func consequences(tierCount: Int) -> Consequences? {
    guard changesTier, let to = to.flatMap(Tier.init(code:)) else { return nil }
    let new = ServiceClass(to, of: tierCount)
    guard let from = from.flatMap(Tier.init(code:)) else {
      return Consequences(old: nil, new: new, tasks: TierWorkflow.tasks(from: nil, to: new), programmes: [])
    }
    let old = ServiceClass(from, of: tierCount)
    return Consequences(
      old: old, new: new, tasks: TierWorkflow.tasks(from: old, to: new),
      programmes: ProgrammeMatrix.changes(from: old, to: new))
  }

  public struct Consequences: Sendable, Hashable {
    /// Nil for a new account.
    public let old: ServiceClass?
    public let new: ServiceClass
    public let tasks: [TierWorkflow.Task]
    /// The programmes whose content changes.
    public let programmes: [Programme]

    /// The draft for the customer; nil where the service stays.
    public var message: Phrase? {
      old.flatMap { TierMessage.draft(from: $0, to: new)?.text }
    }
  }
}
