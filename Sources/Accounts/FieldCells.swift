internal import Segmentation
internal import Tables

/// The recognised fields of an accounts table as typed columns; of a field that wasn't found every row is missing. Each is
/// named here and not reached through a key path, which would cost more than all the rest of an account.
struct FieldCells: Sendable {
  private var ids = ChoiceCells<String>()
  private var name = ChoiceCells<String>()
  private var parentID = ChoiceCells<String>()
  private var industry = ChoiceCells<String>()
  private var region = ChoiceCells<String>()
  private var csm = ChoiceCells<String>()
  private var designation = ChoiceCells<String>()
  private var arr, potentialARR, employees, seats, seatsUsed, modulesAvailable, modulesUsed: NumberCells?
  private var brand, reference, influence, partnership, tickets, health, healthPrevious: NumberCells?
  private var complexity, relationshipComplexity, productComplexity, csmHours: NumberCells?
  private var noticeServed = ChoiceCells<Bool>()
  private var premiumPlan = ChoiceCells<Bool>()
  private var onboardingComplete = ChoiceCells<Bool>()
  private var prefersAutonomy = ChoiceCells<Bool>()
  private var startDate = DayCells()
  private var renewalDate = DayCells()
  private var lastReview = DayCells()
  private var evidence: [(FitEvidence, ChoiceCells<Bool>)] = []
  private var plan = ChoiceCells<Plan>()
  private var expansion = ChoiceCells<ExpansionLevel>()
  private var fit = ChoiceCells<StrategicFit>()
  private var coverage = ChoiceCells<Coverage>()
  private var tier = ChoiceCells<Tier>()
  /// Where currencies are stated, with the column: in a column of their own, beside the amounts, in the
  /// header of the ARR.
  private var currencies: [(column: String, cells: ChoiceCells<String>)] = []

  init(
    _ table: Table, _ sources: [(field: AccountField, expression: ColumnExpression)],
    locale: NumberLocale?, preset: Preset, rates: Set<String>?, _ problems: inout [AccountsError]
  ) {
    for (field, expression) in sources {
      guard let column = table[expression.column] else { continue }
      var reader = CellReader(
        field: field.rawValue, column: column, factor: expression.factor, locale: locale)
      read(field, &reader, preset)
      problems += reader.problems
    }
    problems += currencyProblems(rows: table.rowCount, known: rates?.union([preset.currency]), preset)
  }

  private func currencyProblems(rows: Int, known: Set<String>?, _ preset: Preset) -> [AccountsError] {
    let isOneKnown = currencies.count == 1 && (known.map { currencies[0].cells.isWithin($0) } ?? true)
    if currencies.isEmpty || isOneKnown { return [] }
    return (0..<rows).compactMap { row in
      var stated: String?
      for (column, cells) in currencies {
        guard let currency = cells[row] else { continue }
        if let stated, stated != currency {
          return .currenciesDiffer(stated, currency, row: row, column: column)
        }
        if let known, !known.contains(currency) {
          return .currencyWithoutRate(
            currency, to: preset.currency, account: id(row), row: row, column: column)
        }
        stated = currency
      }
      return nil
    }
  }

  func id(_ row: Int) -> String { ids[row] ?? "" }

  var managerCount: Int? {
    csm.count == 0 ? nil : Set(csm.codes).count { $0 >= 0 }
  }

  var isSimpleProduct: Bool? {
    guard let cells = modulesAvailable else { return nil }
    return (0..<ids.count).allSatisfy { (cells[$0] ?? 0) <= 1 }
  }

  func account(_ row: Int) -> Account {
    var account = Account(id: id(row))
    account.name = name[row]
    account.parentID = parentID[row]
    account.arr = arr?[row]
    for (_, cells) in currencies where account.currency == nil { account.currency = cells[row] }
    account.potentialARR = potentialARR?[row]
    account.plan = plan[row]
    account.startDate = startDate[row]
    account.renewalDate = renewalDate[row]
    account.noticeServed = noticeServed[row]
    account.employees = employees?[row]
    account.industry = industry[row]
    account.region = region[row]
    account.seats = seats?[row]
    account.seatsUsed = seatsUsed?[row]
    account.modulesAvailable = modulesAvailable?[row]
    account.modulesUsed = modulesUsed?[row]
    account.expansion = expansion[row]
    account.strategicFit = fit[row]
    account.strategicDesignation = designation[row]
    account.brand = brand?[row]
    account.reference = reference?[row]
    account.influence = influence?[row]
    account.partnership = partnership?[row]
    for (kind, cells) in evidence {
      guard let holds = cells[row] else { continue }
      account.fitEvidence = (account.fitEvidence ?? []).union(holds ? kind : [])
    }
    account.complexity = complexity?[row]
    account.relationshipComplexity = relationshipComplexity?[row]
    account.productComplexity = productComplexity?[row]
    account.tickets = tickets?[row]
    account.premiumPlan = premiumPlan[row]
    account.purchasedCoverage = coverage[row]
    account.onboardingComplete = onboardingComplete[row]
    account.health = health?[row]
    account.healthPrevious = healthPrevious?[row]
    account.prefersAutonomy = prefersAutonomy[row]
    account.csm = csm[row]
    account.csmHours = csmHours?[row]
    account.currentTier = tier[row]
    account.lastReview = lastReview[row]
    return account
  }

