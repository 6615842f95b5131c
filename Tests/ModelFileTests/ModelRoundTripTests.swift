import Features
import Foundation
import ModelFile
import Testing

@Suite struct ModelRoundTripTests {
  @Test("what is written reads back equal in every bit, for each calibration")
  func roundTrip() throws {
    let calibrations: [Model.Calibration] = [
      .none, .platt(intercept: 1e-17, slope: 0.1), .beta(a: 1.5, b: 2.5, intercept: -0.25),
      .isotonic(linearPredictors: [-2, 0.1, 3], probabilities: [0, 0.5, 1]),
    ]
    for calibration in calibrations {
      let model = SampleModel.model(calibration: calibration)
      let bytes = try model.encoded()
      let read = try Model(decoding: bytes, path: "m")
      #expect(read == model)
      #expect(try read.encoded() == bytes)
    }
  }

  @Test("ordered bands are version 2, read back as they are; under another version, or in disorder, refused")
  func orderedBands() throws {
    var model = SampleModel.model(calibration: .none)
    model.role = .expansion
    model.orderedBands = .init(levels: ["low", "medium", "yes"], mediumIntercept: 0.25)
    let bytes = try model.encoded()
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"format_version\": 2,"))
    #expect(try Model(decoding: bytes, path: "m") == model)
    let faults: [(ModelFact, (inout Model) -> Void)] = [
      (.notAscending("intercepts"), { $0.orderedBands?.mediumIntercept = $0.intercept }),
      (.notFinite("intercept of the middle band"), { $0.orderedBands?.mediumIntercept = .nan }),
      (.wrongCount("ordered bands", found: 2, expected: 3), { $0.orderedBands?.levels = ["low", "yes"] }),
      (.repeated("ordered band"), { $0.orderedBands?.levels = ["low", "low", "yes"] }),
      (.outOfRange("ordered bands"), { $0.positive = "low" }),
      (.outOfRange("ordered bands"), { $0.role = .risk }),
      (.outOfRange("ordered bands"), { $0.calibration = .platt(intercept: 0, slope: 1) }),
    ]
    for (fact, spoil) in faults {
      var bad = model
      spoil(&bad)
      #expect(throws: fact) { try bad.check() }
    }
  }

  @Test("the file says format, version and the SHA-256 of the rest, at the top")
  func head() throws {
    let text = String(decoding: try SampleModel.small.encoded(), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines[1] == #"  "format": "pulso.model","#)
    #expect(lines[2] == #"  "format_version": 1,"#)
    let hash = try #require(Model.statedHash(in: Array(text.utf8)))
    #expect(lines[3] == "  \"sha256\": \"\(hash)\",")
    #expect(SHA256.digest(text.replacing(hash, with: "").utf8) == hash)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
  }

  @Test("any one bit flipped: refused")
  func flippedBits() throws {
    let bytes = try SampleModel.small.encoded()
    var accepted: [Int] = []
    for bit in 0..<bytes.count * 8 {
      var copy = bytes
      copy[bit / 8] ^= 1 << UInt8(bit % 8)
      if (try? Model(decoding: copy, path: "m")) != nil { accepted.append(bit) }
    }
    #expect(accepted == [])
  }

  @Test("cut at any byte, or longer by one: refused")
  func cuts() throws {
    let bytes = try SampleModel.small.encoded()
    var accepted: [Int] = []
    for count in bytes.indices where (try? Model(decoding: Array(bytes[..<count]), path: "m")) != nil {
      accepted.append(count)
    }
    #expect(accepted == [])
    #expect(throws: ModelFileError.damaged(path: "m")) { try Model(decoding: bytes + [10], path: "m") }
  }

  @Test("a changed number is damage, a later format version is named, something else is no model")
  func kindsOfRefusal() throws {
    let text = String(decoding: try SampleModel.small.encoded(), as: UTF8.self)
    func read(_ text: String) throws { _ = try Model(decoding: Array(text.utf8), path: "m") }
    #expect(throws: ModelFileError.damaged(path: "m")) { try read(text.replacing("0.25", with: "0.26")) }
    #expect(throws: ModelFileError.unknownFormatVersion(path: "m", version: 7)) {
      try read(text.replacing("\"format_version\": 1", with: "\"format_version\": 7"))
    }
    for other in ["", "{}", "[1]", "x", "{\"format\": \"other\", \"format_version\": 1}"] {
      #expect(throws: ModelFileError.notAModel(path: "m")) { try read(other) }
    }
  }

  @Test("a covariance is read as JSON wants it and no other way")
  func covariances() throws {
    let text = String(decoding: try SampleModel.model().encoded(), as: UTF8.self)
    let hash = try #require(Model.statedHash(in: Array(text.utf8)))
    let key = "\"covariance\": ["
    let start = try #require(text.range(of: key)?.upperBound)
    let end = try #require(text[start...].firstIndex(of: "]"))
    func model(_ first: String) throws -> Model {
      let rest = text[start..<end].drop { $0 != "," }
      let changed = "\(text[..<start])\(first)\(rest)\(text[end...])"
      let newHash = SHA256.digest(changed.replacing(hash, with: "").utf8)
      return try Model(decoding: Array(changed.replacing(hash, with: newHash).utf8), path: "m")
    }
    for odd in ["", "01", "+1", ".5", "1.", "1e", "1e+", "0x1", "- 1", "1 2", "nan", "1e999", "\"1\"", ",1"] {
      #expect(throws: ModelFileError.notAModel(path: "m"), "\(odd)") { try model(odd) }
    }
    for (other, value) in [
      ("1", 1), ("0.5", 0.5), ("2E+3", 2000), ("1e-7", 1e-7), ("0.125 ", 0.125), (" 1", 1),
    ] {
      #expect(try model(other).covariance?.first == value, "\(other)")
    }
    // In another object it is nothing that a model has.
    let elsewhere = text.replacing("\"bands\": {", with: "\"bands\": {\(key)3], ").replacing(
      key + "0", with: "\"other\": [0")
    let newHash = SHA256.digest(elsewhere.replacing(hash, with: "").utf8)
    let read = try Model(decoding: Array(elsewhere.replacing(hash, with: newHash).utf8), path: "m")
    #expect(read.covariance == nil)
  }

  @Test("a file long enough for a second thread reads back equal; with a digit changed it is damaged")
  func longFile() throws {
    var model = SampleModel.small
    let terms = (0..<120).map { term in
      RecipeTerm(name: "t\(term)", factors: [RecipeFactor(input: 0, basis: .step(knot: Double(term)))])
    }
    model.recipe = FittedRecipe(inputs: model.recipe.inputs, terms: terms)
    model.coefficients = terms.indices.map { 1 / Double($0 + 3) }
    model.termMeans = model.coefficients
    model.covariance = (0..<121 * 122 / 2).map { 1 / Double($0 + 7) }
    let bytes = try model.encoded()
    #expect(bytes.count > 1 << 17)
    #expect(try Model(decoding: bytes, path: "m") == model)
    let digit = try #require(bytes.lastIndex(of: UInt8(ascii: "7")))
    var changed = bytes
    changed[digit] = UInt8(ascii: "8")
    #expect(throws: ModelFileError.damaged(path: "m")) { try Model(decoding: changed, path: "m") }
    changed[digit] = UInt8(ascii: "x")
    #expect(throws: ModelFileError.notAModel(path: "m")) { try Model(decoding: changed, path: "m") }
  }

  @Test("a missing file and a folder without a model are named, and a folder in place of the file")
  func missing() {
    #expect(throws: ModelFileError.notFound(path: "/nowhere/model.json")) {
      try Model(readingFrom: "/nowhere/model.json")
    }
    #expect(throws: ModelFileError.notFound(path: "/tmp/model.json")) { try Model(readingFrom: "/tmp") }
    let folder = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = "\(folder)/model.json"
    #expect(throws: Never.self) {
      try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
    }
    #expect(throws: ModelFileError.unreadable(path: file, reason: "it is a folder")) {
      try Model(readingFrom: folder)
    }
  }
}
