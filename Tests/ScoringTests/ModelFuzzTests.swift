import Features
import Foundation
import ModelFile
import Scoring
import StableNumerics
import Testing

/// A model file changed by chance and given the right SHA-256 again, so that nothing but our own reading
/// stands between it and the scorer.
@Suite("Fuzz of the model file")
struct ModelFuzzTests {
  /// A long run sets PULSO_FUZZ_SECONDS.
  private static let seconds =
    ProcessInfo.processInfo.environment["PULSO_FUZZ_SECONDS"].flatMap(Double.init) ?? 1.5

  private static let model = Model(
    name: "churn", role: .risk, target: "churned", positive: "yes", id: "account_id",
    recipe: FittedRecipe(
      inputs: [
        RecipeInput(name: "seats", kind: .numeric, group: "usage", missing: .replace(12.5)),
        RecipeInput(name: "age", kind: .numeric, missing: .refuse),
        RecipeInput(
          name: "plan", kind: .categorical, missing: .level, levels: ["basic", "pro"], pooledLevels: ["x"]),
        RecipeInput(name: "trial", kind: .boolean, missing: .level),
      ],
      terms: [
        RecipeTerm(name: "seats", factors: [RecipeFactor(input: 0, basis: .signedLog)]),
        RecipeTerm(name: "age", factors: [RecipeFactor(input: 1, basis: .hinge(knot: 3))]),
        RecipeTerm(
          name: "spline",
          factors: [RecipeFactor(input: 1, basis: .cubicSpline(knots: [0, 1, 5, 9], index: 1))]),
        RecipeTerm(name: "plan[pro]", factors: [RecipeFactor(input: 2, basis: .level("pro"))]),
        RecipeTerm(
          name: "both",
          factors: [
            RecipeFactor(input: 2, basis: .otherLevels), RecipeFactor(input: 3, basis: .level("true")),
          ]),
      ]),
    intercept: -1, coefficients: [0.5, -0.25, 0.125, 1, -1],
    covariance: (0..<21).map { [0, 2, 5, 9, 14, 20].contains($0) ? 0.01 : 0 },
    termMeans: [1, 2, 3, 0.5, 0.25],
    calibration: .isotonic(linearPredictors: [-2, 0, 3], probabilities: [0.01, 0.5, 0.99]), eventRate: 0.2,
    rows: 500)

  private static let numbers = [
    "0", "-0", "1e999", "-1e999", "1e308", "1e-320", "9223372036854775807", "9223372036854775808", "-1",
    "99999999999999999999999999", "0.1", "NaN", "null", "true", "\"x\"", "[]", "{}", "[[[[]]]]", "2147483648",
  ]

  @Test("no crash, whatever the file says; what is accepted scores to a probability or refuses the row")
  func fuzz() throws {
    let text = String(decoding: try Self.model.encoded(), as: UTF8.self)
    let hash = try #require(Model.statedHash(in: Array(text.utf8)))
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.seconds)
    var (cases, accepted, scored) = (0, 0, 0)
    while cases < 1000 || clock.now < end {
      var random = SplitMix64(seed: UInt64(cases))
      cases += 1
      var bytes = Array(text.replacing(hash, with: "").utf8)
      for _ in 0...Int(random.next() % 3) { Self.change(&bytes, &random) }
      let bare = String(decoding: bytes, as: UTF8.self)
      guard let place = bare.range(of: "\"sha256\": \"") else { continue }
      var whole = bare
      whole.insert(contentsOf: SHA256.digest(bare.utf8), at: place.upperBound)
      guard let model = try? Model(decoding: Array(whole.utf8), path: "m"), let scorer = try? Scorer(model)
      else { continue }
      accepted += 1
      for row: [String: AccountValue] in [
        ["seats": .number(5), "age": .number(4), "plan": .text("pro"), "trial": .boolean(true)],
        ["seats": .number(-1e300), "age": .number(1e300), "plan": .text("unknown"), "trial": .missing],
      ] {
        guard let score = try? scorer.score(row) else { continue }
        scored += 1
        #expect((0...1).contains(score.probability), "case \(cases - 1): \(score.probability)")
      }
    }
    print("model files changed by chance: \(cases), accepted \(accepted), rows scored \(scored)")
    #expect(scored > 0)
  }

  private static func change(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    func pick(_ count: Int) -> Int { Int(random.next() % UInt64(max(count, 1))) }
    let at = pick(bytes.count)
    switch pick(6) {
    case 0: bytes[at] ^= 1 << UInt8(pick(8))
    case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + pick(30)))
    case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 1 + pick(60))], at: pick(bytes.count))
    default:
      // A number, or a word, in place of another.
      let isDigit = { (byte: UInt8) in (48...57).contains(byte) || byte == 45 || byte == 46 }
      guard let start = bytes[at...].firstIndex(where: isDigit) else { return }
      let stop = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
      bytes.replaceSubrange(start..<stop, with: numbers[pick(numbers.count)].utf8)
    }
  }
}
