import Tables

extension ModelDeclaration {
  private enum Sign: String, CaseIterable {
    case positive, negative
  }

  /// The section `models`.
  static func all(_ section: StrictMapping) throws(ConfigurationError) -> [ModelDeclaration] {
    var section = section
    var models: [ModelDeclaration] = []
    for (name, value) in try section.entries() {
      var model = ModelDeclaration(name: name, place: section.place(of: name))
      try model.read(value)
      models.append(model)
    }
    return models
  }

  private mutating func read(_ mapping: StrictMapping) throws(ConfigurationError) {
    var m = mapping
    role = try m.string("role")
    target = try m.string("target")
    positive = try m.string("positive")
    id = try m.string("id")
    recipe = try m.string("recipe")
    features = try m.strings("features")
    exclude = try m.strings("exclude")
    penalty = try m.string("penalty")
    lambda = try m.string("lambda")
    alpha = try m.double("alpha", in: 0...1)
    standardize = try m.bool("standardize")
    weights = try m.string("weights")
    offset = try m.string("offset")
    trials = try m.string("trials")
    classWeight = try m.string("class_weight")
    robust = try m.string("robust")
    ci = try m.string("ci")
    folds = try m.int("folds", in: 0...1000)
    group = try m.string("group")
    time = try m.string("time")
    horizon = try m.string("horizon")
    holdout = try m.string("holdout")
    calibrate = try m.string("calibrate")
    tolerance = try m.double("tolerance", in: 0...1)
    maxIterations = try m.int("max_iterations", in: 1...1_000_000)
    seed = try m.int("seed", in: 0 ... .max)
    if var signs = try m.mapping("bounds") {
      for column in signs.keys {
        guard let sign = try signs.choice(column, Sign.self) else { continue }
        bounds[column] = sign == .positive ? 1 : -1
      }
    }
    try m.finish()
    if target == nil { throw .missingKey(place: m.place(of: "target")) }
  }
}
