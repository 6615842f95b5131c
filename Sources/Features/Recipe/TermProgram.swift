/// The terms of a fitted recipe, made ready to run over encoded inputs (``EncodedInputs``).
///
/// The one place where a basis function is computed: design matrices, batch scores and single scores all
/// come through here, so that training and scoring cannot disagree.
public struct TermProgram: Sendable {
  /// One basis function with what it needs at hand.
  struct Step: Sendable {
    enum Shape: Sendable {
      case identity, signedLog, hinge, hingeBelow, step, equals, missing, spline, bins, codes
    }

    let input: Int
    let shape: Shape
    /// Knot, the code of a level, or the last code.
    let constant: Double
    /// Read in place of a missing value; NaN where missing stays missing.
    let fill: Double
    /// Index into `splines`, or into `knots`.
    let spline: Int

    /// Arithmetic only: no branch on the data but NaN.
    @inline(__always)
    func value(_ raw: Double, _ splines: [CubicSplineColumn], _ knots: [[Double]]) -> Double {
      let x = raw.isNaN ? fill : raw
      return switch shape {
      case .identity: x
      case .signedLog: signedLogarithm(x)
      case .hinge: max(0, x - constant)
      case .hingeBelow: max(0, constant - x)
      case .step: x > constant ? 1 : (x.isNaN ? x : 0)
      case .equals: x == constant ? 1 : 0
      case .missing: raw.isNaN ? 1 : 0
      case .spline: splines[spline].value(at: x)
      case .bins: bin(of: x, in: knots[spline])
      case .codes: raw >= 0 && raw < constant ? raw : constant
      }
    }
  }

  public let inputCount: Int
  public let termCount: Int
  /// Inputs of which no row may lack a value.
  public let demanded: [Int]
  let steps: [Step]
  /// Term t multiplies steps `starts[t] ..< starts[t + 1]`.
  let starts: [Int]
  let splines: [CubicSplineColumn]
  /// Of the bases that cut a number in bins.
  let knots: [[Double]]
  /// The table of each term that has one, and how many bins its last factor has.
  let tables: [Table?]

  struct Table: Sendable {
    let values: [Double]
    let width: Double
  }

  /// The recipe's indices must be in range and its knots ascending, as those of a checked model are.
  public init(_ recipe: FittedRecipe) {
    var steps: [Step] = []
    var starts = [0]
    var splines: [CubicSplineColumn] = []
    var knots: [[Double]] = []
    var tables: [Table?] = []
    for term in recipe.terms {
      for factor in term.factors {
        precondition(recipe.inputs.indices.contains(factor.input), "a factor reads one of the inputs")
        let input = recipe.inputs[factor.input]
        let fill = if case .replace(let number) = input.missing { number } else { Double.nan }
        var shape = Step.Shape.identity
        var constant = 0.0
        var place = 0
        switch factor.basis {
        case .identity: break
        case .signedLog: shape = .signedLog
        case .hinge(let knot): (shape, constant) = (.hinge, knot)
        case .hingeBelow(let knot): (shape, constant) = (.hingeBelow, knot)
        case .step(let knot): (shape, constant) = (.step, knot)
        case .level(let level):
          (shape, constant) = (
            .equals, input.kind == .boolean ? (level == "true" ? 1 : 0) : input.code(of: level)
          )
        case .otherLevels: (shape, constant) = (.equals, Double(input.levels.count))
        case .missing: shape = .missing
        case .cubicSpline(let knots, let index):
          shape = .spline
          splines.append(CubicSplineColumn(knots: knots, index: index))
          place = splines.count - 1
        case .bins(let cuts):
          shape = .bins
          knots.append(cuts)
          place = knots.count - 1
        case .codes: (shape, constant) = (.codes, Double((input.binCount(.codes) ?? 1) - 1))
        }
        steps.append(
          Step(
            input: factor.input, shape: shape, constant: constant, fill: fill, spline: place))
      }
      let width = term.factors.last.flatMap { recipe.inputs[$0.input].binCount($0.basis) }
      tables.append(term.table.map { Table(values: $0, width: Double(width ?? 1)) })
      starts.append(steps.count)
    }
    inputCount = recipe.inputs.count
    termCount = recipe.terms.count
    demanded = recipe.inputs.indices.filter { recipe.inputs[$0].missing == .refuse }
    self.steps = steps
    self.starts = starts
    self.splines = splines
    self.knots = knots
    self.tables = tables
  }

  /// Whether a ``LinearPredictor`` gathers a term with the others of its only input: of a number the column as
  /// it is and its indicator, of a text or boolean all that one code decides.
  func isGathered(_ term: Int, isNumber: Bool) -> Bool {
    guard starts[term + 1] == starts[term] + 1 else { return false }
    return switch steps[starts[term]].shape {
    case .identity: isNumber
    case .missing: true
    case .equals, .codes: !isNumber
    default: false
    }
  }

  /// The terms of one encoded row.
  public func terms(of row: [Double]) -> [Double] {
    precondition(row.count == inputCount, "a row has a value for each input")
    return (0..<termCount).map { value(of: $0, row.span) }
  }

  /// No bounds checks: `init` has seen to it that every step's input is one of the row's.
  @inline(__always)
  func value(of term: Int, _ row: Span<Double>) -> Double {
    let first = unsafe starts.span[unchecked: term]
    let end = unsafe starts.span[unchecked: term + 1]
    var result = value(unsafe steps.span[unchecked: first], row)
    if let table = tables[term] {
      for index in first + 1..<end {
        result = result * table.width + value(unsafe steps.span[unchecked: index], row)
      }
      return result.isNaN ? result : table.values[Int(result)]
    }
    for index in first + 1..<end { result *= value(unsafe steps.span[unchecked: index], row) }
    return result
  }

  @inline(__always)
  private func value(_ step: Step, _ row: Span<Double>) -> Double {
    step.value(unsafe row[unchecked: step.input], splines, knots)
  }
}
