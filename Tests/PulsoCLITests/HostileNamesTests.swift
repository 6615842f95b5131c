import Foundation
import Tables
import Testing

@Suite("Hostile names are inert everywhere")
struct HostileNamesTests {
  static let names = [
    "<script>alert(1)</script>", "\"quoted\"", "a,b;c|d", "x'; DROP TABLE run; --", "../../x",
    "\u{202E}abc\u{2066}",
    "line\nbreak", "carriage\rreturn", "=cmd()|'/C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\ttab", "007", "-5",
    "${HOME}`id`", "%s%n", "{{name}}", "&lt;b&gt;", "\u{1b}[31mred",
    "é" + String(repeating: "x", count: 10_000),
    "CON", "nul\u{7f}", "👩‍👩‍👧", "á",
  ]

  /// Hostile ids, each also as the account's name and as a level of a feature.
  private func write(_ folder: URL) throws -> [String] {
    let ids = Self.names + (0..<60).map { "plain-\($0)" }
    let table = try Table(columns: [
      Column(name: "account_id", values: .text(CodedText(ids))),
      Column(name: "account_name", values: .text(CodedText(ids))),
      Column(
        name: "plan <b>,\"=x\"", values: .text(CodedText(ids.indices.map { Self.names[$0 % 4] as String? }))),
      Column(name: "arr", values: .numeric(ids.indices.map { Double($0 * 1000) })),
      Column(name: "y", values: .numeric(ids.indices.map { $0 * 7 % 5 < 2 ? 1 : 0 })),
    ])
    try table.write(to: .file(folder.appending(path: "accounts.csv").path))
    return ids
  }

