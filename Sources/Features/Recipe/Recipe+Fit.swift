public import Tables

extension Recipe {
  /// Learns medians, levels and which columns say anything, from the given rows alone (all when nil).
  ///
  /// Cost: O(rows × columns). Throws where a named column is unknown or reserved, where `plain` leaves no
  /// row, or where no feature is left.
  public func fit(_ table: Table, rows: [Int]? = nil) throws(RecipeError) -> RecipeFit {
    let wanted = try candidates(in: table)
    let rows = rows ?? Array(0..<table.rowCount)
    var leftOut: [LeftOutColumn] = []
    let usable = wanted.filter { column in
      guard let reason = refusal(of: column, rows: rows) else { return true }
      leftOut.append(LeftOutColumn(name: column.name, reason: reason))
      return false
    }
    let kept = style == .plain ? try Self.completeRows(of: usable, among: rows) : rows

    var inputs: [RecipeInput] = []
    var terms: [RecipeTerm] = []
    for column in usable {
      let learned = learn(column, rows: kept)
      guard !learned.bases.isEmpty else {
        leftOut.append(LeftOutColumn(name: column.name, reason: .constant))
        continue
      }
      terms += learned.bases.map { RecipeTerm(input: inputs.count, named: column.name, basis: $0) }
      inputs.append(learned.input)
    }
    if terms.isEmpty { throw .noFeatureLeft(leftOut: leftOut) }
    return RecipeFit(recipe: FittedRecipe(inputs: inputs, terms: terms), leftOut: leftOut)
  }

  private func candidates(in table: Table) throws(RecipeError) -> [Column] {
    for name in excluded.sorted() where table[name] == nil {
      throw .unknownFeature(name: name, known: table.columnNames)
    }
    guard let features else {
      return table.columns.filter { !reserved.contains($0.name) && !excluded.contains($0.name) }
    }
    for name in features {
      if table[name] == nil { throw .unknownFeature(name: name, known: table.columnNames) }
      if reserved.contains(name) { throw .reservedFeature(name: name) }
    }
    let named = Set(features)
    return table.columns.filter { named.contains($0.name) && !excluded.contains($0.name) }
  }

  /// Why a column can't be a feature whatever its rows say; a text that the user named is taken as it is.
  private func refusal(of column: Column, rows: [Int]) -> LeftOutColumn.Reason? {
    switch column.values {
    case .date: return .date
    case .text(let text) where features == nil:
      let counts = text.levelCounts(rows: rows)
      let levels = counts.count { $0 > 0 }
      return levels > 100 && 2 * levels > counts.reduce(0, +) ? .identifier(levels: levels) : nil
    default: break
    }
    return rows.allSatisfy { column.values.isMissing($0) } ? .constant : nil
  }

  private static func completeRows(of columns: [Column], among rows: [Int]) throws(RecipeError) -> [Int] {
    var kept = rows
    var worst: (name: String, missing: Int)?
    for column in columns {
      let missing = rows.count - column.values.present(among: rows).count
      if missing > worst?.missing ?? 0 { worst = (column.name, missing) }
      if missing > 0 { kept = column.values.present(among: kept) }
    }
    if kept.isEmpty, let worst {
      throw .noCompleteRow(column: worst.name, missing: worst.missing, rows: rows.count)
    }
    return kept
  }

  /// The input and its bases; no basis where the column says the same in all these rows.
  private func learn(_ column: Column, rows: [Int]) -> (input: RecipeInput, bases: [RecipeBasis]) {
    var levels: [String] = []
    var pooled: [String] = []
    var bases: [RecipeBasis] = []
    var rule = RecipeInput.MissingRule.refuse
    let kind: RecipeInput.Kind
    let present = column.values.present(among: rows)
    switch column.values {
    case .numeric(let values):
      kind = .numeric
      let numbers = present.map { values[$0] }
      if let first = numbers.first, numbers.contains(where: { $0 != first }) { bases = [.identity] }
      if style == .imputed { rule = .replace(median(of: numbers) ?? 0) }
    case .boolean(let values):
      kind = .boolean
      let events = present.count { values[$0] == 1 }
      if events > 0 && events < present.count { bases = [.level("true")] }
      if style == .imputed { rule = .level }
    case .text(let text):
      kind = .categorical
      (levels, pooled) = levelsAndPooled(of: text, rows: rows)
      bases = levels.dropFirst().map { .level($0) }
      if !pooled.isEmpty && !levels.isEmpty { bases.append(.otherLevels) }
      if style == .imputed { rule = .level }
    case .date:
      kind = .numeric  // never reached: a date is refused before
    }
    if style == .imputed && present.count < rows.count && !present.isEmpty { bases.append(.missing) }
    let input = RecipeInput(
      name: column.name, kind: kind, group: groups[column.name], missing: rule, levels: levels,
      pooledLevels: pooled)
    return (input, bases)
  }

  private func levelsAndPooled(of text: CodedText, rows: [Int]) -> (levels: [String], pooled: [String]) {
    var counts: [String: Int] = [:]  // by string: two codes may spell one text in two Unicode forms
    for (level, count) in zip(text.levels, text.levelCounts(rows: rows)) where count > 0 {
      counts[level, default: 0] += count
    }
    let seen = counts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let least = max(Double(rareCount), rareShare * Double(rows.count))
    func isRare(_ level: String) -> Bool { style == .imputed && Double(counts[level] ?? 0) < least }
    if seen.allSatisfy(isRare) { return (seen, []) }
    return (seen.filter { !isRare($0) }, seen.filter(isRare))
  }
}

extension RecipeTerm {
  /// A term with one factor, named as people name it.
  public init(input: Int, named column: String, basis: RecipeBasis) {
    self.init(name: basis.termName(of: column), factors: [RecipeFactor(input: input, basis: basis)])
  }
}

extension RecipeBasis {
  /// `seats`, `log(seats)`, `seats>5`, `seats<5`, `seats[>5]`, `seats~1`, `plan[pro]`, `plan[other]`, `plan[missing]`.
  public func termName(of column: String) -> String {
    switch self {
    case .identity: column
    case .signedLog: "log(\(column))"
    case .hinge(let knot): "\(column)>\(shortest(knot))"
    case .hingeBelow(let knot): "\(column)<\(shortest(knot))"
    case .step(let knot): "\(column)[>\(shortest(knot))]"
    case .cubicSpline(_, let index): "\(column)~\(index + 1)"
    case .level(let level): "\(column)[\(level)]"
    case .otherLevels: "\(column)[other]"
    case .missing: "\(column)[missing]"
    case .bins, .codes: column
    }
  }

  private func shortest(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
