internal import Segmentation
internal import Tables

private typealias Field<Value> = any WritableKeyPath<Account, Value?> & Sendable

/// The recognised fields of an accounts table as typed columns.
struct FieldCells: Sendable {
  private var ids: ChoiceCells<String>
  private var texts: [(Field<String>, ChoiceCells<String>)] = []
  private var numbers: [(Field<Double>, NumberCells)] = []
  private var flags: [(Field<Bool>, ChoiceCells<Bool>)] = []
  private var days: [(Field<CalendarDate>, ChoiceCells<CalendarDate>)] = []
  private var evidence: [(FitEvidence, ChoiceCells<Bool>)] = []
  private var plan: ChoiceCells<Plan>?
  private var expansion: ChoiceCells<ExpansionLevel>?
  private var fit: ChoiceCells<StrategicFit>?
  private var coverage: ChoiceCells<Coverage>?
  private var tier: ChoiceCells<Tier>?
  /// Currencies that amounts state themselves, where no currency column does.
  private var amountCurrency: ChoiceCells<String>?

  init(
    _ table: Table, _ sources: [(field: AccountField, expression: ColumnExpression)],
    _ problems: inout [(row: Int, error: AccountsError)]
  ) throws(AccountsError) {
    ids = .coded([], [])
    for (field, expression) in sources {
      guard let column = table[expression.column] else { continue }
      var reader = CellReader(field: field.rawValue, column: column, factor: expression.factor)
      read(field, column, &reader)
      problems += reader.problems
      if field == .id {
        for row in 0..<table.rowCount where column.values.isMissing(row) {
          problems.append((row, .missingID(row: row + 1, column: column.name)))
        }
      }
    }
  }

  func id(_ row: Int) -> String { ids[row] ?? "" }

  func account(_ row: Int) -> Account {
    var account = Account(id: id(row))
    for (field, cells) in texts { account[keyPath: field] = cells[row] }
    for (field, cells) in numbers { account[keyPath: field] = cells[row] }
    for (field, cells) in flags { account[keyPath: field] = cells[row] }
    for (field, cells) in days { account[keyPath: field] = cells[row] }
    account.plan = plan?[row]
    account.expansion = expansion?[row]
    account.strategicFit = fit?[row]
    account.purchasedCoverage = coverage?[row]
    account.currentTier = tier?[row]
    if let amountCurrency, account.currency == nil { account.currency = amountCurrency[row] }
    for (kind, cells) in evidence {
      guard let holds = cells[row] else { continue }
      account.fitEvidence = (account.fitEvidence ?? []).union(holds ? kind : [])
    }
    return account
  }

  private mutating func read(_ field: AccountField, _ column: Column, _ reader: inout CellReader) {
    switch field {
    case .id: ids = reader.choices(expected: "an id") { $0 }
    case .name: text(\.name, &reader)
    case .parentID: text(\.parentID, &reader)
    case .currency:
      texts.append((\.currency, reader.choices(expected: "a currency code such as EUR", Amount.currencyCode)))
    case .industry: text(\.industry, &reader)
    case .region: text(\.region, &reader)
    case .csm: text(\.csm, &reader)
    case .strategicDesignation:
      texts.append(
        (
          \.strategicDesignation,
          reader.choices(expected: "a designation") { yesNo($0) == false ? "" : $0 }.emptyIsMissing
        ))
    case .arr:
      numbers.append((\.arr, amounts(&reader)))
      if case .text(let text) = column.values {
        amountCurrency = .coded(text.codes, text.levels.map { Amount($0)?.currency })
      }
    case .potentialARR: numbers.append((\.potentialARR, amounts(&reader)))
    case .employees: count(\.employees, &reader)
    case .seats: count(\.seats, &reader)
    case .seatsUsed: count(\.seatsUsed, &reader)
    case .modulesAvailable: count(\.modulesAvailable, &reader)
    case .modulesUsed: count(\.modulesUsed, &reader)
    case .tickets: count(\.tickets, &reader)
    case .brand: scale(\.brand, &reader)
    case .reference: scale(\.reference, &reader)
    case .influence: scale(\.influence, &reader)
    case .partnership: scale(\.partnership, &reader)
    case .complexity: scale(\.complexity, &reader)
    case .relationshipComplexity: scale(\.relationshipComplexity, &reader)
    case .productComplexity: scale(\.productComplexity, &reader)
    case .health: scale(\.health, &reader)
    case .healthPrevious: scale(\.healthPrevious, &reader)
    case .noticeServed: flag(\.noticeServed, &reader)
    case .premiumPlan: flag(\.premiumPlan, &reader)
    case .onboardingComplete: flag(\.onboardingComplete, &reader)
    case .startDate: days.append((\.startDate, reader.days()))
    case .renewalDate: days.append((\.renewalDate, reader.days()))
    case .lastReview: days.append((\.lastReview, reader.days()))
    case .evidenceDemos: evidence.append((.demos, reader.choices(expected: "yes or no", yesNo)))
    case .evidenceTestimonials: evidence.append((.testimonials, reader.choices(expected: "yes or no", yesNo)))
    case .evidenceCommunity: evidence.append((.community, reader.choices(expected: "yes or no", yesNo)))
    case .plan:
      let isTrialColumn = AccountField.comparable(column.name) == "istrial"
      plan = reader.choices(expected: "a plan") {
        isTrialColumn ? yesNo($0).map { $0 ? .trial : .paid } : Plan(words: $0)
      }
    case .expansion: expansion = reader.choices(expected: "high, medium or low", ExpansionLevel.init(words:))
    case .strategicFit:
      let kinds = StrategicFit.allCases.map(\.rawValue).joined(separator: ", ")
      fit = reader.choices(expected: "one of \(kinds)", StrategicFit.init(words:))
    case .purchasedCoverage:
      coverage = reader.choices(expected: "dedicated, shared, pooled or digital", Coverage.init(words:))
    case .currentTier: tier = reader.choices(expected: "tier_1 to tier_5", Tier.init(words:))
    }
  }

  private mutating func text(
    _ field: Field<String>, _ reader: inout CellReader
  ) {
    texts.append((field, reader.choices(expected: "a text") { $0 }))
  }

  private mutating func count(
    _ field: Field<Double>, _ reader: inout CellReader
  ) {
    numbers.append((field, reader.numbers(in: 0...1e15, expected: "a number from 0") { Amount($0)?.value }))
  }

  /// 0–100, or yes for 100 and no for 0.
  private mutating func scale(
    _ field: Field<Double>, _ reader: inout CellReader
  ) {
    numbers.append(
      (
        field,
        reader.numbers(in: 0...100, expected: "a number from 0 to 100, or yes or no") {
          Amount($0)?.value ?? yesNo($0).map { $0 ? 100 : 0 }
        }
      ))
  }

  private mutating func flag(_ field: Field<Bool>, _ reader: inout CellReader) {
    flags.append((field, reader.choices(expected: "yes or no", yesNo)))
  }

  private func amounts(_ reader: inout CellReader) -> NumberCells {
    reader.numbers(in: 0...1e15, expected: "an amount of money such as 30000, 30K€ or $5,000") {
      Amount($0)?.value
    }
  }
}

extension ChoiceCells<String> {
  /// An empty text reads as missing.
  fileprivate var emptyIsMissing: ChoiceCells<String> {
    guard case .coded(let codes, let levels) = self else { return self }
    return .coded(codes, levels.map { $0 == "" ? nil : $0 })
  }
}
