import Features
public import ModelFile

extension Model {
  /// A model of numbers as they are: one term a column, x0, x1, ….
  public static func plain(intercept: Double, coefficients: [Double]) -> Model {
    let recipe = FittedRecipe(
      inputs: coefficients.indices.map { RecipeInput(name: "x\($0)", kind: .numeric, missing: .refuse) },
      terms: coefficients.indices.map {
        RecipeTerm(name: "x\($0)", factors: [RecipeFactor(input: $0, basis: .identity)])
      })
    return Model(
      name: "plain", role: .risk, target: "left", positive: "1", id: nil, recipe: recipe,
      intercept: intercept, coefficients: coefficients, covariance: nil,
      termMeans: [Double](repeating: 0, count: coefficients.count), eventRate: 0.2, rows: 1000)
  }
}
