import Foundation
import Testing

@Suite("Bad input: one clear line, the contract's exit status, nothing written")
struct BadInputTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let content: [UInt8]?
    var options = ["--target", "y"]
    let status: Int32
    let says: String

    init(
      _ description: String, _ content: [UInt8]?, options: [String] = ["--target", "y"], _ status: Int32,
      _ says: String
    ) {
      self.description = description
      self.content = content
      self.options = options
      self.status = status
      self.says = says
    }
  }

  private static func rows(_ header: String, _ rows: [String]) -> [UInt8] {
    Array((([header] + rows).joined(separator: "\n") + "\n").utf8)
  }

  private static let good = (0..<40).map { "\($0),\($0 % 7),\(($0 * 5) % 3 == 0 ? 1 : 0)" }

  static let cases: [Case] = [
    Case("missing file", nil, 66, "table.csv"),
    Case("empty file", [], 65, "table.csv"),
    Case("header only", rows("a,b,y", []), 65, "row"),
    Case("ragged row", rows("a,b,y", good + ["1,2"]), 65, "table.csv:42"),
    Case("unbalanced quote at the end", rows("a,b,y", good + ["\"1,2,1"]), 65, "table.csv:42"),
    Case("duplicate header", rows("a,a,y", good), 65, "table.csv:1: a: "),
    Case("NUL byte", rows("a,b,y", good + ["1,\u{0},1"]), 65, "table.csv:42"),
    Case("invalid UTF-8", rows("a,b,y", good) + [0x31, 0x2c, 0xff, 0xfe, 0x2c, 0x31, 0x0a], 65, "UTF-8"),
    Case("UTF-16", [0xff, 0xfe, 0x61, 0x00, 0x2c, 0x00], 65, "UTF-16"),
    Case("unknown target", rows("a,b,y", good), options: ["--target", "z"], 65, "no column z"),
    Case("one class only", rows("a,b,y", good.map { String($0.dropLast()) + "1" }), 65, "y: "),
    Case("target with three values", rows("a,b,y", good + ["1,1,2"]), 65, "0, 1, 2"),
    Case(
      "no feature left", rows("a,b,y", good), options: ["--target", "y", "--exclude", "a,b"], 65, "no feature"
    ),
    Case("all missing", rows("a,b,y", good.map { ",,\($0.last ?? "0")" }), 65, "feature"),
    Case("NaN in a column of numbers", rows("a,b,y", good + ["NaN,1,1"]), 65, "table.csv:42: a"),
    Case("infinity in a column of numbers", rows("a,b,y", good + ["1,inf,1"]), 65, "table.csv:42: b"),
    Case("a number beyond a double", rows("a,b,y", good + ["1,1e999,1"]), 65, "table.csv:42: b"),
    Case("unknown option", rows("a,b,y", good), options: ["--target", "y", "--lamda", "1"], 64, "lamda"),
    Case(
      "unknown penalty", rows("a,b,y", good), options: ["--target", "y", "--penalty", "l3"], 64, "elastic-net"
    ),
    Case(
      "models folder that cannot be made", rows("a,b,y", good),
      options: ["--target", "y", "--models", "table.csv/models"], 73, "table.csv"),
  ]

  @Test("train", arguments: cases)
  func train(_ bad: Case) throws {
    try PulsoRun.inFolder { folder in
      if let content = bad.content {
        try Data(content).write(to: folder.appending(path: "table.csv"))
      }
      let run = try PulsoRun(["train", "table.csv"] + bad.options, in: folder)
      #expect(run.status == bad.status, "\(run.errors)")
      #expect(run.errors.hasPrefix("pulso: error: "), "\(run.errors)")
      #expect(run.errors.contains(bad.says), "\(run.errors)")
      let lines = run.errors.split(separator: "\n")
      #expect(lines.count <= 2 && lines.dropFirst().allSatisfy { $0.hasPrefix("hint: ") }, "\(run.errors)")
      #expect(run.output.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "models").path))
    }
  }

  @Test("a folder is no table")
  func folder() throws {
    try PulsoRun.inFolder { folder in
      let run = try PulsoRun(["train", ".", "--target", "y"], in: folder)
      #expect(run.status == 66 || run.status == 65)
      #expect(run.errors.hasPrefix("pulso: error: "))
    }
  }

  @Test("constant columns and more columns than rows are no obstacle, and are said")
  func oddButUsable() throws {
    try PulsoRun.inFolder { folder in
      let header = (0..<60).map { "x\($0)" }.joined(separator: ",") + ",c,y"
      let rows = (0..<40).map { row in
        (0..<60).map { "\((row * ($0 + 3) * 7919) % 101)" }.joined(separator: ",") + ",1,\(row % 2)"
      }
      try Data(Self.rows(header, rows)).write(to: folder.appending(path: "wide.csv"))
      let run = try PulsoRun(
        ["train", "wide.csv", "--target", "y", "--recipe", "plain", "--json"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("\"constant\""))
    }
  }

  @Test("a model cut short, a flipped bit, an unknown version; a table without a column or of another kind")
  func models() throws {
    try PulsoRun.inFolder { folder in
      try Data(Self.rows("a,b,y", Self.good)).write(to: folder.appending(path: "table.csv"))
      let trained = try PulsoRun(
        ["train", "table.csv", "--target", "y", "--recipe", "plain", "--lambda", "0.1", "--folds", "0"],
        in: folder)
      try #require(trained.status == 0, "\(trained.errors)")
      let champion = folder.appending(path: "models/churn")
      let version = try #require(
        try FileManager.default.contentsOfDirectory(atPath: champion.path).first { $0.contains("Z-") })
      let model = [UInt8](try Data(contentsOf: champion.appending(path: "\(version)/model.json")))
      func score(_ bytes: [UInt8]) throws -> PulsoRun {
        try Data(bytes).write(to: folder.appending(path: "bad.json"))
        return try PulsoRun(["score", "table.csv", "--model", "bad.json", "--out", "scores.csv"], in: folder)
      }
      var flipped = model
      flipped[model.count / 2] ^= 1
      let other = String(decoding: model, as: UTF8.self).replacing(
        "\"format_version\": 1", with: "\"format_version\": 99")
      for bytes in [Array(model.dropLast(40)), flipped, Array(other.utf8)] {
        let run = try score(bytes)
        #expect(run.status == 78, "\(run.errors)")
        #expect(run.errors.hasPrefix("pulso: error: bad.json"))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "scores.csv").path))
      }
      for (text, says) in [("a\n1\n", "b"), ("a,b\n1,blue\n", "b")] {
        try Data(text.utf8).write(to: folder.appending(path: "short.csv"))
        let run = try PulsoRun(["score", "short.csv", "--out", "scores.csv"], in: folder)
        #expect(run.status == 65, "\(run.errors)")
        #expect(run.errors.contains(says))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "scores.csv").path))
      }
    }
  }
}
