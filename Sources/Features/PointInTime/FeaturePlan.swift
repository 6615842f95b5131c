/// What to make from which tables: the declared part of `pulso features`.
public struct FeaturePlan: Sendable, Equatable {
  public var tables: [SourceTable]
  /// Nil: made from what the tables have, see ``FeaturePlan/standardFeatures(for:)``.
  public var features: [FeatureDeclaration]?
  public var churned: ChurnLabel?
  public var expanded: ExpansionLabel?
  public var outcomes: [OutcomeDefinition]
  /// An account is in onboarding while its tenure is less than this many days (PRD-08).
  public var onboardingDays: Int

  public init(
    tables: [SourceTable], features: [FeatureDeclaration]? = nil, churned: ChurnLabel? = ChurnLabel(),
    expanded: ExpansionLabel? = ExpansionLabel(), outcomes: [OutcomeDefinition] = [], onboardingDays: Int = 90
  ) {
    self.tables = tables
    self.features = features
    self.churned = churned
    self.expanded = expanded
    self.outcomes = outcomes
    self.onboardingDays = onboardingDays
  }

  var accounts: SourceTable? { tables.first { $0.role == .accounts } }
  var subscriptions: SourceTable? { tables.first { $0.role == .subscriptions } }
}
