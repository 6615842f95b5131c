import Foundation
import Testing

@Suite("Scores in chunks, and how fast they come")
struct ScoreAndBenchTests {
  /// A model of two numbers and a plan, and 30,000 accounts over several chunks, each 500th without a number.
  func prepare(_ folder: URL) throws {
    let lines = (0..<30_000).map { row in
      let x = row % 500 == 7 ? "" : "\(Double(row * 7919 % 1000) / 10)"
      return
        "\"A,\(row)\",\(x),\(row * 31 % 17),\(["basic", "pro", "team"][row % 3]),\(row * row % 7 < 2 ? 1 : 0)\n"
    }
    try Data(("id,x,n,plan,left\n" + lines.joined()).utf8).write(to: folder.appending(path: "book.csv"))
    let run = try PulsoRun(
      [
        "train", "book.csv", "--target", "left", "--id", "id", "--name", "churn", "--role", "risk",
        "--recipe",
        "plain", "--folds", "0", "--quiet",
      ], in: folder)
    try #require(run.status == 0, "\(run.errors)")
  }

  @Test("the same bytes on any number of threads; rows left out keep their lines")
  func chunks() throws {
    try PulsoRun.inFolder { folder in
      try prepare(folder)
      var files: [Data] = []
      for threads in ["1", "2", "5"] {
        let run = try PulsoRun(
          [
            "score", "book.csv", "--out", "scores.csv", "--threads", threads, "--on-bad-row", "skip",
            "--rejects", "rejects.csv",
          ], in: folder)
        try #require(run.status == 0, "\(run.errors)")
        files.append(try Data(contentsOf: folder.appending(path: "scores.csv")))
        let rejects = try String(contentsOf: folder.appending(path: "rejects.csv"), encoding: .utf8)
        let numbers = rejects.split(separator: "\n").dropFirst().map { Int($0.split(separator: ",")[1]) }
        #expect(numbers == (0..<60).map { $0 * 500 + 7 + 2 })
      }
      #expect(files[0] == files[1] && files[0] == files[2])
      #expect(files[0].split(separator: 10).count == 1 + 30_000 - 60)
    }
  }

  @Test("bench: one JSON object with rows a second, nanoseconds an account and the share of the bandwidth")
  func bench() throws {
    try PulsoRun.inFolder { folder in
      try prepare(folder)
      let run = try PulsoRun(["bench", "churn", "book.csv", "--threads", "2", "--json"], in: folder)
      try #require(run.status == 0, "\(run.errors)")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      let file = try #require(json["file"] as? [String: Any])
      #expect(file["rows"] as? Int == 30_000 - 60)
      for key in ["parse_seconds", "score_seconds", "write_seconds", "total_seconds", "rows_per_second"] {
        #expect(file[key] is Double || file[key] is Int, "\(key)")
      }
      let memory = try #require(json["memory"] as? [String: Any])
      #expect((memory["share_of_bandwidth"] as? Double ?? 0) > 0)
      let account = try #require(json["account"] as? [String: Any])
      #expect((account["p99_nanoseconds"] as? Double ?? 0) > 0)
      let wrong = try PulsoRun(["bench", "churn", "-"], in: folder)
      #expect(wrong.status == 64)
    }
  }
}
