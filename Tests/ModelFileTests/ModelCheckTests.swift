import Features
import ModelFile
import Testing

/// A file with a right hash may still say what cannot be; none of it may reach a scorer.
@Suite struct ModelCheckTests {
  @Test("the samples are possible")
  func samples() throws {
    try SampleModel.model().check()
    try SampleModel.small.check()
  }

  @Test("impossible estimates are named")
  func estimates() {
    expect(.wrongCount("coefficients", found: 2, expected: 1)) { $0.coefficients = [1, 2] }
    expect(.wrongCount("term means", found: 0, expected: 1)) { $0.termMeans = [] }
    expect(.wrongCount("covariance", found: 2, expected: 3)) { $0.covariance = [1, 2] }
    expect(.notFinite("covariance")) { $0.covariance = [1, .nan, 2] }
    expect(.notFinite("intercept")) { $0.intercept = .infinity }
    expect(.notFinite("coefficient of x")) { $0.coefficients = [.nan] }
    expect(.notFinite("mean of x")) { $0.termMeans = [-.infinity] }
    expect(.outOfRange("event rate")) { $0.eventRate = 1 }
    expect(.outOfRange("event rate")) { $0.eventRate = .nan }
    expect(.outOfRange("rows")) { $0.rows = 0 }
    expect(.notAscending("bands")) { $0.bands = Model.Bands(redBelow: 80) }
    expect(.notFinite("bands")) { $0.bands = Model.Bands(highFrom: .infinity) }
  }

  @Test("impossible calibrations are named")
  func calibrations() {
    expect(.notFinite("calibration")) { $0.calibration = .platt(intercept: .nan, slope: 1) }
    expect(.wrongCount("calibration", found: 1, expected: 2)) {
      $0.calibration = .isotonic(linearPredictors: [0, 1], probabilities: [0.5])
    }
    expect(.wrongCount("calibration", found: 0, expected: 1)) {
      $0.calibration = .isotonic(linearPredictors: [], probabilities: [])
    }
    expect(.notAscending("calibration")) {
      $0.calibration = .isotonic(linearPredictors: [1, 1], probabilities: [0.1, 0.2])
    }
    expect(.outOfRange("calibration")) {
      $0.calibration = .isotonic(linearPredictors: [1, 2], probabilities: [0.1, 1.2])
    }
  }

  @Test("impossible recipes are named")
  func recipes() {
    let number = RecipeInput(name: "x", kind: .numeric, missing: .refuse)
    let text = RecipeInput(name: "p", kind: .categorical, missing: .refuse, levels: ["a", "b"])
    expect(.outOfRange("input of t"), [number], [RecipeFactor(input: 1, basis: .identity)])
    expect(.outOfRange("input of t"), [number], [RecipeFactor(input: -1, basis: .identity)])
    expect(.wrongCount("factors of t", found: 0, expected: 1), [number], [])
    expect(.basisDoesNotFit(term: "t"), [text], [RecipeFactor(input: 0, basis: .identity)])
    expect(.basisDoesNotFit(term: "t"), [text], [RecipeFactor(input: 0, basis: .level("z"))])
    expect(.basisDoesNotFit(term: "t"), [text], [RecipeFactor(input: 0, basis: .otherLevels)])
    expect(.basisDoesNotFit(term: "t"), [number], [RecipeFactor(input: 0, basis: .missing)])
    expect(.notFinite("knot of t"), [number], [RecipeFactor(input: 0, basis: .hinge(knot: .nan))])
    expect(
      .notAscending("knots of t"), [number],
      [RecipeFactor(input: 0, basis: .cubicSpline(knots: [1, 1, 2], index: 0))])
    expect(
      .outOfRange("spline of t"), [number],
      [RecipeFactor(input: 0, basis: .cubicSpline(knots: [1, 2, 3], index: 1))])
    let factor = [RecipeFactor(input: 0, basis: .identity)]
    expect(.repeated("input x"), [number, number], factor)
    expect(
      .outOfRange("missing rule of x"), [RecipeInput(name: "x", kind: .numeric, missing: .level)], factor)
    expect(
      .notFinite("replacement of x"), [RecipeInput(name: "x", kind: .numeric, missing: .replace(.nan))],
      factor)
    expect(
      .repeated("level a of p"),
      [RecipeInput(name: "p", kind: .categorical, missing: .refuse, levels: ["a", "a"])], factor)
  }

  @Test("impossible tables are named")
  func tables() {
    let number = RecipeInput(name: "x", kind: .numeric, missing: .refuse)
    let text = RecipeInput(name: "p", kind: .categorical, missing: .refuse, levels: ["a", "b"])
    let bins = RecipeFactor(input: 0, basis: .bins(knots: [1, 2]))
    let codes = RecipeFactor(input: 1, basis: .codes)
    func expect(_ fact: ModelFact, _ factors: [RecipeFactor], _ table: [Double]?) {
      self.expect(fact) {
        $0.recipe = FittedRecipe(
          inputs: [number, text], terms: [RecipeTerm(name: "t", factors: factors, table: table)])
      }
    }
    expect(.basisDoesNotFit(term: "t"), [bins], nil)
    expect(.basisDoesNotFit(term: "t"), [RecipeFactor(input: 0, basis: .identity)], [1, 2])
    expect(.basisDoesNotFit(term: "t"), [RecipeFactor(input: 1, basis: .bins(knots: [1]))], [1, 2])
    expect(.basisDoesNotFit(term: "t"), [RecipeFactor(input: 0, basis: .codes)], [1, 2])
    expect(.wrongCount("table of t", found: 2, expected: 3), [bins], [1, 2])
    expect(.wrongCount("table of t", found: 3, expected: 9), [bins, codes], [1, 2, 3])
    expect(.notFinite("table of t"), [bins], [1, .nan, 3])
    expect(.notAscending("knots of t"), [RecipeFactor(input: 0, basis: .bins(knots: [2, 2]))], [1, 2, 3])
    expect(.notFinite("knot of t"), [RecipeFactor(input: 0, basis: .bins(knots: [.infinity]))], [1, 2])
  }

  @Test("a model that is impossible is not written")
  func notWritten() {
    var model = SampleModel.small
    model.intercept = .nan
    #expect(throws: ModelFact.notFinite("intercept")) { try model.encoded() }
  }

  private func expect(_ fact: ModelFact, _ change: (inout Model) -> Void) {
    var model = SampleModel.small
    change(&model)
    #expect(throws: fact) { try model.check() }
  }

  private func expect(_ fact: ModelFact, _ inputs: [RecipeInput], _ factors: [RecipeFactor]) {
    expect(fact) {
      $0.recipe = FittedRecipe(inputs: inputs, terms: [RecipeTerm(name: "t", factors: factors)])
    }
  }
}
