import Foundation
import Testing

@Suite("TIR-15, TIR-16: an outcome of low, medium and high, from the table to the scores")
struct OrderedBandsTests {
  /// The rows and figures of statsmodels' proportional odds; `ordinal.py` beside them made them.
  private struct Reference: Decodable {
    struct Brant: Decodable {
      let statistic: Double
    }

    let columns: [[Double]]
    let bands: [Int]
    let coefficients, standard_errors, thresholds: [Double]
    let log_likelihood: Double
    let brant: Brant

    static func read() throws -> Reference {
      let file = PulsoRun.packageFolder
        .appending(path: "Tests/LogisticRegressionTests/Reference/ordinal.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    func write(words: [String] = ["low", "medium", "high"], in folder: URL) throws {
      let rows = bands.indices.map { i in
        "k\(i),\(columns[0][i]),\(columns[1][i]),\(columns[2][i]),\(words[bands[i]])"
      }
      try Data((["id,a,b,c,potential"] + rows).joined(separator: "\n").utf8)
        .write(to: folder.appending(path: "t.csv"))
    }
  }

  private static let base = ["train", "t.csv", "--id", "id", "--target", "potential", "--role", "expansion"]

  private func train(_ extra: [String], in folder: URL) throws -> [String: Any] {
    let run = try PulsoRun(Self.base + ["--json", "--quiet", "--force"] + extra, in: folder)
    try #require(run.status == 0, "\(run.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func close(_ a: Any?, _ b: Double, _ tolerance: Double) -> Bool {
    guard let a = a as? Double else { return false }
    return abs(a - b) <= tolerance * max(abs(b), 1e-12)
  }

  @Test("train reports statsmodels' coefficients, errors, thresholds and likelihood, and Brant's test")
  func reference() throws {
    let reference = try Reference.read()
    try PulsoRun.inFolder { folder in
      try reference.write(in: folder)
      let json = try train(["--recipe", "plain", "--penalty", "none"], in: folder)
      let rows = try #require(json["coefficients"] as? [[String: Any]])
      #expect(rows.compactMap { $0["term"] as? String } == ["(Intercept)", "a", "b", "c"])
      for (row, (estimate, error)) in zip(
        rows.dropFirst(), zip(reference.coefficients, reference.standard_errors))
      {
        #expect(close(row["estimate"], estimate, 1e-6))
        #expect(close(row["std_error"], error, 1e-5))
      }
      #expect(close(json["log_likelihood"], reference.log_likelihood, 1e-12))
      let ordered = try #require(json["ordered"] as? [String: Any])
      #expect(ordered["levels"] as? [String] == ["low", "medium", "high"])
      let thresholds = try #require(ordered["thresholds"] as? [[String: Any]])
      #expect(thresholds.compactMap { $0["name"] as? String } == ["low|medium", "medium|high"])
      for (row, threshold) in zip(thresholds, reference.thresholds) {
        #expect(close(row["estimate"], threshold, 1e-6))
      }
      #expect(close(rows[0]["estimate"], -reference.thresholds[1], 1e-6))
      let brant = try #require(ordered["parallel_slopes"] as? [String: Any])
      #expect(close(brant["statistic"], reference.brant.statistic, 1e-7))

      let validation = try #require(json["validation"] as? [String: Any])
      let quality = try #require(validation["ordered"] as? [String: Any])
      let cuts = try #require(quality["thresholds"] as? [[String: Any]])
      #expect(cuts.compactMap { $0["band"] as? String } == ["medium", "high"])
      for cut in cuts {
        let area = try #require(cut["auc"] as? Double)
        #expect(area > 0.6 && area < 0.9)
        #expect(cut["calibration_slope"] as? Double != nil)
      }
      let loss = try #require(quality["log_loss"] as? Double)
      let shares = try #require(quality["log_loss_of_shares"] as? Double)
      // Out of fold a little worse than in the sample, and better than the bands' shares.
      #expect(loss > -reference.log_likelihood / 240 && loss < shares)
      let concordance = try #require(quality["concordance"] as? Double)
      #expect(concordance > 0.6 && concordance < 0.9)
    }
  }

