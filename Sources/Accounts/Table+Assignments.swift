public import Segmentation
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
  /// `tier_score`, `tier_reason`, `coverage`, `flags`. What is unknown is left blank.
  public init(assignments: [Assignment], id: String) throws(TableError) {
    let ids = CodedText(codes: Array(0..<Int32(assignments.count)), levels: assignments.map(\.id))
    func numbers(_ value: (Assignment) -> Double?) -> ColumnValues {
      .numeric(assignments.map { value($0) ?? .nan })
    }
    func codes<Key: Hashable>(_ key: (Assignment) -> Key, _ text: (Key) -> String?) -> ColumnValues {
      var codes: [Int32] = []
      codes.reserveCapacity(assignments.count)
      var levels: [String] = []
      var known: [Key: Int32] = [:]
      for assignment in assignments {
        let key = key(assignment)
        if let code = known[key] {
          codes.append(code)
          continue
        }
        var code: Int32 = -1
        if let text = text(key) {
          code = Int32(levels.count)
          levels.append(text)
        }
        known[key] = code
        codes.append(code)
      }
      return .text(CodedText(codes: codes, levels: levels))
    }
    try self.init(columns: [
      Column(name: id, values: .text(ids)),
      Column(name: "arr", values: numbers(\.arr)),
      Column(name: "importance", values: numbers(\.importance)),
      Column(name: "need", values: numbers(\.need)),
      Column(name: "quadrant", values: codes(\.quadrant) { $0.rawValue }),
      Column(name: "quadrant_sure", values: codes(\.isQuadrantSure) { $0 ? "yes" : "no" }),
      Column(name: "pyramid_level", values: codes(\.pyramidLevel) { $0.rawValue }),
      Column(name: "criteria_tier", values: codes(\.criteriaTier) { $0.code }),
      Column(name: "tier", values: codes(\.tier) { $0.code }),
      Column(name: "tier_score", values: numbers(\.tierScore)),
      Column(name: "tier_reason", values: codes(\.tierReason) { $0 }),
      Column(name: "coverage", values: codes(\.coverage) { $0.rawValue }),
      Column(
        name: "flags",
        values: codes(\.flags) { $0.isEmpty ? nil : $0.codes.joined(separator: ";") }),
    ])
  }
}
