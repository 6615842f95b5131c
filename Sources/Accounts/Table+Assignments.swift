public import Segmentation
internal import StableNumerics
public import Tables

extension Table {
  /// The accounts that pyramid and matrix would serve differently: id, `arr`, `pyramid_level`, `quadrant`, the
  /// coverage that each gives, and `reason`.
  public init(disagreements: [Disagreement], id: String) throws(TableError) {
    func texts(_ name: String, _ text: (Disagreement) -> String) -> Column {
      Column(name: name, values: .text(CodedText(disagreements.map { text($0) })))
    }
    try self.init(columns: [
      texts(id) { $0.id }, Column(name: "arr", values: .numeric(disagreements.map { $0.arr ?? .nan })),
      texts("pyramid_level") { $0.pyramid.rawValue }, texts("quadrant") { $0.quadrant.rawValue },
      texts("pyramid_coverage") { $0.pyramid.coverage.rawValue },
      texts("matrix_coverage") { $0.quadrant.coverage.rawValue }, texts("reason") { $0.reason.rawValue },
    ])
  }

  /// The assignments as the contract's table: the id under the accounts' own column name, then `arr`,
  /// `importance`, `need`, `quadrant`, `quadrant_sure`, `pyramid_level`, `criteria_tier`, `tier`,
  /// `tier_score`, `tier_reason`, `coverage`, `flags`. What is unknown is left blank. Columns are made on up to
  /// `threads` threads.
  public init(assignments: [Assignment], id: String, threads: Int = 1) throws(TableError) {
    let columns = AssignmentColumn.all
    try self.init(
      columns: mapBlocks(count: columns.count, threads: threads) { index in
        Column(name: index == 0 ? id : columns[index].name, values: columns[index].values(assignments))
      })
  }
}

/// One column of the contract's table, and how its cells are made: from the row of an array, since a copy of each
/// assignment for each column would count the references in it.
private struct AssignmentColumn: Sendable {
  let name: String
  let values: @Sendable ([Assignment]) -> ColumnValues

  static let all = [
    AssignmentColumn("account_id") { assignments in
      .text(
        CodedText(
          codes: Array(0..<Int32(assignments.count)), levels: assignments.indices.map { assignments[$0].id }))
    },
    number("arr") { $0[$1].arr }, number("importance") { $0[$1].importance },
    number("need") { $0[$1].need }, code("quadrant", { $0[$1].quadrant }) { $0.rawValue },
    code("quadrant_sure", { $0[$1].isQuadrantSure }) { $0 ? "yes" : "no" },
    code("pyramid_level", { $0[$1].pyramidLevel }) { $0.rawValue },
    code("criteria_tier", { $0[$1].criteriaTier }) { $0.code },
    code("tier", { $0[$1].tier }) { $0.code }, number("tier_score") { $0[$1].tierScore },
    code("tier_reason", { $0[$1].tierReason }) { $0 }, code("coverage", { $0[$1].coverage }) { $0.rawValue },
    code("flags", { $0[$1].flags }) { $0.isEmpty ? nil : $0.codes.joined(separator: ";") },
  ]

  private init(_ name: String, _ values: @escaping @Sendable ([Assignment]) -> ColumnValues) {
    self.name = name
    self.values = values
  }

  private static func number(_ name: String, _ value: @escaping @Sendable ([Assignment], Int) -> Double?)
    -> AssignmentColumn
  {
    AssignmentColumn(name) { assignments in
      .numeric(assignments.indices.map { value(assignments, $0) ?? .nan })
    }
  }

  /// Each key's text is made once; nil is a blank cell.
  private static func code<Key: Hashable & Sendable>(
    _ name: String, _ key: @escaping @Sendable ([Assignment], Int) -> Key,
    _ text: @escaping @Sendable (Key) -> String?
  ) -> AssignmentColumn {
    AssignmentColumn(name) { assignments in
      var codes: [Int32] = []
      codes.reserveCapacity(assignments.count)
      var levels: [String] = []
      var known: [Key: Int32] = [:]
      // Most columns have few keys, which are found sooner than their hash.
      var first: [(key: Key, code: Int32)] = []
      for row in assignments.indices {
        let key = key(assignments, row)
        if let found = first.firstIndex(where: { $0.key == key }) {
          codes.append(first[found].code)
          continue
        }
        let code: Int32
        if let found = known[key] {
          code = found
        } else if let text = text(key) {
          code = Int32(levels.count)
          levels.append(text)
        } else {
          code = -1
        }
        known[key] = code
        if first.count < 6 { first.append((key, code)) }
        codes.append(code)
      }
      return .text(CodedText(codes: codes, levels: levels))
    }
  }
}
