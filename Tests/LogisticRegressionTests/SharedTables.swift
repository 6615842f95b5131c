import Foundation
import LinearAlgebra
import LogisticRegression

/// The real tables with reference results that lie beside the package, or where PULSO_SHARED says; tests that
/// need them are skipped, aloud, where they are absent.
enum SharedTables {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["PULSO_SHARED"] {
      return URL(fileURLWithPath: path).appendingPathComponent("data")
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")
  }()

  static let areHere: Bool = {
    let here = FileManager.default.fileExists(atPath: folder.appendingPathComponent("README.md").path)
    if !here { print("SKIPPED: no reference tables at \(folder.path); set PULSO_SHARED") }
    return here
  }()

  static func text(_ path: String) throws -> String {
    let url = folder.appendingPathComponent(path)
    guard path.hasSuffix(".gz") else { return try String(contentsOf: url, encoding: .utf8) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-dc", url.path]
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// Columns by name of a table without quoted separators.
  static func columns(_ path: String, separator: Character = ",") throws -> [String: [String]] {
    let lines = try text(path).split(whereSeparator: \.isNewline)
    let clean: (Substring) -> String = { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"' ")) }
    let names = lines[0].split(separator: separator, omittingEmptySubsequences: false).map(clean)
    var result: [String: [String]] = [:]
    for name in names {
      result[name] = []
    }
    var columns = [[String]](repeating: [], count: names.count)
    for line in lines.dropFirst() {
      for (j, cell) in line.split(separator: separator, omittingEmptySubsequences: false).enumerated() {
        columns[j].append(clean(cell))
      }
    }
    for (name, column) in zip(names, columns) { result[name] = column }
    return result
  }

  static func json(_ path: String) throws -> JSON {
    JSON(try JSONSerialization.jsonObject(with: Data(text(path).utf8)))
  }
}

/// Just enough to walk a reference file.
struct JSON {
  let value: Any
  init(_ value: Any) { self.value = value }
  subscript(key: String) -> JSON { JSON((value as? [String: Any])?[key] ?? NSNull()) }
  var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
  var array: [JSON] { (value as? [Any] ?? []).map(JSON.init) }
  var strings: [String] { value as? [String] ?? [] }
  var exists: Bool { !(value is NSNull) }
}

/// A table with its design as the reference files describe it.
struct ReferenceTable {
  var names: [String]
  var design: Matrix
  var outcomes: [Double]

  init(names: [String], columns: [[Double]], outcomes: [Double]) {
    self.names = names
    self.outcomes = outcomes
    design = Matrix(rows: outcomes.count, columns: names.count, values: columns.flatMap { $0 })
  }

  func observations(
    trials: [Double]? = nil, weights: [Double]? = nil, offset: [Double]? = nil
  ) throws -> Observations {
    try Observations(
      design: design, termNames: names, outcomes: outcomes, trials: trials, weights: weights, offset: offset)
  }

  func selecting(_ list: [String]) -> ReferenceTable {
    let n = design.rows
    return ReferenceTable(
      names: list,
      columns: list.map { name in
        let j = names.firstIndex(of: name)!
        return Array(design.values[j * n..<(j + 1) * n])
      }, outcomes: outcomes)
  }
}

extension SharedTables {
  /// `names` of a reference file, from the table's columns: `a=b` and `a_b` are indicators of level b.
  private static func table(
    _ columns: [String: [String]], names: [String], outcome: String, event: String,
    value: (String, String) -> Double? = { _, cell in Double(cell) }
  ) -> ReferenceTable {
    let design = names.map { name -> [Double] in
      if let column = columns[name] { return column.map { value(name, $0) ?? .nan } }
      let mark: Character = name.contains("=") ? "=" : "_"
      let parts = name.split(separator: mark, maxSplits: 1).map(String.init)
      return columns[parts[0]]!.map { $0 == parts[1] ? 1 : 0 }
    }
    return ReferenceTable(
      names: names, columns: design, outcomes: columns[outcome]!.map { $0 == event ? 1 : 0 })
  }

  private static func names(_ reference: String) throws -> [String] {
    Array(try json(reference)["ml"]["columns"].strings.dropFirst())
  }

  static func spector() throws -> ReferenceTable {
    table(
      try columns("spector/spector.csv", separator: " "), names: ["GPA", "TUCE", "PSI"], outcome: "GRADE",
      event: "1")
  }

  static func birthwt() throws -> ReferenceTable {
    table(
      try columns("birthwt/birthwt.csv"), names: try names("birthwt/reference.json"), outcome: "low",
      event: "1")
  }

  static func pima() throws -> ReferenceTable {
    table(
      try columns("pima/Pima.tr.csv"), names: try names("pima/reference.json"), outcome: "type",
      event: "Yes")
  }

  static func challenger() throws -> ReferenceTable {
    var columns = try columns("challenger/orings.csv")
    columns["any"] = columns["Total"]!.map { Double($0)! > 0 ? "1" : "0" }
    return table(columns, names: ["Temperature"], outcome: "any", event: "1")
  }

  static func challengerTotals() throws -> [Double] {
    try columns("challenger/orings.csv")["Total"]!.map { Double($0)! }
  }

  static func vaso() throws -> ReferenceTable {
    let columns = try columns("vaso/vaso.csv")
    return ReferenceTable(
      names: ["logVol", "logRate"],
      columns: ["Volume", "Rate"].map { columns[$0]!.map { log(Double($0)!) } },
      outcomes: columns["Y"]!.map { Double($0)! })
  }

  static func islrDefault() throws -> ReferenceTable {
    table(
      try columns("islr_default/Default.csv"), names: try names("islr_default/reference.json"),
      outcome: "default", event: "Yes")
  }

  static func endometrial() throws -> ReferenceTable {
    table(
      try columns("endometrial/endometrial.csv"), names: ["NV", "PI", "EH"], outcome: "HG", event: "1")
  }

  static func telco() throws -> ReferenceTable {
    table(
      try columns("telco/telco.csv"), names: try names("telco/reference.json"), outcome: "Churn",
      event: "Yes"
    ) { name, cell in name == "TotalCharges" && cell.isEmpty ? 0 : Double(cell) }
  }

  /// All factors of telco in R's treatment coding and column order: seven of the columns are aliased.
  static func telcoFullFactors() throws -> ReferenceTable {
    let columns = try columns("telco/telco.csv")
    var names: [String] = []
    var design: [[Double]] = []
    let order = [
      "gender", "SeniorCitizen", "Partner", "Dependents", "tenure", "PhoneService", "MultipleLines",
      "InternetService", "OnlineSecurity", "OnlineBackup", "DeviceProtection", "TechSupport", "StreamingTV",
      "StreamingMovies", "Contract", "PaperlessBilling", "PaymentMethod", "MonthlyCharges", "TotalCharges",
    ]
    for name in order {
      let cells = columns[name]!
      if ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"].contains(name) {
        names.append(name)
        design.append(cells.map { $0.isEmpty ? 0 : Double($0)! })
        continue
      }
      for level in Set(cells).sorted().dropFirst() {
        names.append(name + level)
        design.append(cells.map { $0 == level ? 1 : 0 })
      }
    }
    return ReferenceTable(
      names: names, columns: design, outcomes: columns["Churn"]!.map { $0 == "Yes" ? 1 : 0 })
  }

  static func bankMarketing() throws -> ReferenceTable {
    table(
      try columns("bank_marketing/bank-full.csv.gz", separator: ";"),
      names: try names("bank_marketing/reference.json"), outcome: "y", event: "yes")
  }
}
