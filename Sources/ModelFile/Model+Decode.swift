import Features
import StableNumerics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Model {
  /// Reads the bytes of a model file; `path` is only for the error.
  ///
  /// Order of the questions: is it a model of a known format version, does the hash agree, is what it says
  /// possible (``check()``). A file that was cut or in which a bit flipped fails one of them.
  public init(decoding bytes: [UInt8], path: String) throws(ModelFileError) {
    let covariance = CovarianceText(bytes)
    let beside = Ahead(threads: bytes.count < Self.bytesWorthAThread ? 1 : 2) {
      (hashHolds: Self.hashHolds(in: bytes), covariance: covariance?.numbers())
    }
    var decoded = Self.file(covariance?.rest ?? bytes)
    let (hashHolds, numbers) = beside.value()
    if covariance != nil, numbers == nil { decoded = Self.file(bytes) }
    guard let file = decoded, file.format == ModelFormat.name else { throw .notAModel(path: path) }
    guard ModelFormat.versions.contains(file.version) else {
      throw .unknownFormatVersion(path: path, version: file.version)
    }
    guard hashHolds else { throw .damaged(path: path) }
    do {
      var document = try file.document.get()
      if let numbers, document.covariance == [] { document.covariance = numbers }
      self = try document.model()
      guard file.version == ModelFormat.version(of: self) else {
        throw ModelFact.outOfRange("format_version")
      }
    } catch let fact as ModelFact {
      throw .inconsistent(path: path, fact: fact)
    } catch {
      throw .notAModel(path: path)
    }
  }

  /// From this size on the hash and the covariance are reckoned on a thread of their own.
  private static let bytesWorthAThread = 1 << 14

  private static func file(_ bytes: [UInt8]) -> File? {
    try? JSONDecoder().decode(File.self, from: Data(bytes))
  }

  /// The SHA-256 that a model file states about itself, if it has one in the only accepted spelling.
  public static func statedHash(in bytes: [UInt8]) -> String? {
    guard let range = hashRange(in: bytes) else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private static func hashHolds(in bytes: [UInt8]) -> Bool {
    guard let range = hashRange(in: bytes) else { return false }
    var hash = SHA256()
    hash.update(bytes.span.extracting(..<range.lowerBound))
    hash.update(bytes.span.extracting(range.upperBound...))
    return hash.digest().utf8.elementsEqual(bytes[range])
  }

  private static func hashRange(in bytes: [UInt8]) -> Range<Int>? {
    guard let start = bytes.firstRange(of: Array(ModelFormat.hashKey.utf8))?.upperBound,
      bytes.count > start + 64, bytes[start + 64] == UInt8(ascii: "\"")
    else { return nil }
    return start..<start + 64
  }

  /// What every model file says of itself, and what it holds as far as it can be read.
  private struct File: Decodable {
    let format: String
    let version: Int
    let document: Result<Document, any Error>

    enum CodingKeys: String, CodingKey {
      case format
      case version = "format_version"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      format = try container.decode(String.self, forKey: .format)
      version = try container.decode(Int.self, forKey: .version)
      document = Result { try Document(from: decoder) }
    }
  }
}

/// Format versions 1 and 2 as they lie in the file; 2 has ordered bands.
private struct Document: Decodable {
  struct Bands: Decodable {
    let redBelow, greenFrom, highFrom, lowBelow: Double

    enum CodingKeys: String, CodingKey {
      case redBelow = "red_below"
      case greenFrom = "green_from"
      case highFrom = "high_from"
      case lowBelow = "low_below"
    }
  }

  struct OrderedBands: Decodable {
    let levels: [String]
    let mediumIntercept: Double

    enum CodingKeys: String, CodingKey {
      case levels
      case mediumIntercept = "medium_intercept"
    }
  }

  struct Calibration: Decodable {
    let kind: String
    let intercept, slope, a, b: Double?
    let linearPredictors, probabilities: [Double]?

    enum CodingKeys: String, CodingKey {
      case kind, intercept, slope, a, b, probabilities
      case linearPredictors = "linear_predictors"
    }

    func value() throws(ModelFact) -> Model.Calibration {
      switch kind {
      case "none": return .none
      case "platt":
        if let intercept, let slope { return .platt(intercept: intercept, slope: slope) }
      case "isotonic":
        if let linearPredictors, let probabilities {
          return .isotonic(linearPredictors: linearPredictors, probabilities: probabilities)
        }
      case "beta": if let a, let b, let intercept { return .beta(a: a, b: b, intercept: intercept) }
      default: break
      }
      throw .outOfRange("calibration")
    }
  }

  struct Input: Decodable {
    let name, kind, missing: String
    let group: String?
    let replacement: Double?
    let levels, pooledLevels: [String]?

    enum CodingKeys: String, CodingKey {
      case name, kind, missing, group, replacement, levels
      case pooledLevels = "pooled_levels"
    }

    func value() throws(ModelFact) -> RecipeInput {
      guard let kind = RecipeInput.Kind(rawValue: kind) else { throw .outOfRange("kind of \(name)") }
      let rule: RecipeInput.MissingRule
      switch (missing, replacement) {
      case ("refuse", nil): rule = .refuse
      case ("level", nil): rule = .level
      case ("replace", .some(let number)): rule = .replace(number)
      default: throw .outOfRange("missing rule of \(name)")
      }
      return RecipeInput(
        name: name, kind: kind, group: group, missing: rule, levels: levels ?? [],
        pooledLevels: pooledLevels ?? [])
    }
  }

  struct Factor: Decodable {
    let input, basis: String
    let knot: Double?
    let knots: [Double]?
    let index: Int?
    let level: String?

    func value(inputs: [RecipeInput], term: String) throws(ModelFact) -> RecipeFactor {
      guard let position = inputs.firstIndex(where: { $0.name == input }) else {
        throw .outOfRange("input of \(term)")
      }
      return RecipeFactor(input: position, basis: try shape(term: term))
    }

    private func shape(term: String) throws(ModelFact) -> RecipeBasis {
      switch basis {
      case "identity": return .identity
      case "signed_log": return .signedLog
      case "hinge": if let knot { return .hinge(knot: knot) }
      case "hinge_below": if let knot { return .hingeBelow(knot: knot) }
      case "step": if let knot { return .step(knot: knot) }
      case "cubic_spline": if let knots, let index { return .cubicSpline(knots: knots, index: index) }
      case "level": if let level { return .level(level) }
      case "other_levels": return .otherLevels
      case "missing": return .missing
      case "bins": if let knots { return .bins(knots: knots) }
      case "codes": return .codes
      default: break
      }
      throw .basisDoesNotFit(term: term)
    }
  }

  struct Term: Decodable {
    let name: String
    let coefficient, mean: Double
    let factors: [Factor]
    let table: [Double]?
  }

  let name, role, target, positive: String
  let id, offset: String?
  let rows: Int
  let eventRate: Double
  let bands: Bands
  let calibration: Calibration
  let inputs: [Input]
  let intercept: Double
  let terms: [Term]
  var covariance: [Double]?
  let orderedBands: OrderedBands?

  enum CodingKeys: String, CodingKey {
    case name, role, target, positive, id, offset, rows, bands, calibration, inputs, intercept, terms,
      covariance
    case eventRate = "event_rate"
    case orderedBands = "ordered_bands"
  }

  func model() throws(ModelFact) -> Model {
    guard let role = Model.Role(rawValue: role) else { throw .outOfRange("role") }
    var inputs: [RecipeInput] = []
    for input in self.inputs { inputs.append(try input.value()) }
    var terms: [RecipeTerm] = []
    for term in self.terms {
      var factors: [RecipeFactor] = []
      for factor in term.factors { factors.append(try factor.value(inputs: inputs, term: term.name)) }
      terms.append(RecipeTerm(name: term.name, factors: factors, table: term.table))
    }
    let model = Model(
      name: name, role: role, target: target, positive: positive, id: id,
      recipe: FittedRecipe(inputs: inputs, terms: terms), intercept: intercept,
      coefficients: self.terms.map(\.coefficient), covariance: covariance,
      termMeans: self.terms.map(\.mean), calibration: try calibration.value(), offset: offset,
      eventRate: eventRate, rows: rows,
      bands: Model.Bands(
        redBelow: bands.redBelow, greenFrom: bands.greenFrom, highFrom: bands.highFrom,
        lowBelow: bands.lowBelow),
      orderedBands: orderedBands.map {
        Model.OrderedBands(levels: $0.levels, mediumIntercept: $0.mediumIntercept)
      })
    try model.check()
    return model
  }
}
