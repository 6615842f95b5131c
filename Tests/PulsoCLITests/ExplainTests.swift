import Foundation
import Testing

@Suite("explain")
struct ExplainTests {
  @Test("the parts add up, the change since last month splits into data and model, and a remedy is named")
  func change() throws {
    try PulsoRun.inFolder { folder in
      let rows = (0..<300).map { i -> String in
        let tickets = (i * 37) % 11
        return "k\(i),\(tickets),\((i * 53) % 17),\((tickets > 6) != (i % 9 == 0) ? 1 : 0)"
      }
      try Data((["id,tickets,seats,y"] + rows).joined(separator: "\n").utf8)
        .write(to: folder.appending(path: "t.csv"))
      try Data("id,tickets,seats\nk1,10,5\nk2,1,5\nk3,0,9\n".utf8).write(
        to: folder.appending(path: "now.csv"))
      try Data("id,tickets,seats\nk1,2,5\nk2,1,5\nk3,0,9\n".utf8).write(
        to: folder.appending(path: "then.csv"))
      try Data("actionable: [tickets]\n".utf8).write(to: folder.appending(path: "pulso.yaml"))
      for time in ["1700000000", "1700000100"] {
        let run = try PulsoRun(
          ["train", "t.csv", "--id", "id", "--target", "y", "--recipe", "plain", "--force", "--quiet"]
            + (time == "1700000100" ? ["--lambda", "0.2"] : []), in: folder,
          environment: ["SOURCE_DATE_EPOCH": time])
        try #require(run.status == 0, "\(run.errors)")
      }
      let explain = [
        "explain", "k1", "now.csv", "--before", "then.csv", "--before-model", "churn/20231114T221320Z",
      ]
      let run = try PulsoRun(explain + ["--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      let model = try #require((json["models"] as? [[String: Any]])?.first)
      let change = try #require(model["change"] as? [String: Any])
      func number(_ path: String...) throws -> Double {
        var value: Any? = change
        for key in path { value = (value as? [String: Any])?[key] }
        return try #require(value as? Double)
      }
      let whole: Double = try number("now", "log_odds") - number("before", "log_odds")
      #expect(abs(whole - (try number("data") + number("model"))) < 1e-9)
      #expect(try number("data") > 1, "ten tickets instead of two")
      #expect(try number("model") != 0)
      let parts = try #require(change["parts"] as? [[String: Any]])
      #expect(parts.map { $0["term"] as? String } == ["tickets"])
      #expect(model["remedy"] is [String: Any], "the configuration says that tickets are actionable")

      let text = try PulsoRun(explain, in: folder)
      for words in ["since then", "data", "model", "thresholds", "no longer red with tickets"] {
        #expect(text.output.contains(words), "\(text.output)")
      }
      let unknown = try PulsoRun(["explain", "nobody", "now.csv"], in: folder)
      #expect(unknown.status == 65 && unknown.errors.contains("there is no account nobody"))
    }
  }
}
