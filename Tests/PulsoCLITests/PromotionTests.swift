import Foundation
import Testing

@Suite("Promotion: a worse model stays out unless forced")
struct PromotionTests {
  private func write(_ name: String, _ rows: [String], in folder: URL) throws {
    try Data((["id,x,z,y"] + rows).joined(separator: "\n").utf8).write(to: folder.appending(path: name))
  }

  private func version(_ folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: "models/churn/champion"), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test(
    "train compares, --promote refuses with status 1, `models promote` refuses, --force promotes, drift works"
  )
  func promotion() throws {
    try PulsoRun.inFolder { folder in
      // x decides the outcome but for one row in eight; z says nothing.
      let rows = (0..<400).map { i -> String in
        let x = (i * 37) % 101
        return "k\(i),\(x),\((i * 53) % 17),\((x > 50) != (i % 8 == 0) ? 1 : 0)"
      }
      try write("t.csv", rows, in: folder)
      func train(_ extra: [String], at time: Int) throws -> PulsoRun {
        try PulsoRun(
          ["train", "t.csv", "--id", "id", "--target", "y", "--recipe", "plain"] + extra, in: folder,
          environment: ["SOURCE_DATE_EPOCH": "\(time)"])
      }
      #expect(try train([], at: 1_700_000_000).status == 0)
      let first = try version(folder)

      let worse = try train(["--exclude", "x", "--promote"], at: 1_700_000_100)
      #expect(worse.status == 1, "\(worse.errors)")
      #expect(worse.output.contains("not to be promoted: it is no better than chance; it is worse"))
      #expect(try version(folder) == first)
      let saved = try #require(
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "models/churn").path)
          .first { $0.hasPrefix("2023") && $0 != first })

      let refused = try PulsoRun(["models", "promote", "churn/\(saved)"], in: folder)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("--force"))
      #expect(try version(folder) == first)
      let forced = try PulsoRun(["models", "promote", "churn/\(saved)", "--force"], in: folder)
      #expect(forced.status == 0, "\(forced.errors)")
      #expect(try version(folder) == saved)

      let better = try train(["--promote", "--json", "--quiet"], at: 1_700_000_200)
      #expect(better.status == 0, "\(better.errors)")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(better.output.utf8)) as? [String: Any])
      let comparison = try #require(json["comparison"] as? [String: Any])
      #expect(comparison["champion"] as? String == saved)
      #expect(try version(folder) == json["version"] as? String)

      let drift = try PulsoRun(["drift", "churn", "t.csv", "--fail-on", "psi=0.2"], in: folder)
      #expect(drift.status == 0, "train leaves the baseline that drift needs: \(drift.errors)")

      // A check that cannot be made does not pass.
      let open = rows.map { $0.dropLast(1) }.map(String.init)
      try write("open.csv", open, in: folder)
      let blind = try PulsoRun(["drift", "churn", "open.csv", "--fail-on", "ece=0.1"], in: folder)
      #expect(blind.status == 65 && blind.errors.contains("no outcome is known"), "\(blind.errors)")
      #expect(try PulsoRun(["models", "verify"], in: folder).status == 0)
      #expect(try PulsoRun(["models", "verify", "--models", "nowhere"], in: folder).status == 66)
      // Each row has a copy of another month: the first is taken, and that is said.
      try write("twice.csv", rows + rows, in: folder)
      let twice = try PulsoRun(["explain", "k3", "twice.csv"], in: folder)
      #expect(twice.status == 0 && twice.errors.contains("another row of twice.csv"), "\(twice.errors)")
    }
  }
}
