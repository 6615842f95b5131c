/// The terms of a fitted recipe, made ready to run over encoded inputs (``EncodedInputs``).
///
/// The one place where a basis function is computed: design matrices, batch scores and single scores all
/// come through here, so that training and scoring cannot disagree.
public struct TermProgram: Sendable {
  /// One basis function with what it needs at hand.
  struct Step: Sendable {
    enum Shape: Sendable {
      case identity, signedLog, hinge, hingeBelow, step, equals, missing, spline
    }

    let input: Int
    let shape: Shape
    /// Knot, or the code of a level.
    let constant: Double
    /// Read in place of a missing value; NaN where missing stays missing.
    let fill: Double
    /// Index into `splines`.
    let spline: Int

    /// Arithmetic only: no branch on the data but NaN.
    @inline(__always)
    func value(_ raw: Double, _ splines: [CubicSplineColumn]) -> Double {
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

  /// The recipe's indices must be in range and its knots ascending, as those of a checked model are.
  public init(_ recipe: FittedRecipe) {
    var steps: [Step] = []
    var starts = [0]
    var splines: [CubicSplineColumn] = []
    for term in recipe.terms {
      for factor in term.factors {
        let input = recipe.inputs[factor.input]
        let fill = if case .replace(let number) = input.missing { number } else { Double.nan }
        var shape = Step.Shape.identity
        var constant = 0.0
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
        }
        steps.append(
          Step(
            input: factor.input, shape: shape, constant: constant, fill: fill,
            spline: max(0, splines.count - 1)))
      }
      starts.append(steps.count)
    }
    inputCount = recipe.inputs.count
    termCount = recipe.terms.count
    demanded = recipe.inputs.indices.filter { recipe.inputs[$0].missing == .refuse }
    self.steps = steps
    self.starts = starts
    self.splines = splines
  }

  /// η = intercept + Σ βⱼ · termⱼ of one encoded row. Allocates nothing. A term with coefficient 0 is not
  /// looked at: no estimate, no part.
  public func linearPredictor(
    _ row: [Double], intercept: Double, coefficients: [Double]
  ) -> Double {
    var sum = intercept
    for term in 0..<termCount where coefficients[term] != 0 {
      sum += coefficients[term] * value(of: term, row)
    }
    return sum
  }

  /// The terms of one encoded row.
  public func terms(of row: [Double]) -> [Double] {
    (0..<termCount).map { value(of: $0, row) }
  }

  @inline(__always)
  private func value(of term: Int, _ row: [Double]) -> Double {
    let first = starts[term]
    var product = steps[first].value(row[steps[first].input], splines)
    for index in first + 1..<starts[term + 1] {
      product *= steps[index].value(row[steps[index].input], splines)
    }
    return product
  }
}