  func memorable(_ row: Int) -> Account.Memorable {
    var account = Account.Memorable()
    account.renewalDate = renewalDate[row]
    account.strategicDesignation = designation[row]
    account.health = health?[row]
    account.csm = csm[row]
    account.currentTier = tier[row]
    return account
  }

  private mutating func read(_ field: AccountField, _ reader: inout CellReader, _ preset: Preset) {
    let words = preset.vocabulary
    switch field {
    case .id: ids = reader.ids()
    case .name: name = reader.texts()
    case .parentID: parentID = reader.texts()
    case .industry: industry = reader.texts()
    case .region: region = reader.texts()
    case .csm: csm = reader.texts()
    case .strategicDesignation:
      designation = reader.choices(expected: "a designation") { yesNo($0) == false ? "" : $0 }.emptyIsMissing
    case .currency:
      currencies.append(
        (
          reader.column.name,
          reader.choices(expected: "a currency code such as EUR", Money.currencyCode)
        ))
    case .arr: arr = amounts(&reader)
    case .potentialARR: potentialARR = amounts(&reader)
    case .employees: employees = reader.counts()
    case .seats: seats = reader.counts()
    case .seatsUsed: seatsUsed = reader.counts()
    case .modulesAvailable: modulesAvailable = reader.counts()
    case .modulesUsed: modulesUsed = reader.counts()
    case .tickets: tickets = reader.counts()
    case .csmHours: csmHours = reader.counts()
    case .brand: brand = reader.scale()
    case .reference: reference = reader.scale()
    case .influence: influence = reader.scale()
    case .partnership: partnership = reader.scale()
    case .complexity: complexity = reader.scale()
    case .relationshipComplexity: relationshipComplexity = reader.scale()
    case .productComplexity: productComplexity = reader.scale()
    case .health: health = reader.scale()
    case .healthPrevious: healthPrevious = reader.scale()
    case .noticeServed: noticeServed = reader.flags()
    case .premiumPlan: premiumPlan = reader.flags()
    case .onboardingComplete: onboardingComplete = reader.flags()
    case .prefersAutonomy:
      prefersAutonomy = reader.choices(expected: "yes or no, self_service or human", autonomy)
    case .startDate: startDate = reader.days()
    case .renewalDate: renewalDate = reader.days()
    case .lastReview: lastReview = reader.days()
    case .evidenceDemos: evidence.append((.demos, reader.flags()))
    case .evidenceTestimonials: evidence.append((.testimonials, reader.flags()))
    case .evidenceCommunity: evidence.append((.community, reader.flags()))
    case .plan:
      let isTrialColumn = AccountField.comparable(reader.column.name) == "istrial"
      plan = reader.choices(expected: "a plan") {
        isTrialColumn ? yesNo($0).map { $0 ? .trial : .paid } : Plan(words: $0)
      }
    case .expansion: expansion = reader.choices(expected: "high, medium or low", ExpansionLevel.init(words:))
    case .strategicFit:
      let kinds = StrategicFit.allCases.map(\.rawValue).joined(separator: ", ")
      fit = reader.choices(expected: "one of \(kinds)", StrategicFit.init(words:))
    case .purchasedCoverage:
      coverage = reader.levels(of: words, expected: "dedicated, shared, pooled or digital") {
        Coverage(words: $0, vocabulary: words)
      }
    case .currentTier:
      tier = reader.levels(of: words, expected: "tier_1 to tier_\(preset.tierCount)") {
        Tier(words: $0, vocabulary: words, of: preset.tierCount)
      }
    }
  }

  private mutating func amounts(_ reader: inout CellReader) -> NumberCells {
    let column = reader.column
    if let stated = reader.currencies() {
      currencies.append((column.name, stated))
    } else if let code = AccountField.currency(inHeader: column.name) {
      currencies.append(
        (column.name, ChoiceCells(codes: [Int32](repeating: 0, count: column.count), levels: [code])))
    }
    return reader.numbers(in: 0...1e15, expected: "an amount of money such as 30000, 30K€ or $5,000")
  }
}

extension CellReader {
  fileprivate mutating func texts() -> ChoiceCells<String> { choices(expected: "a text") { $0 } }

  fileprivate mutating func flags() -> ChoiceCells<Bool> { choices(expected: "yes or no", yesNo) }

  fileprivate mutating func counts() -> NumberCells { numbers(in: 0...1e15, expected: "a number from 0") }

  /// 0–100, or yes for 100 and no for 0.
  fileprivate mutating func scale() -> NumberCells {
    numbers(in: 0...100, expected: "a number from 0 to 100, or yes or no") { text in
      yesNo(text).map { $0 ? 100 : 0 }
    }
  }
}

extension ChoiceCells<String> {
  fileprivate func isWithin(_ known: Set<String>) -> Bool {
    levels.allSatisfy { $0.map(known.contains) ?? true }
  }

  /// An empty text reads as missing.
  fileprivate var emptyIsMissing: ChoiceCells<String> {
    ChoiceCells(codes: codes, levels: levels.map { $0 == "" ? nil : $0 })
  }
}
