import Features
import StableNumerics
import Tables
import Testing

@Suite struct BasisFunctionTests {
  @Test("restricted cubic spline: the textbook formula inside and beyond the knots")
  func cubicSpline() throws {
    let knots = [1.0, 3, 6, 10]
    for x in [-5.0, 1, 2, 3.5, 4, 6, 8, 9.999, 10, 12, 40] {
      for index in 0...1 {
        let value = try #require(RecipeBasis.cubicSpline(knots: knots, index: index).value(at: x))
        #expect(abs(value - harrell(x, knots, index)) <= 1e-12 * max(1, abs(value)))
      }
    }
  }

  @Test("restricted cubic spline: a straight line before the first and beyond the last knot")
  func splineTails() throws {
    let basis = RecipeBasis.cubicSpline(knots: [1, 2, 4], index: 0)
    #expect(basis.value(at: 0) == 0 && basis.value(at: 1) == 0)
    let far = try [1e6, 2e6, 3e6].map { try #require(basis.value(at: $0)) }
    #expect(abs((far[2] - far[1]) / (far[1] - far[0]) - 1) < 1e-9)
    #expect(basis.value(at: 1e300)?.isFinite == true)
  }

  @Test("signed logarithm is odd and exact near zero")
  func signedLog() {
    let basis = RecipeBasis.signedLog
    #expect(basis.value(at: -7) == -(basis.value(at: 7) ?? .nan))
    #expect(basis.value(at: 1e-20) == 1e-20)
  }

  @Test("single rows, blocks and design columns agree in every bit, whatever the terms")
  func oneValue() throws {
    let table = try Table.read(
      csv: "x,z,plan\n1,-3,a\n,2,b\n5.25,,c\n-3,8,b\n100,0.5,\n"
    ).table
    let inputs = [
      RecipeInput(name: "x", kind: .numeric, missing: .replace(2.5)),
      RecipeInput(name: "z", kind: .numeric, missing: .replace(-1)),
      RecipeInput(
        name: "plan", kind: .categorical, missing: .level, levels: ["a", "b"], pooledLevels: ["c"]),
    ]
    let factors: [[RecipeFactor]] = [
      [RecipeFactor(input: 0, basis: .identity)],
      [RecipeFactor(input: 0, basis: .signedLog)],
      [RecipeFactor(input: 1, basis: .hinge(knot: 0.25)), RecipeFactor(input: 2, basis: .level("b"))],
      [RecipeFactor(input: 1, basis: .hingeBelow(knot: 1))],
      [RecipeFactor(input: 0, basis: .missing), RecipeFactor(input: 1, basis: .identity)],
      [RecipeFactor(input: 2, basis: .otherLevels)],
      [RecipeFactor(input: 0, basis: .cubicSpline(knots: [0, 1, 7], index: 0))],
      [RecipeFactor(input: 2, basis: .missing)],
      [RecipeFactor(input: 0, basis: .step(knot: 5.25))],
    ]
    let recipe = FittedRecipe(
      inputs: inputs, terms: factors.enumerated().map { RecipeTerm(name: "t\($0)", factors: $1) })
    let encoded = try recipe.encode(table)
    let design = recipe.design(encoded)
    let program = TermProgram(recipe)
    let coefficients = (1...9).map { 1 / Double($0) }
    var sums = [Double](repeating: 0, count: 5)
    var scratch = sums
    var sumSpan = sums.mutableSpan
    var scratchSpan = scratch.mutableSpan
    let predictor = LinearPredictor(recipe, intercept: 0.125, coefficients: coefficients)
    predictor.values(encoded.columns, rows: 0..<5, into: &sumSpan, scratch: &scratchSpan)
    for row in 0..<5 {
      let values = encoded.columns.map { $0[row] }
      #expect(program.terms(of: values) == (0..<9).map { design.values[$0 * 5 + row] })
      let sum = predictor.value(values.span)
      #expect(sumSpan[row] == sum || (sumSpan[row].isNaN && sum.isNaN))
    }
    // By hand: row 0 is x = 1, z = −3, plan = a; row 2 has no z (−1) and the pooled level.
    let first: [Double] = (2..<9).map { design.values[$0 * 5] }
    #expect(first == [0, 4, 0, 0, 1 / 49.0, 0, 0])
    let third: [Double] = (2..<6).map { design.values[$0 * 5 + 2] }
    #expect(third == [0, 2, 0, 1])
  }

  @Test("a block gives the bits of its rows one by one, and both the sum over the terms, whatever is missing")
  func blocksAgreeWithRows() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<400 {
      let inputCount = 1 + random.below(9)
      var inputs: [RecipeInput] = []
      var terms: [RecipeTerm] = []
      func add(_ bases: [RecipeBasis], to input: Int) {
        for basis in bases {
          var factors = [RecipeFactor(input: input, basis: basis)]
          if random.below(12) == 0 { factors.append(RecipeFactor(input: 0, basis: .missing)) }
          terms.append(RecipeTerm(name: "t\(terms.count)", factors: factors))
        }
      }
      for input in 0..<inputCount {
        let isNumber = random.below(3) > 0
        let levels = isNumber ? [] : ["a", "b", "c", "d", "e"]
        let rule: RecipeInput.MissingRule = isNumber ? [.refuse, .replace(2.5)][random.below(2)] : .level
        inputs.append(
          RecipeInput(
            name: "x\(input)", kind: isNumber ? .numeric : .categorical, missing: rule, levels: levels))
        if isNumber {
          add(
            [[.identity], [.identity, .missing], [.missing], [.hinge(knot: 0.5)]][random.below(4)], to: input)
        } else {
          add(levels.dropFirst(random.below(3)).map { .level($0) } + [.missing], to: input)
        }
      }
      let recipe = FittedRecipe(inputs: inputs, terms: terms)
      let program = TermProgram(recipe)
      let coefficients = terms.indices.map { _ in
        random.below(7) == 0 ? 0 : Double(random.below(2000)) / 999 - 1
      }
      let count = 1 + random.below(40)
      let holes = [0, 20, 3][random.below(3)]
      let columns = inputs.map { input in
        (0..<count).map { _ -> Double in
          if holes > 0, random.below(holes) == 0 { return .nan }
          return input.kind == .numeric ? Double(random.below(9000)) / 777 - 4 : Double(random.below(7)) - 1
        }
      }
      var sums = [Double](repeating: 9, count: count)
      var scratch = sums
      let predictor = LinearPredictor(recipe, intercept: 0.25, coefficients: coefficients)
      var sumSpan = sums.mutableSpan
      var scratchSpan = scratch.mutableSpan
      predictor.values(columns, rows: 0..<count, into: &sumSpan, scratch: &scratchSpan)
      let singles = columns.map { $0.map { Float($0) } }
      for row in 0..<count {
        let values = columns.map { $0[row] }
        let one = predictor.value(values.span)
        #expect(sumSpan[row] == one || (sumSpan[row].isNaN && one.isNaN))
        // Term by term; a row that lacks what it must have has no sum.
        let lacks = inputs.indices.contains { inputs[$0].missing == .refuse && values[$0].isNaN }
        let parts = zip(coefficients, program.terms(of: values)).filter { $0.0 != 0 }.map { $0 * $1 }
        let expected = lacks ? .nan : parts.reduce(0.25, +)
        #expect(abs(one - expected) < 1e-13 || (one.isNaN && expected.isNaN))
      }
      var singleSums = [Float](repeating: 9, count: count)
      var singleSpan = singleSums.mutableSpan
      predictor.values(singles, rows: 0..<count, into: &singleSpan, scratch: &scratchSpan)
      for row in 0..<count {
        let values = singles.map { Double($0[row]) }
        let one = predictor.value(values.span)
        let sum = Double(singleSpan[row])
        #expect(abs(sum - one) < 1e-5 || (sum.isNaN && one.isNaN))
      }
    }
  }

  @Test("a median by selection is the median by sorting")
  func medians() throws {
    var random = SplitMix64(seed: 5)
    for count in 1...60 {
      let values = (0..<count).map { _ in Double(random.below(count < 30 ? 5 : 1000)) - 3 }
      let sorted = values.sorted()
      let expected = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
      let table = try Table(columns: [Column(name: "x", values: .numeric(values + [.nan, -1e9]))])
      let fit = try Recipe(.imputed).fit(table, rows: Array(0...count))
      #expect(fit.recipe.inputs.first?.missing == .replace(expected) || Set(values).count == 1)
    }
  }

  private func harrell(_ x: Double, _ t: [Double], _ j: Int) -> Double {
    func cube(_ d: Double) -> Double { d > 0 ? d * d * d : 0 }
    let last = t[t.count - 1]
    let late = t[t.count - 2]
    let sum =
      cube(x - t[j]) - cube(x - late) * (last - t[j]) / (last - late)
      + cube(x - last) * (late - t[j]) / (last - late)
    return sum / ((last - t[0]) * (last - t[0]))
  }
}