  @Test("scores: P(high), P(medium) and P(low) add up to 1, and the band is that of the largest")
  func scores() throws {
    let reference = try Reference.read()
    try PulsoRun.inFolder { folder in
      try reference.write(in: folder)
      _ = try train(["--recipe", "plain", "--penalty", "none"], in: folder)
      let run = try PulsoRun(["score", "t.csv", "--intervals", "--reasons", "1", "--out", "-"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let lines = run.output.split(separator: "\n")
      #expect(
        lines[0]
          == "id,expansion_potential,expansion_potential_low,expansion_potential_high,expansion_p_medium,expansion_p_low,expansion_band,expansion_reason_1,expansion_band_sure"
      )
      var seen: Set<String> = []
      for (i, line) in lines.dropFirst().enumerated() {
        let cells = line.split(separator: ",").map(String.init)
        let (high, medium, low) = (Double(cells[1])!, Double(cells[4])!, Double(cells[5])!)
        #expect(abs(high + medium + low - 1) < 1e-14)
        let eta = (0..<3).reduce(0) { $0 + reference.coefficients[$1] * reference.columns[$1][i] }
        #expect(abs(high - 1 / (1 + exp(reference.thresholds[1] - eta))) < 1e-6)
        #expect(abs(low - 1 / (1 + exp(eta - reference.thresholds[0]))) < 1e-6)
        let largest = max(high, medium, low)
        #expect(cells[6] == (high == largest ? "high" : medium == largest ? "medium" : "low"))
        seen.insert(cells[6])
      }
      #expect(seen == ["high", "medium", "low"])

      for arguments in [
        ["models", "show", "expansion"], ["models", "show", "expansion", "--card"], ["models", "verify"],
        ["models", "list"], ["explain", "k1", "t.csv"], ["evaluate", "expansion", "t.csv"],
        ["drift", "expansion", "t.csv"], ["report", "--out", "r.html"],
      ] {
        let run = try PulsoRun(arguments, in: folder)
        #expect(run.status == 0, "\(arguments): \(run.errors)")
      }
      let shown = try PulsoRun(["models", "show", "expansion"], in: folder).output
      #expect(shown.contains("ordered bands low < medium < high, thresholds 0.6849 and 2.33"), "\(shown)")
      let card = try PulsoRun(["models", "show", "expansion", "--card"], in: folder).output
      #expect(card.contains("Proportional odds: P(band") && card.contains("proportional odds (Brant)"))
      let evaluated = try PulsoRun(["evaluate", "expansion", "t.csv", "--json"], in: folder).output
      #expect(evaluated.contains("\"log_loss_of_shares\"") && evaluated.contains("\"concordance\""))
      #expect(
        try PulsoRun(["explain", "k1", "t.csv", "--json"], in: folder).output.contains("expansion_p_medium"))
    }
  }

  @Test("the model file says version 2, which an older pulso refuses; a binary model stays at 1")
  func version() throws {
    let reference = try Reference.read()
    try PulsoRun.inFolder { folder in
      try reference.write(in: folder)
      func head(_ json: [String: Any]) throws -> String {
        let path = try #require(json["path"] as? String)
        return try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      }
      let ordered = try train(["--folds", "0", "--lambda", "0.01"], in: folder)
      #expect(try head(ordered).contains("\"format_version\": 2"))
      let binary = try train(["--folds", "0", "--lambda", "0.01", "--positive", "high"], in: folder)
      #expect(binary["ordered"] == nil && binary["positive"] as? String == "high")
      #expect(binary["positives"] as? Double == Double(reference.bands.count { $0 == 2 }))
      #expect(try head(binary).contains("\"format_version\": 1"))
    }
  }

