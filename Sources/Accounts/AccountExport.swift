public import Segmentation
public import Tables

/// The results of a segmentation as a table that another tool loads as it is.
///
/// Codes become the words of their labels (`tier_1` → `Tier 1`, the values of the CRM's own list: MIG-11),
/// probabilities become percent, yes and no become true and false, several flags stay joined by `;`, as a
/// list of several choices is loaded. What is unknown stays blank. The headers are such that the export reads
/// back as accounts.
public struct AccountExport: Sendable {
  public let format: ExportFormat
  public let language: Language
  /// The header of the id column, where it isn't the format's.
  public let idHeader: String?
  /// How many tiers there are, which says what a tier's plan includes.
  public let tierCount: Int

  public init(_ format: ExportFormat, language: Language, idHeader: String? = nil, tierCount: Int) {
    self.format = format
    self.language = language
    self.idHeader = idHeader
    self.tierCount = tierCount
  }

  /// How the tables of `pulso segment` and `pulso score` are read for an export: every cell as it stands.
  public static var readOptions: ReadOptions { ReadOptions(otherKinds: .text) }

  /// `segments` as `pulso segment` writes it, `scores` as `pulso score` does; both read with ``readOptions``,
  /// their ids in the first column. Rows are those of `segments`, in its order. `reviews` are the days, ISO
  /// 8601, on which each account's tier was last looked at; nil leaves the column out.
  public func table(segments: Table, scores: Table?, reviews: [String: String]? = nil) throws(AccountsError)
    -> Table
  {
    guard let ids = segments.columns.first, case .text(let names) = ids.values else {
      throw .noID(columns: segments.columnNames)
    }
    var columns = [Column(name: idHeader ?? format.idHeader, values: .text(names))]
    if format == .customer {
      columns += try includes(segments)
    } else {
      for field in ExportField.segments { columns += try column(field, segments, rows: nil) }
      if let reviews {
        let days = names.codes.indices.map { names[$0].flatMap { reviews[$0] } }
        columns.append(Column(name: format.header("Last Tier Review"), values: .text(CodedText(days))))
      }
      if let scores {
        let rows = Self.rows(of: names, in: scores)
        for field in ExportField.scores { columns += try column(field, scores, rows: rows) }
        for name in scores.columnNames where name.hasPrefix("churn_reason_") {
          let number = name.dropFirst("churn_reason_".count)
          let field = ExportField(source: name, words: "Churn Reason \(number)", kind: .text)
          columns += try column(field, scores, rows: rows)
        }
      }
    }
    do throws(TableError) {
      return try Table(columns: columns)
    } catch {
      throw .duplicateHeader(idHeader ?? format.idHeader)
    }
  }

  /// For each row of the export the row of the scores with the same id.
  private static func rows(of ids: CodedText, in scores: Table) -> [Int?] {
    guard case .text(let names)? = scores.columns.first?.values else { return ids.codes.map { _ in nil } }
    var rowOf: [String: Int] = [:]
    for row in names.codes.indices {
      if let name = names[row] { rowOf[name] = row }
    }
    return ids.codes.indices.map { ids[$0].flatMap { rowOf[$0] } }
  }

  /// One column, or none where the table lacks it; `rows` joins it, nil takes every row.
  private func column(_ field: ExportField, _ table: Table, rows: [Int?]?) throws(AccountsError) -> [Column] {
    guard let source = table[field.source], case .text(let text) = source.values else { return [] }
    var levels: [String?] = []
    for (code, level) in text.levels.enumerated() {
      guard let word = field.kind.word(level, language) else {
        throw .badCell(
          field: field.source, column: field.source,
          row: text.codes.firstIndex(of: Int32(code)) ?? 0, text: level, expected: field.kind.expected)
      }
      levels.append(word)
    }
    let cells = (rows ?? Array(text.codes.indices)).map { row -> String? in
      guard let row, text.codes[row] >= 0 else { return nil }
      return levels[Int(text.codes[row])]
    }
    return [Column(name: format.header(field.words), values: .text(CodedText(cells)))]
  }

