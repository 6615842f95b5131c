public import Features
public import ModelFile

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A model made ready to score: one account, columns in memory, or a table.
///
///     let scorer = try Scorer(contentsOf: URL(fileURLWithPath: "models/churn/…/model.json"))
///     let score = try scorer.score(["seats": .number(5), "plan": .text("pro")])
///     print(score.probability, score.reasons.first?.text ?? "")
///
/// A value without identity: copy it to as many threads as you like.
public struct Scorer: Sendable {
  public let model: Model
  let program: TermProgram
  let predictor: LinearPredictor
  let parts: [ScorePart]
  /// The code of each level of each input, for single accounts.
  let codes: [[String: Double]]
  let inputIndex: [String: Int]

  /// Checks the model first; a scorer never traps, whoever wrote the model.
  public init(_ model: Model) throws(ModelFact) {
    try model.check()
    self.model = model
    program = TermProgram(model.recipe)
    predictor = LinearPredictor(
      model.recipe, intercept: model.intercept, coefficients: model.coefficients)
    parts = ScorePart.parts(of: model.recipe)
    var inputIndex: [String: Int] = [:]
    for (index, input) in model.recipe.inputs.enumerated() { inputIndex[input.name] = index }
    self.inputIndex = inputIndex
    codes = model.recipe.inputs.map { input in
      var codes: [String: Double] = [:]
      for (index, level) in input.levels.enumerated() { codes[level] = Double(index) }
      return codes
    }
  }

  /// Reads a `model.json`, or the one in a version's folder, and verifies its SHA-256.
  public init(readingFrom path: String) throws(ModelFileError) {
    let model = try Model(readingFrom: path)
    do {
      try self.init(model)
    } catch {
      throw .inconsistent(path: path, fact: error)
    }
  }

  public init(contentsOf url: URL) throws(ModelFileError) {
    try self.init(readingFrom: url.path)
  }

  /// The columns that a table must have, in the order of a row's values.
  public var inputs: [RecipeInput] { model.recipe.inputs }
}
