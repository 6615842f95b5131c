import Features
import ModelFile

/// A small model with one of everything that the format knows.
enum SampleModel {
  static let inputs = [
    RecipeInput(name: "seats", kind: .numeric, group: "usage", missing: .replace(12.5)),
    RecipeInput(name: "tickets \"open\"", kind: .numeric, missing: .refuse),
    RecipeInput(
      name: "plan", kind: .categorical, missing: .level, levels: ["basic", "pro\n\u{1}", "ünïcode"],
      pooledLevels: ["x", "y\\"]),
    RecipeInput(name: "trial", kind: .boolean, missing: .level),
  ]

  static let factors: [[RecipeFactor]] = [
    [RecipeFactor(input: 0, basis: .identity)],
    [RecipeFactor(input: 0, basis: .signedLog)],
    [RecipeFactor(input: 0, basis: .missing)],
    [RecipeFactor(input: 1, basis: .hinge(knot: 0.1))],
    [RecipeFactor(input: 1, basis: .hingeBelow(knot: 1e-300))],
    [RecipeFactor(input: 1, basis: .cubicSpline(knots: [0, 1.0 / 3, 5, 1e22], index: 1))],
    [RecipeFactor(input: 0, basis: .step(knot: -7))],
    [RecipeFactor(input: 2, basis: .level("pro\n\u{1}"))],
    [RecipeFactor(input: 2, basis: .otherLevels), RecipeFactor(input: 3, basis: .level("true"))],
  ]

  /// Tables over bins and codes.
  static let tables: [RecipeTerm] = [
    RecipeTerm(
      name: "shape(seats)", factors: [RecipeFactor(input: 0, basis: .bins(knots: [1, 2.5]))],
      table: [-0.25, 0.1, 1.0 / 3]),
    RecipeTerm(
      name: "surface(seats,plan)",
      factors: [
        RecipeFactor(input: 0, basis: .bins(knots: [1e-7])), RecipeFactor(input: 2, basis: .codes),
      ], table: [0, 1, 2, 3, 4, 5, 6, -7e-9]),
  ]

  static func model(
    name: String = "churn", calibration: Model.Calibration = .platt(intercept: -0.1, slope: 1.25)
  ) -> Model {
    let terms = factors.enumerated().map { RecipeTerm(name: "term \($0)", factors: $1) } + tables
    let count = terms.count
    return Model(
      name: name, role: .risk, target: "churned", positive: "yes", id: "account_id",
      recipe: FittedRecipe(inputs: inputs, terms: terms), intercept: -1.1,
      coefficients: (0..<count).map { 0.1 * Double($0) - 1.0 / 3 },
      covariance: (0..<(count + 1) * (count + 2) / 2).map { 1 / Double($0 + 7) },
      termMeans: (0..<count).map { Double($0) / 7 }, calibration: calibration, eventRate: 0.217, rows: 500)
  }

  static let small = Model(
    name: "m", role: .other, target: "y", positive: "1",
    recipe: FittedRecipe(
      inputs: [RecipeInput(name: "x", kind: .numeric, missing: .refuse)],
      terms: [RecipeTerm(name: "x", factors: [RecipeFactor(input: 0, basis: .identity)])]),
    intercept: -0.5, coefficients: [0.25], termMeans: [1], eventRate: 0.5, rows: 10)
}
