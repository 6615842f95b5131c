import Tables

/// The accounts in the order of their ids, and where each stands. Ids are compared as texts.
struct AccountIndex: Sendable {
  let ids: [String]
  private let position: [String: Int]

  init(_ ids: some Sequence<String>) {
    self.ids = Set(ids).sorted()
    position = Dictionary(uniqueKeysWithValues: self.ids.enumerated().map { ($1, $0) })
  }

  var count: Int { ids.count }

  subscript(id: String) -> Int? { position[id] }
}

/// A column of keys as codes: which rows carry the same key, and what the keys are.
struct KeyColumn: Sendable {
  /// Index into `keys` for each row; −1 where the key is missing.
  let codes: [Int32]
  let keys: [String]

  init(_ column: Column) {
    let texts: CodedText =
      switch column.values {
      case .text(let texts): texts
      case .numeric(let numbers): CodedText(numbers.map { $0.isNaN ? nil : Self.decimal($0) })
      case .boolean(let flags): CodedText(flags.map { $0 < 0 ? nil : $0 == 1 ? "true" : "false" })
      case .date(let dates):
        CodedText(
          dates.seconds.map {
            $0 == Dates.missing ? nil : Dates.iso8601($0, hasTimeOfDay: dates.hasTimeOfDay)
          })
      }
    codes = texts.codes
    keys = texts.levels
  }

  private static func decimal(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? value.description
  }

  /// The keys that some row carries; levels may be unused.
  var usedKeys: [String] {
    var isUsed = Array(repeating: false, count: keys.count)
    for code in codes where code >= 0 { isUsed[Int(code)] = true }
    return keys.indices.filter { isUsed[$0] }.map { keys[$0] }
  }
}
