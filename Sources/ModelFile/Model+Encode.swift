import Features

extension Model {
  /// The bytes of `model.json`: one line a term, so that two versions can be compared with `diff`.
  ///
  /// `sha256` is that of the whole file with its own 64 digits taken out. The same model always gives the
  /// same bytes. Throws where the model would be refused on reading.
  public func encoded() throws(ModelFact) -> [UInt8] {
    try check()
    let (before, after) = documentAroundHash()
    return Array((before + SHA256.digest((before + after).utf8) + after).utf8)
  }

  private func documentAroundHash() -> (before: Substring, after: Substring) {
    var json = JSONText()
    json.object { json in
      json.string("format", ModelFormat.name)
      json.integer("format_version", ModelFormat.version(of: self))
      json.string("sha256", "")
      json.string("name", name)
      json.string("role", role.rawValue)
      json.string("target", target)
      json.string("positive", positive)
      if let id { json.string("id", id) }
      if let offset { json.string("offset", offset) }
      json.integer("rows", rows)
      json.number("event_rate", eventRate)
      json.object("bands", inline: true) { json in
        json.number("red_below", bands.redBelow)
        json.number("green_from", bands.greenFrom)
        json.number("high_from", bands.highFrom)
        json.number("low_below", bands.lowBelow)
      }
      encodeCalibration(&json)
      json.array("inputs") { json in
        for input in recipe.inputs { encode(input, &json) }
      }
      json.number("intercept", intercept)
      if let orderedBands {
        json.object("ordered_bands", inline: true) { json in
          json.strings("levels", orderedBands.levels)
          json.number("medium_intercept", orderedBands.mediumIntercept)
        }
      }
      json.array("terms") { json in
        for index in recipe.terms.indices { encodeTerm(index, &json) }
      }
      if let covariance { json.numbers("covariance", covariance) }
    }
    let text = json.text + "\n"
    let key = ModelFormat.hashKey
    let start = text.utf8.firstRange(of: key.utf8)?.upperBound ?? text.endIndex
    return (text[..<start], text[start...])
  }

  private func encodeCalibration(_ json: inout JSONText) {
    json.object("calibration", inline: true) { json in
      switch calibration {
      case .none: json.string("kind", "none")
      case .platt(let intercept, let slope):
        json.string("kind", "platt")
        json.number("intercept", intercept)
        json.number("slope", slope)
      case .isotonic(let linearPredictors, let probabilities):
        json.string("kind", "isotonic")
        json.numbers("linear_predictors", linearPredictors)
        json.numbers("probabilities", probabilities)
      case .beta(let a, let b, let intercept):
        json.string("kind", "beta")
        json.number("a", a)
        json.number("b", b)
        json.number("intercept", intercept)
      }
    }
  }

  private func encode(_ input: RecipeInput, _ json: inout JSONText) {
    json.object(inline: true) { json in
      json.string("name", input.name)
      json.string("kind", input.kind.rawValue)
      if let group = input.group { json.string("group", group) }
      switch input.missing {
      case .refuse: json.string("missing", "refuse")
      case .level: json.string("missing", "level")
      case .replace(let number):
        json.string("missing", "replace")
        json.number("replacement", number)
      }
      if input.kind == .categorical {
        json.strings("levels", input.levels)
        json.strings("pooled_levels", input.pooledLevels)
      }
    }
  }

  private func encodeTerm(_ index: Int, _ json: inout JSONText) {
    let term = recipe.terms[index]
    json.object(inline: true) { json in
      json.string("name", term.name)
      json.number("coefficient", coefficients[index])
      json.number("mean", termMeans[index])
      json.array("factors") { json in
        for factor in term.factors {
          json.object { json in
            json.string("input", recipe.inputs[factor.input].name)
            encode(factor.basis, &json)
          }
        }
      }
      if let table = term.table { json.numbers("table", table) }
    }
  }

  private func encode(_ basis: RecipeBasis, _ json: inout JSONText) {
    switch basis {
    case .identity: json.string("basis", "identity")
    case .signedLog: json.string("basis", "signed_log")
    case .hinge(let knot):
      json.string("basis", "hinge")
      json.number("knot", knot)
    case .hingeBelow(let knot):
      json.string("basis", "hinge_below")
      json.number("knot", knot)
    case .step(let knot):
      json.string("basis", "step")
      json.number("knot", knot)
    case .cubicSpline(let knots, let index):
      json.string("basis", "cubic_spline")
      json.numbers("knots", knots)
      json.integer("index", index)
    case .level(let level):
      json.string("basis", "level")
      json.string("level", level)
    case .otherLevels: json.string("basis", "other_levels")
    case .missing: json.string("basis", "missing")
    case .bins(let knots):
      json.string("basis", "bins")
      json.numbers("knots", knots)
    case .codes: json.string("basis", "codes")
    }
  }
}

/// What stands at the head of every model file.
enum ModelFormat {
  static let name = "pulso.model"
  /// 1, and 2 where a pulso that knows only version 1 would score and band wrongly: ordered bands.
  static let versions = 1...2

  static func version(of model: Model) -> Int { model.orderedBands == nil ? 1 : 2 }

  /// The bytes just before the hash's 64 digits. No string inside the file can contain them, since a quote
  /// in a string is escaped.
  static let hashKey = "\"sha256\": \""
}
