/// How a table is to become a design matrix, before any value is learned from it.
///
/// | | `plain` | `imputed` |
/// |---|---|---|
/// | number | as it is | as it is, the training median where missing, and `column[missing]` |
/// | text | treatment coding, the first level in sorted order is the reference | the same, rare levels pooled in `column[other]`, and `column[missing]` |
/// | boolean | `column[true]` | `column[true]` and `column[missing]` |
/// | row with a missing value | left out | kept |
///
/// Dates, columns that say the same in every row, and texts that are nearly all distinct (identifiers,
/// names) never become features; ``RecipeFit/leftOut`` names them. Sorted order is that of the UTF-8 bytes.
public struct Recipe: Sendable, Equatable {
  public enum Style: String, Sendable, CaseIterable {
    case plain, imputed
  }

  public var style: Style
  /// Only these columns, or nil for every column that is neither reserved nor excluded.
  public var features: [String]?
  public var excluded: Set<String>
  /// Id, target, weight, offset, time and group columns: never features.
  public var reserved: Set<String>
  /// The group (usage, tickets, sentiment, content, account) of a feature, where somebody said.
  public var groups: [String: String]
  /// `imputed`: a level with fewer rows than this is pooled…
  public var rareCount: Int
  /// …and one with a smaller share of the rows than this.
  public var rareShare: Double

  public init(
    _ style: Style, features: [String]? = nil, excluded: Set<String> = [], reserved: Set<String> = [],
    groups: [String: String] = [:], rareCount: Int = 10, rareShare: Double = 0.005
  ) {
    self.style = style
    self.features = features
    self.excluded = excluded
    self.reserved = reserved
    self.groups = groups
    self.rareCount = rareCount
    self.rareShare = rareShare
  }
}

/// What a recipe learned, and what it left out.
public struct RecipeFit: Sendable, Equatable {
  public let recipe: FittedRecipe
  public let leftOut: [LeftOutColumn]
}

/// A column that could have been a feature and is none.
public struct LeftOutColumn: Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// Every row says the same, or nothing.
    case constant
    /// A date is a point in time, not a quantity.
    case date
    /// More than half of its texts are distinct, and there are more than 100.
    case identifier(levels: Int)
  }

  public let name: String
  public let reason: Reason

  public init(name: String, reason: Reason) {
    self.name = name
    self.reason = reason
  }
}
