import Foundation
import Testing

/// Data on which other tools answer without a word: here the column, the level and the number of rows are
/// named, with a remedy, or the answer is simply right.
@Suite("Doubtful data, through the command")
struct DoubtfulDataTests {
  /// The same numbers on every machine: a linear congruence, no random source.
  private static func noise(_ row: Int, _ salt: Int) -> Double {
    let mixed: Int = row * 7919 + salt * 104_729 + row * row * 31
    return Double(mixed % 10_007) / 10_007 - 0.5
  }

  private static func outcome(_ row: Int) -> Int {
    noise(row, 1) + 2 * noise(row, 9) > 0.4 ? 1 : 0
  }

  private func train(_ header: String, _ rows: [String], _ options: [String]) throws -> PulsoRun {
    var result: PulsoRun?
    try PulsoRun.inFolder { folder in
      try Data(([header] + rows).joined(separator: "\n").utf8).write(to: folder.appending(path: "table.csv"))
      result = try PulsoRun(
        ["train", "table.csv", "--target", "y", "--recipe", "plain", "--folds", "0", "--quiet", "--json"]
          + options,
        in: folder)
    }
    return try #require(result)
  }

  @Test(
    "quasi-separation by 15 rows of a rare flag: term, level, rows and remedy, with and without a penalty")
  func quasiSeparation() throws {
    let rows = (0..<1000).map { row in
      "\(Self.noise(row, 1)),\(row < 15 ? "yes" : "no"),\(row < 15 ? 1 : Self.outcome(row))"
    }
    let bare = try train("x,flag,y", rows, ["--penalty", "none"])
    #expect(bare.status == 65 && bare.errors.contains("flag[yes]") && bare.errors.contains("15 rows"))
    #expect(bare.errors.contains("hint:") && bare.errors.contains("--penalty firth"))
    let penalised = try train("x,flag,y", rows, [])
    #expect(penalised.status == 0 && penalised.output.contains("\"separation\""), "\(penalised.errors)")
    #expect(penalised.output.contains("flag[yes] decides the outcome of 15 rows (15 of them events)"))
  }

  @Test("complete separation names the column and all rows")
  func completeSeparation() throws {
    let rows = (0..<400).map { row in "\(Self.noise(row, 1)),\(Self.noise(row, 1) > 0.1 ? 1 : 0)" }
    let bare = try train("x,y", rows, ["--penalty", "none"])
    #expect(bare.status == 65 && bare.errors.contains("complete separation: x"), "\(bare.errors)")
    #expect(bare.errors.contains("400 rows") && bare.errors.contains("hint:"))
  }

  @Test("an exact combination has no estimate and names what it is made of; a near one is named")
  func collinearity() throws {
    let exact = (0..<600).map { row in
      let (a, b) = (Self.noise(row, 1), Self.noise(row, 2))
      return "\(a),\(b),\(a + b),\(Self.outcome(row))"
    }
    let aliased = try train("a,b,c,y", exact, ["--penalty", "none"])
    #expect(aliased.status == 0, "\(aliased.errors)")
    #expect(aliased.output.contains("c is a combination of a, b"))
    let near = (0..<600).map { row in
      let (a, b) = (Self.noise(row, 1), Self.noise(row, 2))
      let hair = Double(row * 2_654_435_761 % 1_000_003) / 1_000_003
      return "\(a),\(b),\(a + b + 1e-5 * hair),\(Self.outcome(row))"
    }
    let inflated = try train("a,b,c,y", near, ["--penalty", "none"])
    #expect(inflated.status == 0 && inflated.output.contains("c is nearly a combination of other terms"))
  }

  @Test("a constant column is left out and named")
  func constant() throws {
    let rows = (0..<300).map { "\(Self.noise($0, 1)),7,\(Self.outcome($0))" }
    let run = try train("x,k,y", rows, ["--penalty", "none"])
    #expect(run.status == 0 && run.output.contains("k says the same in every row"), "\(run.errors)")
  }

  @Test("columns of very different scale need no scaling: the coefficient is that of the scaled column")
  func unscaled() throws {
    func coefficient(_ scale: Double) throws -> Double {
      let rows = (0..<500).map { "\(Self.noise($0, 1) * scale),\(Self.noise($0, 2)),\(Self.outcome($0))" }
      let run = try train("x,z,y", rows, ["--penalty", "none"])
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      let terms = try #require(report["coefficients"] as? [[String: Any]])
      return try #require(terms.first { $0["term"] as? String == "x" }?["estimate"] as? Double)
    }
    let plain = try coefficient(1)
    for scale in [1e-6, 1e7] {
      #expect(abs(try coefficient(scale) * scale / plain - 1) < 1e-9)
    }
  }

  @Test(
    "bank marketing with duration: the leak is named and the remedy works",
    .enabled(if: PulsoRun.sharedData != nil))
  func leak() throws {
    let data = try #require(PulsoRun.sharedData)
    try PulsoRun.inFolder { folder in
      let unpacked = folder.appending(path: "bank.csv")
      let gunzip = Process()
      gunzip.executableURL = URL(filePath: "/bin/sh")
      gunzip.arguments = [
        "-c", "gunzip -c \"$1\" > \"$2\"", "sh",
        data.appending(path: "bank_marketing/bank-full.csv.gz").path, unpacked.path,
      ]
      try gunzip.run()
      gunzip.waitUntilExit()
      for (options, isNamed) in [([], true), (["--exclude", "duration"], false)] {
        let run = try PulsoRun(
          [
            "train", "bank.csv", "--target", "y", "--positive", "yes", "--recipe", "plain", "--folds", "0",
            "--lambda", "0.001", "--quiet", "--json",
          ] + options, in: folder)
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("\"leakage\"") == isNamed)
        if isNamed { #expect(run.output.contains("--exclude duration")) }
      }
    }
  }
}
