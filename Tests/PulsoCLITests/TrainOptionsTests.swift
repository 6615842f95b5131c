import Foundation
import Testing

@Suite("What train's options come to, from the table to the scores")
struct TrainOptionsTests {
  /// 600 rows of 200 accounts; the outcome depends on x, on the exposure and on the plan.
  private func write(in folder: URL) throws {
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    let rows = (0..<600).map { i -> String in
      let x = uniform() * 4 - 2
      let exposure = uniform()
      let eta = 1.2 * x + exposure - 2
      return "k\(i % 200),\(x),\(exposure),\(uniform() < 1 / (1 + exp(-eta)) ? 1 : 0)"
    }
    try Data((["id,x,exposure,y"] + rows).joined(separator: "\n").utf8)
      .write(to: folder.appending(path: "t.csv"))
  }

  private func train(_ extra: [String], in folder: URL) throws -> [String: Any] {
    let run = try PulsoRun(
      ["train", "t.csv", "--id", "id", "--target", "y", "--recipe", "plain", "--json", "--quiet", "--force"]
        + extra, in: folder)
    try #require(run.status == 0, "\(run.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func rows(_ name: String, in folder: URL) throws -> [[String: String]] {
    let lines = try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
    let header = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(header, cells))
    }
  }

  @Test("an offset has coefficient 1, is kept in the model, and scoring demands its column")
  func offset() throws {
    try PulsoRun.inFolder { folder in
      try write(in: folder)
      _ = try train(["--offset", "exposure", "--penalty", "none", "--calibrate", "none"], in: folder)
      let scored = try PulsoRun(["score", "t.csv", "--out", "s.csv"], in: folder)
      try #require(scored.status == 0, "\(scored.errors)")
      let table = try rows("t.csv", in: folder)
      let scores = try rows("s.csv", in: folder)
      // With an intercept the fitted probabilities add up to the events.
      let expected = scores.reduce(0) { $0 + Double($1["churn_risk"] ?? "")! }
      #expect(abs(expected - Double(table.count { $0["y"] == "1" })) < 1e-6)

      let without = table.map { "\($0["id"]!),\($0["x"]!)" }
      try Data((["id,x"] + without).joined(separator: "\n").utf8).write(to: folder.appending(path: "u.csv"))
      let refused = try PulsoRun(["score", "u.csv", "--out", "u-scores.csv"], in: folder)
      #expect(refused.status == 65 && refused.errors.contains("exposure"), "\(refused.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "u-scores.csv").path))
    }
  }

  @Test("balanced classes: coefficients of the weighted fit, probabilities of the book")
  func balanced() throws {
    try PulsoRun.inFolder { folder in
      try write(in: folder)
      _ = try train(["--class-weight", "balanced", "--penalty", "none", "--calibrate", "none"], in: folder)
      let scored = try PulsoRun(["score", "t.csv", "--out", "s.csv"], in: folder)
      try #require(scored.status == 0, "\(scored.errors)")
      let risks = try rows("s.csv", in: folder).map { Double($0["churn_risk"] ?? "")! }
      let rate = Double(try rows("t.csv", in: folder).count { $0["y"] == "1" }) / 600
      let mean = risks.reduce(0, +) / 600
      #expect(abs(mean - rate) < 0.02, "\(mean) against \(rate): without the correction it would be near .5")
    }
  }

  @Test("accounts that repeat: standard errors by account unless told otherwise")
  func clusters() throws {
    try PulsoRun.inFolder { folder in
      try write(in: folder)
      #expect(try train([], in: folder)["standard_errors"] as? String == "cluster:id")
      #expect(try train(["--robust", "none"], in: folder)["standard_errors"] as? String == "model")
    }
  }

  @Test("profile intervals on request, where there is a likelihood")
  func profile() throws {
    try PulsoRun.inFolder { folder in
      try write(in: folder)
      func interval(_ extra: [String]) throws -> (Double, Double) {
        let json = try train(["--penalty", "none", "--robust", "none"] + extra, in: folder)
        let rows = try #require(json["coefficients"] as? [[String: Any]])
        let row = try #require(rows.first { $0["term"] as? String == "x" })
        return (try #require(row["ci_low"] as? Double), try #require(row["ci_high"] as? Double))
      }
      let wald = try interval([])
      let profile = try interval(["--ci", "profile"])
      #expect(wald != profile)
      #expect(abs(wald.0 - profile.0) < 0.05 && abs(wald.1 - profile.1) < 0.05)
      let base = ["train", "t.csv", "--id", "id", "--target", "y", "--ci", "profile"]
      #expect(try PulsoRun(base, in: folder).status == 64, "a ridge has no likelihood to profile")
      let clustered = try PulsoRun(base + ["--penalty", "none"], in: folder)
      #expect(clustered.status == 64 && clustered.errors.contains("--robust none"), "\(clustered.errors)")
    }
  }

  @Test("the champion as a prior: same terms, named in the summary, and refused with Firth's penalty")
  func prior() throws {
    try PulsoRun.inFolder { folder in
      try write(in: folder)
      let first = try train(["--penalty", "none"], in: folder)
      let second = try train(["--prior", "champion", "--prior-weight", "0.5"], in: folder)
      let prior = try #require(second["prior"] as? [String: Any])
      #expect(prior["model"] as? String == "champion" && prior["weight"] as? Double == 0.5)
      func terms(_ json: [String: Any]) -> [String] {
        (json["coefficients"] as? [[String: Any]] ?? []).compactMap { $0["term"] as? String }
      }
      #expect(terms(first) == terms(second))
      let codes = (second["warnings"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
      #expect(codes.contains("prior_saw_rows"))
      let refused = try PulsoRun(
        ["train", "t.csv", "--target", "y", "--prior", "champion", "--penalty", "firth"], in: folder)
      #expect(refused.status == 64, "\(refused.errors)")
    }
  }

  @Test("scores go into a database, ids as text, and say whether the interval stays in the band")
  func database() throws {
    try PulsoRun.inFolder { folder in
      try write(in: folder)
      _ = try train([], in: folder)
      let csv = try PulsoRun(["score", "t.csv", "--intervals", "--out", "s.csv"], in: folder)
      try #require(csv.status == 0, "\(csv.errors)")
      let run = try PulsoRun(
        ["score", "t.csv", "--intervals", "--out", "sqlite:s.db?table=scores"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let bytes = try Data(contentsOf: folder.appending(path: "s.db"))
      #expect(bytes.starts(with: Data("SQLite format 3".utf8)))
      #expect(bytes.range(of: Data("k199".utf8)) != nil)
      let scores = try rows("s.csv", in: folder)
      let sure = Set(scores.compactMap { $0["band_sure"] })
      #expect(sure == ["yes", "no"])
      for row in scores where row["band"] == "green" && row["band_sure"] == "yes" {
        #expect(Double(row["churn_risk_high"] ?? "")! < Double(row["churn_risk"] ?? "")! * 4)
      }
    }
  }
}
