import Foundation
import Testing

@Suite("RavenStack: five dirty raw tables without signal, as a new user runs them")
struct RavenStackStreamTests {
  @Test(
    "features → train → score → segment: the data's faults are said, and that nothing can be predicted",
    .enabled(if: PulsoRun.sharedData != nil, "real tables not found: set PULSO_SHARED"))
  func stream() throws {
    let data = try #require(PulsoRun.sharedData).appending(path: "ravenstack").path
    let config = PulsoRun.packageFolder.appending(path: "datasets/examples/ravenstack.yaml").path
    try PulsoRun.inFolder { folder in
      let features = try PulsoRun(
        ["features", "--config", config, "--data", data, "--as-of", "2025-01-01", "--out", "raven.csv"],
        in: folder)
      try #require(features.status == 0, "\(features.errors)")
      for words in [
        "19142 of 25000 rows are dated before what they belong to began", "21 rows repeat an id",
        "“account flag” and “subscription flag”", "kappa",
      ] {
        #expect(features.errors.contains(words), "\(words)")
      }
      let train = try PulsoRun(["train", "raven.csv", "--config", config], in: folder)
      try #require(train.status == 0, "\(train.errors)")
      #expect(train.output.contains("no better than chance on rows it had not seen"))
      #expect(train.output.contains("none helped on unseen rows, none was added"))
      let report = try #require(
        try FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: "models/churn").path)
          .first { $0.hasSuffix("report.json") })
      let json = try #require(
        try JSONSerialization.jsonObject(
          with: Data(contentsOf: folder.appending(path: "models/churn/\(report)"))) as? [String: Any])
      let validation = try #require(json["validation"] as? [String: Any])
      #expect(validation["no_better_than_chance"] as? Bool == true)

      let score = try PulsoRun(["score", "raven.csv", "--out", "scores.csv"], in: folder)
      try #require(score.status == 0, "\(score.errors)")
      let segment = try PulsoRun(
        [
          "segment", "\(data)/accounts.csv", "--config", config, "--scores", "scores.csv", "--as-of",
          "2025-01-01", "--out", "segments.csv",
        ], in: folder)
      try #require(segment.status == 0, "\(segment.errors)")
      let rows = try String(contentsOf: folder.appending(path: "segments.csv"), encoding: .utf8)
        .split(separator: "\n")
      #expect(rows.count == 501)
    }
  }
}