  @Test(
    "the automatic recipe and its ridge, in Spanish and with missing values; the same bytes from any order")
  func automatic() throws {
    let reference = try Reference.read()
    try PulsoRun.inFolder { folder in
      try reference.write(words: ["Bajo", "Medio", "Alto"], in: folder)
      let file = folder.appending(path: "t.csv")
      var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
      for i in stride(from: 3, to: lines.count, by: 17) {
        var cells = lines[i].split(separator: ",").map(String.init)
        cells[1] = ""
        lines[i] = cells.joined(separator: ",")
      }
      try Data(lines.joined(separator: "\n").utf8).write(to: file)
      let json = try train([], in: folder)
      let ordered = try #require(json["ordered"] as? [String: Any])
      #expect(ordered["levels"] as? [String] == ["Bajo", "Medio", "Alto"])
      let penalty = try #require(json["penalty"] as? [String: Any])
      #expect(penalty["kind"] as? String == "l2" && (penalty["lambda"] as? Double ?? 0) > 0)
      #expect(json["lambda_path"] as? [String: Any] != nil)
      let path = try #require(json["path"] as? String)
      let first = try Data(contentsOf: folder.appending(path: path))
      try Data((lines.prefix(1) + lines.dropFirst().reversed()).joined(separator: "\n").utf8).write(to: file)
      let again = try train(["--threads", "3"], in: folder)
      let second = try #require(again["path"] as? String)
      #expect(try Data(contentsOf: folder.appending(path: second)) == first)
    }
  }

  @Test("accounts that repeat: errors by account; slopes that differ by threshold are a named warning")
  func warned() throws {
    var state: UInt64 = 11
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    let rows = (0..<2400).map { i -> String in
      let (x, y, u) = (uniform() * 4 - 2, uniform(), uniform())
      func share(_ eta: Double) -> Double { 1 / (1 + exp(-eta)) }
      return
        "k\(i % 800),\(x),\(y),\(u < share(0.1 * x - 1.5) ? "high" : u < share(x + 1.5) ? "medium" : "low")"
    }
    try PulsoRun.inFolder { folder in
      try Data((["id,x,y,potential"] + rows).joined(separator: "\n").utf8)
        .write(to: folder.appending(path: "t.csv"))
      let json = try train(["--recipe", "plain"], in: folder)
      #expect(json["standard_errors"] as? String == "cluster:id")
      let warnings = try #require(json["warnings"] as? [[String: Any]])
      let found = warnings.first { $0["code"] as? String == "proportional_odds" }
      #expect(found?["term"] as? String == "x", "\(warnings)")
    }
  }

  @Test("what means nothing for ordered bands is refused by name")
  func refused() throws {
    let reference = try Reference.read()
    try PulsoRun.inFolder { folder in
      try reference.write(in: folder)
      _ = try train(["--folds", "0", "--lambda", "0.01"], in: folder)
      for option in [
        ["--penalty", "firth"], ["--penalty", "elastic-net"], ["--class-weight", "balanced"],
        ["--prior", "champion"], ["--offset", "a"], ["--standardize", "false"], ["--calibrate", "platt"],
        ["--tolerance", "1e-6"], ["--ci", "profile", "--penalty", "none"],
      ] {
        let run = try PulsoRun(Self.base + option, in: folder)
        #expect(run.status == 64 && run.errors.contains("three ordered bands"), "\(option): \(run.errors)")
        #expect(run.errors.contains(option[0]) && run.errors.contains("--positive high"), "\(run.errors)")
      }
      let risk = try PulsoRun(["train", "t.csv", "--target", "potential"], in: folder)
      #expect(risk.status == 65 && risk.errors.contains("--role expansion"), "\(risk.errors)")
      let trials = try PulsoRun(Self.base + ["--trials", "b"], in: folder)
      #expect(trials.status == 65, "\(trials.errors)")
    }
  }
}
