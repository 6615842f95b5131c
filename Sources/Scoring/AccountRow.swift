import Features
import ModelFile
public import Tables

/// A value of one account.
public enum AccountValue: Sendable, Equatable {
  case number(Double)
  case text(String)
  case boolean(Bool)
  case missing
}

/// One account's values in the order of ``Scorer/inputs``, encoded once and scored as often as one likes.
///
/// Made by ``Scorer/makeRow()``, which allocates; setting values and scoring do not.
public struct AccountRow: Sendable {
  /// As in `EncodedInputs`: NaN is missing.
  public internal(set) var values: [Double]
  /// Added to the linear predictor, for models that were trained with an offset column.
  public var offset: Double

  /// Sets a numeric input by its index; NaN is missing. For other kinds use
  /// ``Scorer/set(_:to:in:)``.
  public mutating func set(_ input: Int, to number: Double) {
    values[input] = number
  }
}

extension Scorer {
  /// A row in which every value is missing.
  public func makeRow() -> AccountRow {
    AccountRow(
      values: [Double](repeating: .nan, count: inputs.count), offset: model.offset == nil ? 0 : .nan)
  }

  /// The index of an input, once, before many rows.
  public func index(of input: String) throws(ScoringError) -> Int {
    guard let index = inputIndex[input] else {
      throw .unknownInput(name: input, known: inputs.map(\.name))
    }
    return index
  }

  /// Sets one value of a row; a level that training never saw is read as `FittedRecipe` says.
  public func set(_ input: Int, to value: AccountValue, in row: inout AccountRow) throws(ScoringError) {
    switch (value, inputs[input].kind) {
    case (.missing, _): row.values[input] = .nan
    case (.number(let number), .numeric): row.values[input] = number
    case (.boolean(let flag), .boolean): row.values[input] = flag ? 1 : 0
    case (.text(let text), .categorical):
      row.values[input] = codes[input][text] ?? inputs[input].unseenCode
    default: throw .wrongKind(input: inputs[input].name, expected: inputs[input].kind)
    }
  }

  /// The row of a table, counted from 0.
  public func row(_ index: Int, of table: Table) throws(ScoringError) -> AccountRow {
    var row = makeRow()
    do {
      let encoded = try model.recipe.encode(table, rows: [index])
      row.values = encoded.columns.map { $0[0] }
    } catch {
      throw .recipe(error)
    }
    if let name = model.offset {
      guard case .numeric(let values) = table[name]?.values else {
        throw .offset(column: name, found: table[name]?.kind)
      }
      row.offset = values[index]
    }
    return row
  }

  /// η = intercept + Σ βⱼ · termⱼ + offset; NaN where a value is missing that must not be.
  public func linearPredictor(of row: AccountRow) -> Double {
    predictor.value(row.values.span) + row.offset
  }

  /// The calibrated probability of the event; NaN where a value is missing that must not be. Allocates nothing.
  public func probability(of row: AccountRow) -> Double {
    model.calibration.probability(of: linearPredictor(of: row))
  }

  /// The calibrated probability for values that lie anywhere, in the order of ``inputs`` and encoded as in
  /// ``AccountRow``; for models without an offset.
  ///
  ///     let features: InlineArray<3, Double> = [40, 0.5, .nan]
  ///     let probability = scorer.probability(of: features.span)
  ///
  /// Allocates nothing. Cost: a nanosecond a part of ``LinearPredictor``, and 20 to 40 for the exponential.
  public func probability(of values: Span<Double>) -> Double {
    model.calibration.probability(of: predictor.value(values))
  }
}
