/// What turns a table into a design matrix: the values that a recipe learned from the training rows, and
/// nothing else. Immutable; the same table always gives the same columns.
///
/// A design column ("term") is the product of one or two basis functions, each of one input column, or a
/// table over the bins of one or two inputs, so a linear predictor is a sum of named parts:
/// η = intercept + Σⱼ βⱼ · termⱼ(row).
///
/// A level that training never saw is read as the pooled rare levels where there are any, otherwise as no
/// level at all: every level term is 0, as for the reference level.
public struct FittedRecipe: Sendable, Equatable {
  /// What a table must have, in order of first use.
  public let inputs: [RecipeInput]
  /// The design columns in order, without the intercept.
  public let terms: [RecipeTerm]

  public init(inputs: [RecipeInput], terms: [RecipeTerm]) {
    self.inputs = inputs
    self.terms = terms
  }
}

/// A column that a recipe reads.
public struct RecipeInput: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case numeric, categorical, boolean
  }

  public enum MissingRule: Sendable, Equatable {
    /// A row with this value missing has no design row and no score: training leaves it out and counts it,
    /// scoring treats it as a bad row.
    case refuse
    /// Read as this number (numeric columns: the training median).
    case replace(Double)
    /// Read as a level of its own (categorical and boolean columns): the term with basis
    /// ``RecipeBasis/missing`` where training saw missing values, otherwise no term at all.
    case level
  }

  public let name: String
  public let kind: Kind
  /// usage, tickets, sentiment, content, account, or nil where nobody said.
  public let group: String?
  public let missing: MissingRule
  /// Categorical columns: the levels seen in training, sorted; the first is the reference in treatment coding.
  public let levels: [String]
  /// Levels too rare for a term of their own; they share the term with basis ``RecipeBasis/otherLevels``.
  public let pooledLevels: [String]

  public init(
    name: String, kind: Kind, group: String? = nil, missing: MissingRule, levels: [String] = [],
    pooledLevels: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.group = group
    self.missing = missing
    self.levels = levels
    self.pooledLevels = pooledLevels
  }
}

/// One design column.
public struct RecipeTerm: Sendable, Equatable {
  /// `column` for a number, `column[level]` for a level, `column[missing]`, `column>knot`, `a:b` for a product,
  /// `shape(column)` and `surface(a,b)` for tables.
  public let name: String
  public let factors: [RecipeFactor]
  /// Where given, the factors say in which bin a row lies and the term is the value of its cell: element
  /// `i` for one factor, `i · bins of the second + j` for two. All factors then are bins or codes.
  public let table: [Double]?

  public init(name: String, factors: [RecipeFactor], table: [Double]? = nil) {
    self.name = name
    self.factors = factors
    self.table = table
  }
}

/// A basis function applied to one input.
public struct RecipeFactor: Sendable, Hashable {
  /// Index into ``FittedRecipe/inputs``.
  public let input: Int
  public let basis: RecipeBasis

  public init(input: Int, basis: RecipeBasis) {
    self.input = input
    self.basis = basis
  }
}

/// The shapes that a term may have.
public enum RecipeBasis: Sendable, Hashable {
  /// x
  case identity
  /// sign(x) · log(1 + |x|)
  case signedLog
  /// max(0, x − knot)
  case hinge(knot: Double)
  /// max(0, knot − x)
  case hingeBelow(knot: Double)
  /// 1 where x > knot
  case step(knot: Double)
  /// Harrell's restricted cubic spline: the `index`-th non-linear column (0-based) for these knots.
  case cubicSpline(knots: [Double], index: Int)
  /// 1 where the value is this level (booleans: "true").
  case level(String)
  /// 1 where the value is one of the pooled rare levels.
  case otherLevels
  /// 1 where the value is missing.
  case missing
  /// How many of these ascending knots lie below x: 0 … knots.count. For terms with a table.
  case bins(knots: [Double])
  /// The index of the level, or of false and true; one more for a missing, pooled or unseen one. For terms
  /// with a table.
  case codes
}

extension RecipeInput {
  /// How many bins a basis cuts this input in; nil where it cuts none.
  public func binCount(_ basis: RecipeBasis) -> Int? {
    switch (basis, kind) {
    case (.bins(let knots), .numeric): knots.count + 1
    case (.codes, .categorical): levels.count + 1
    case (.codes, .boolean): 3
    default: nil
    }
  }
}
