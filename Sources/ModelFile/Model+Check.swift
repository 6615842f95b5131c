import Features

extension Model {
  /// Throws the first fact that makes this model impossible to score with. A model that passes cannot make
  /// a scorer trap, whoever wrote it.
  public func check() throws(ModelFact) {
    try checkRecipe()
    try checkEstimates()
    try checkCalibration()
    try checkBands()
    try checkOrderedBands()
  }

  private func checkRecipe() throws(ModelFact) {
    var names: Set<String> = []
    for input in recipe.inputs {
      if !names.insert(input.name).inserted { throw .repeated("input \(input.name)") }
      switch (input.missing, input.kind) {
      case (.replace(let number), .numeric): try finite(number, "replacement of \(input.name)")
      case (.replace, _), (.level, .numeric): throw .outOfRange("missing rule of \(input.name)")
      case (.refuse, _), (.level, _): break
      }
      var levels: Set<String> = []
      for level in input.levels + input.pooledLevels where !levels.insert(level).inserted {
        throw .repeated("level \(level) of \(input.name)")
      }
      if input.kind != .categorical && !levels.isEmpty { throw .outOfRange("levels of \(input.name)") }
    }
    for term in recipe.terms {
      guard (1...2).contains(term.factors.count) else {
        throw .wrongCount("factors of \(term.name)", found: term.factors.count, expected: 1)
      }
      for factor in term.factors {
        guard recipe.inputs.indices.contains(factor.input) else { throw .outOfRange("input of \(term.name)") }
        try check(factor.basis, of: recipe.inputs[factor.input], in: term.name)
      }
      try checkTable(of: term)
    }
  }

  /// A table has a finite value for each cell, and only terms with a table speak of bins.
  private func checkTable(of term: RecipeTerm) throws(ModelFact) {
    let counts = term.factors.map { recipe.inputs[$0.input].binCount($0.basis) }
    guard let table = term.table else {
      if counts.contains(where: { $0 != nil }) { throw .basisDoesNotFit(term: term.name) }
      return
    }
    var cells = 1
    for count in counts {
      guard let count, count <= 65_536 else { throw .basisDoesNotFit(term: term.name) }
      cells *= count
    }
    guard table.count == cells else {
      throw .wrongCount("table of \(term.name)", found: table.count, expected: cells)
    }
    for value in table { try finite(value, "table of \(term.name)") }
  }

  private func check(_ basis: RecipeBasis, of input: RecipeInput, in term: String) throws(ModelFact) {
    let fits =
      switch basis {
      case .identity, .signedLog, .hinge, .hingeBelow, .step, .cubicSpline: input.kind == .numeric
      case .level(let level):
        switch input.kind {
        case .numeric: false
        case .boolean: level == "true" || level == "false"
        case .categorical: input.levels.contains(level)
        }
      case .otherLevels: input.kind == .categorical && !input.pooledLevels.isEmpty
      case .missing: input.missing != .refuse
      case .bins: input.kind == .numeric
      case .codes: input.kind != .numeric
      }
    guard fits else { throw .basisDoesNotFit(term: term) }
    switch basis {
    case .hinge(let knot), .hingeBelow(let knot), .step(let knot): try finite(knot, "knot of \(term)")
    case .bins(let knots):
      for knot in knots { try finite(knot, "knot of \(term)") }
      guard zip(knots, knots.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw .notAscending("knots of \(term)")
      }
    case .cubicSpline(let knots, let index):
      for knot in knots { try finite(knot, "knot of \(term)") }
      guard zip(knots, knots.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw .notAscending("knots of \(term)")
      }
      guard knots.count >= 3, (0..<knots.count - 2).contains(index) else {
        throw .outOfRange("spline of \(term)")
      }
    default: break
    }
  }

  private func checkEstimates() throws(ModelFact) {
    let count = recipe.terms.count
    guard coefficients.count == count else {
      throw .wrongCount("coefficients", found: coefficients.count, expected: count)
    }
    guard termMeans.count == count else {
      throw .wrongCount("term means", found: termMeans.count, expected: count)
    }
    try finite(intercept, "intercept")
    for (term, coefficient) in zip(recipe.terms, coefficients) {
      try finite(coefficient, "coefficient of \(term.name)")
    }
    for (term, mean) in zip(recipe.terms, termMeans) { try finite(mean, "mean of \(term.name)") }
    if let covariance {
      let expected = (count + 1) * (count + 2) / 2
      guard covariance.count == expected else {
        throw .wrongCount("covariance", found: covariance.count, expected: expected)
      }
      for element in covariance { try finite(element, "covariance") }
    }
    guard eventRate > 0 && eventRate < 1 else { throw .outOfRange("event rate") }
    guard rows > 0 else { throw .outOfRange("rows") }
  }

  private func checkCalibration() throws(ModelFact) {
    switch calibration {
    case .none: break
    case .platt(let intercept, let slope):
      try finite(intercept, "calibration")
      try finite(slope, "calibration")
    case .beta(let a, let b, let intercept):
      for number in [a, b, intercept] { try finite(number, "calibration") }
    case .isotonic(let points, let probabilities):
      guard points.count == probabilities.count, !points.isEmpty else {
        throw .wrongCount("calibration", found: probabilities.count, expected: max(1, points.count))
      }
      for number in points { try finite(number, "calibration") }
      guard zip(points, points.dropFirst()).allSatisfy({ $0 < $1 }),
        zip(probabilities, probabilities.dropFirst()).allSatisfy({ $0 <= $1 })
      else { throw .notAscending("calibration") }
      guard probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { throw .outOfRange("calibration") }
    }
  }

  private func checkBands() throws(ModelFact) {
    for bound in [bands.redBelow, bands.greenFrom, bands.highFrom, bands.lowBelow] {
      try finite(bound, "bands")
    }
    guard bands.redBelow <= bands.greenFrom, bands.lowBelow <= bands.highFrom else {
      throw .notAscending("bands")
    }
  }

  /// Three bands, the highest the event, and cut points in their order; a calibration would tear them apart.
  private func checkOrderedBands() throws(ModelFact) {
    guard let orderedBands else { return }
    let levels = orderedBands.levels
    guard levels.count == 3 else {
      throw .wrongCount("ordered bands", found: levels.count, expected: 3)
    }
    guard Set(levels).count == 3 else { throw .repeated("ordered band") }
    guard levels[2] == positive, role == .expansion, calibration == .none else {
      throw .outOfRange("ordered bands")
    }
    try finite(orderedBands.mediumIntercept, "intercept of the middle band")
    guard orderedBands.mediumIntercept > intercept else { throw .notAscending("intercepts") }
  }

  private func finite(_ number: Double, _ what: @autoclosure () -> String) throws(ModelFact) {
    if !number.isFinite { throw .notFinite(what()) }
  }
}