  private func run(_ arguments: [String], _ folder: URL) throws -> PulsoRun {
    let run = try PulsoRun(arguments, in: folder, environment: NightBook.environment)
    #expect(run.status == 0, "\(arguments.prefix(2)): \(run.errors)")
    for byte in run.errors.utf8 { #expect(byte != 0x1b, "an escape reached the terminal") }
    return run
  }

  private func column(_ name: String, of file: String, _ folder: URL) throws -> [String?] {
    let path = folder.appending(path: file).path
    let table = try Table.read(.file(path), options: ReadOptions(otherKinds: .text)).table
    guard case .text(let texts)? = table[name]?.values else { return [] }
    return texts.codes.indices.map { texts[$0] }
  }

  @Test(
    "through training, scores, segments, history, databases and exports, every id comes out as it went in")
  func stream() throws {
    try PulsoRun.inFolder { folder in
      let ids = try write(folder)
      _ = try run(
        [
          "train", "accounts.csv", "--id", "account_id", "--target", "y", "--exclude", "account_name",
          "--name",
          "churn", "--role", "risk", "--folds", "0", "--lambda", "0.1",
        ], folder)
      _ = try run(["score", "accounts.csv", "--out", "scores.csv", "--reasons", "2", "--intervals"], folder)
      #expect(try column("account_id", of: "scores.csv", folder) == ids)
      let segment = ["segment", "accounts.csv", "--scores", "scores.csv", "--as-of", "2026-01-01"]
      _ = try run(segment + ["--out", "segments.csv"], folder)
      #expect(try column("account_id", of: "segments.csv", folder) == ids)
      _ = try run(
        segment + ["--history", "h.sqlite", "--out", "remembered.csv", "--events", "e.jsonl"], folder)
      #expect(try column("account_id", of: "remembered.csv", folder) == ids)
      for name in Self.names where !name.hasPrefix("-") {
        let shown = try run(["history", "show", "--history", "h.sqlite", "--", name], folder)
        #expect(shown.output.contains("initial"), "\(name.prefix(40))")
      }
      // A table's name is an identifier, whatever it contains.
      let database = "sqlite:d.sqlite?table=t\"; DROP TABLE run; --"
      _ = try run(segment + ["--out", database], folder)
      _ = try run(["export", database, "--for", "hubspot", "--out", "back.csv"], folder)
      #expect(
        try column("Record ID", of: "back.csv", folder).map { $0.map(Self.unquoted) } == ids)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
          "accounts.csv", "back.csv", "d.sqlite", "e.jsonl", "h.sqlite", "models", "remembered.csv",
          "scores.csv",
          "segments.csv",
        ])
    }
  }

  @Test("in the page of a report no name becomes a tag, an attribute, an address or a change of direction")
  func page() throws {
    // The same stream over names that nobody has to fear.
    let hostile = try report(Self.names, column: "plan <b>,\"=x\" onclick='y'")
    let plain = try report(Self.names.indices.map { "name \($0)" }, column: "plan")
    #expect(Self.skeletons(hostile).subtracting(Self.skeletons(plain)) == [])
    #expect(!hostile.unicodeScalars.contains { $0.properties.isBidiControl })
    for word in ["<script", "src=", "href", "http", "url("] { #expect(!hostile.contains(word), "\(word)") }
    #expect(hostile.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && hostile.contains("../../x"))
    #expect(hostile.utf8.count < 2 * plain.utf8.count)
  }

  /// A report on names as ids, accounts, managers and levels, with its models, drift and moves.
  private func report(_ names: [String], column: String) throws -> String {
    var page = ""
    try PulsoRun.inFolder { folder in
      let ids = names + (0..<60).map { "plain-\($0)" }
      func cycled(_ index: Int) -> String? { names[index % names.count] }
      let table = try Table(columns: [
        Column(name: "account_id", values: .text(CodedText(ids))),
        Column(name: "account_name", values: .text(CodedText(ids))),
        Column(name: "csm", values: .text(CodedText(ids.indices.map(cycled)))),
        Column(name: column, values: .text(CodedText(ids.indices.map { names[$0 % 5] as String? }))),
        Column(name: "arr", values: .numeric(ids.indices.map { Double((ids.count - $0) * 1000) })),
        Column(name: "y", values: .numeric(ids.indices.map { $0 % 5 < 2 ? 1 : 0 })),
      ])
      try table.write(to: .file(folder.appending(path: "accounts.csv").path))
      _ = try run(
        [
          "train", "accounts.csv", "--id", "account_id", "--target", "y", "--exclude", "account_name,csm",
          "--name", "churn", "--role", "risk", "--folds", "3", "--lambda", "0.01",
        ], folder)
      _ = try run(["score", "accounts.csv", "--out", "scores.csv", "--reasons", "2"], folder)
      for day in ["2026-01-01", "2026-02-01"] {
        _ = try run(
          [
            "segment", "accounts.csv", "--scores", "scores.csv", "--as-of", day, "--history", "h.sqlite",
            "--out", "segments.csv",
          ], folder)
        guard day == "2026-01-01" else { continue }
        _ = try run(
          [
            "history", "override", names[0], "tier_1", "--history", "h.sqlite", "--author", names[0],
            "--reason", names[0], "--since", day,
          ], folder)
      }
      _ = try run(
        [
          "report", "--segments", "segments.csv", "--scores", "scores.csv", "--accounts", "accounts.csv",
          "--models", "models", "--drift", "accounts.csv", "--history", "h.sqlite", "--out", "report.html",
        ], folder)
      page = try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8)
    }
    return page
  }

  /// Every tag with the names of its attributes, without their values.
  private static func skeletons(_ page: String) -> Set<String> {
    let tags = page.unicodeScalars.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
    return Set(
      tags.map { tag in
        tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: "\"\"")
      })
  }

  private static func unquoted(_ cell: String) -> String {
    cell.hasPrefix("'") ? String(cell.dropFirst()) : cell
  }

  @Test("no cell of an export can be run by a spreadsheet; negative numbers stay numbers")
  func exports() throws {
    try PulsoRun.inFolder { folder in
      let ids = try write(folder)
      _ = try run(["segment", "accounts.csv", "--as-of", "2026-01-01", "--out", "segments.csv"], folder)
      for tool in ["salesforce", "hubspot", "gainsight", "customer"] {
        _ = try run(["export", "segments.csv", "--for", tool, "--out", "\(tool).csv"], folder)
        let table = try Table.read(
          .file(folder.appending(path: "\(tool).csv").path), options: ReadOptions(otherKinds: .text)
        ).table
        #expect(table.rowCount == ids.count)
        for column in table.columns {
          guard case .text(let texts) = column.values else { continue }
          for cell in [column.name] + texts.levels {
            let first = cell.unicodeScalars.first ?? " "
            let isSafe = !"=+-@\t\r\n".unicodeScalars.contains(first) || Double(cell) != nil
            #expect(isSafe, "\(tool): \(cell.debugDescription)")
          }
        }
      }
      #expect(try column("Id", of: "salesforce.csv", folder).contains("-5"))
      // MIG-11: the tool's list holds Tier 1 … Tier 4 and nothing else.
      let tiers = Set(try column("Customer_Tier__c", of: "salesforce.csv", folder))
      #expect(tiers.isSubset(of: ["Tier 1", "Tier 2", "Tier 3", "Tier 4"]))
      // COM-07: what customers read names no tier.
      let customer = try String(contentsOf: folder.appending(path: "customer.csv"), encoding: .utf8)
      let plain = customer.split(separator: "\n").filter {
        $0.hasPrefix("plain-") || $0.hasPrefix("account_id")
      }
      try Data(plain.joined(separator: "\n").utf8).write(to: folder.appending(path: "customer.txt"))
      #expect(try PulsoRun(["service", "wording", "customer.txt"], in: folder).status == 0)
    }
  }

  @Test(
    "what an export writes reads back as accounts with their tiers",
    arguments: ["salesforce", "hubspot", "gainsight"])
  func readsBack(_ tool: String) throws {
    try PulsoRun.inFolder { folder in
      let ids = try write(folder)
      _ = try run(["segment", "accounts.csv", "--as-of", "2026-01-01", "--out", "segments.csv"], folder)
      _ = try run(["export", "segments.csv", "--for", tool, "--out", "crm.csv", "--lang", "en"], folder)
      let again = try run(["segment", "crm.csv", "--as-of", "2026-01-01", "--out", "again.csv"], folder)
      #expect(!again.errors.contains("error"))
      #expect(try column("tier", of: "again.csv", folder).count == ids.count)
    }
  }

  @Test(
    "no model is made outside the folder of models, whatever its name",
    arguments: [
      "../../x", "..", ".hidden", "/tmp/x", "a/b", "-x", "x\ny", "<b>", "", String(repeating: "x", count: 65),
    ])
  func modelNames(_ name: String) throws {
    try PulsoRun.inFolder { folder in
      _ = try write(folder)
      let run = try PulsoRun(
        [
          "train", "accounts.csv", "--target", "y", "--folds", "0", "--lambda", "0.1", "--features", "arr",
          "--name=\(name)",
        ], in: folder)
      #expect(run.status == 64, "\(run.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["accounts.csv"])
    }
  }

  @Test("an error shows control characters and changes of direction escaped, on one line")
  func errors() throws {
    try PulsoRun.inFolder { folder in
      try Data("a,y\n1,1\n\u{1b}[31m\u{202E}x,0\n".utf8).write(to: folder.appending(path: "t.csv"))
      let run = try PulsoRun(
        ["train", "t.csv", "--target", "no\u{1b}[2J\u{202E}\nsuch"], in: folder)
      #expect(run.status == 65, "\(run.errors)")
      #expect(!run.errors.utf8.contains(0x1b) && !run.errors.contains("\u{202E}"))
      #expect(run.errors.split(separator: "\n").count <= 2)
    }
  }
}