  private func includes(_ segments: Table) throws(AccountsError) -> [Column] {
    guard case .text(let tiers)? = segments["tier"]?.values else {
      throw .unknownColumn(field: "tier", column: "tier", columns: segments.columnNames)
    }
    var rows: [CustomerSafeRow] = []
    for row in tiers.codes.indices {
      guard let tier = tiers[row].flatMap(Tier.init(code:)) else {
        throw .badCell(
          field: "tier", column: "tier", row: row, text: tiers[row] ?? "", expected: "tier_1 … tier_5")
      }
      rows.append(CustomerSafeRow(account: "", level: ServiceClass(tier, of: tierCount)))
    }
    return CustomerSafeRow.columns.dropFirst().enumerated().map { index, name in
      Column(
        name: name, values: .text(CodedText(rows.map { $0.includes[index].text(in: language) as String? })))
    }
  }
}

/// A column of an export.
struct ExportField {
  enum Kind {
    case text, rounded, percent, flag, tier, quadrant, pyramid, coverage, expansion
  }

  /// Its name in Pulso's own tables.
  let source: String
  let words: String
  let kind: Kind

  static let segments = [
    ExportField(source: "tier", words: "Customer Tier", kind: .tier),
    ExportField(source: "tier_score", words: "Customer Tier Score", kind: .rounded),
    ExportField(source: "tier_reason", words: "Customer Tier Reason", kind: .text),
    ExportField(source: "quadrant", words: "Engagement Quadrant", kind: .quadrant),
    ExportField(source: "quadrant_sure", words: "Engagement Quadrant Sure", kind: .flag),
    ExportField(source: "importance", words: "Account Importance", kind: .rounded),
    ExportField(source: "need", words: "Account Need", kind: .rounded),
    ExportField(source: "pyramid_level", words: "Touch Level", kind: .pyramid),
    ExportField(source: "criteria_tier", words: "Criteria Tier", kind: .tier),
    ExportField(source: "coverage", words: "Coverage Model", kind: .coverage),
    ExportField(source: "flags", words: "Success Flags", kind: .text),
  ]

  static let scores = [
    ExportField(source: "health", words: "Health Score", kind: .rounded),
    ExportField(source: "band", words: "Health Band", kind: .text),
    ExportField(source: "churn_risk", words: "Churn Risk Percent", kind: .percent),
    ExportField(source: "expansion_potential", words: "Expansion Percent", kind: .percent),
    ExportField(source: "expansion_band", words: "Expansion Potential", kind: .expansion),
  ]
}

extension ExportField.Kind {
  /// A cell in the words of the export; nil where it is none of this kind.
  func word(_ cell: String, _ language: Language) -> String? {
    switch self {
    case .text: cell
    case .rounded: number(cell, times: 1)
    case .percent: number(cell, times: 100)
    case .flag: cell == "yes" ? "true" : cell == "no" ? "false" : nil
    case .tier: Tier(code: cell)?.numbered.text(in: language)
    case .quadrant: Quadrant(rawValue: cell)?.label.text(in: language)
    case .pyramid: PyramidLevel(rawValue: cell)?.label.text(in: language)
    case .coverage: Coverage(rawValue: cell)?.label.text(in: language)
    case .expansion: ExpansionLevel(rawValue: cell)?.label.text(in: language)
    }
  }

  /// To one decimal.
  private func number(_ cell: String, times factor: Double) -> String? {
    guard let value = Double(cell), value.isFinite else { return nil }
    var bytes: [UInt8] = []
    bytes.append(decimal: (value * factor * 10).rounded() / 10)
    return String(decoding: bytes, as: UTF8.self)
  }

  var expected: String {
    func list<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) -> String {
      "one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")
    }
    return switch self {
    case .text: "a text"
    case .rounded: "a number"
    case .percent: "a probability"
    case .flag: "yes or no"
    case .tier: "one of " + Tier.allCases.map(\.code).joined(separator: ", ")
    case .quadrant: list(Quadrant.self)
    case .pyramid: list(PyramidLevel.self)
    case .coverage: list(Coverage.self)
    case .expansion: list(ExpansionLevel.self)
    }
  }
}
