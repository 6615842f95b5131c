import Features
import Tables
import Testing

@Suite("Terms that are tables") struct TableTermTests {
  private let inputs = [
    RecipeInput(name: "x", kind: .numeric, missing: .replace(2)),
    RecipeInput(
      name: "plan", kind: .categorical, missing: .level, levels: ["a", "b"], pooledLevels: ["rare"]),
    RecipeInput(name: "trial", kind: .boolean, missing: .level),
    RecipeInput(name: "z", kind: .numeric, missing: .refuse),
  ]

  private var recipe: FittedRecipe {
    let x = RecipeFactor(input: 0, basis: .bins(knots: [1, 3]))
    let plan = RecipeFactor(input: 1, basis: .codes)
    let trial = RecipeFactor(input: 2, basis: .codes)
    let z = RecipeFactor(input: 3, basis: .bins(knots: [0]))
    return FittedRecipe(
      inputs: inputs,
      terms: [
        RecipeTerm(name: "shape(x)", factors: [x], table: [10, 20, 30]),
        RecipeTerm(name: "surface(x,plan)", factors: [x, plan], table: [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        RecipeTerm(name: "surface(trial,z)", factors: [trial, z], table: [0, 1, 10, 11, 20, 21]),
      ])
  }

  @Test("a knot belongs to the bin below it; missing, rare and unseen levels have the last code")
  func values() throws {
    let table = try Table.read(
      csv: "x,plan,trial,z\n1,a,true,0\n1.5,b,false,1\n,rare,,1\n9,new,true,-1\n3,,false,1\n"
    ).table
    let design = try recipe.design(table)
    let columns = (0..<3).map { Array(design.values[$0 * 5..<$0 * 5 + 5]) }
    #expect(columns[0] == [10, 20, 20, 30, 20])
    #expect(columns[1] == [0, 4, 5, 8, 5])
    #expect(columns[2] == [10, 1, 21, 10, 1])
  }

  @Test("single rows and blocks agree in every bit; a missing number that is demanded gives NaN")
  func agreement() throws {
    let table = try Table.read(
      csv: "x,plan,trial,z\n1,a,true,0\n-4,b,false,1e300\n,rare,,\n9,new,true,-1\n"
    ).table
    let encoded = try recipe.encode(table)
    let predictor = LinearPredictor(recipe, intercept: 0.25, coefficients: [0.1, -1.0 / 3, 0.7])
    var sums = [Double](repeating: 0, count: 4)
    var scratch = sums
    var span = sums.mutableSpan
    var scratchSpan = scratch.mutableSpan
    predictor.values(encoded.columns, rows: 0..<4, into: &span, scratch: &scratchSpan)
    for row in 0..<4 {
      let values = encoded.columns.map { $0[row] }
      let single = predictor.value(values.span)
      #expect(single == sums[row] || (single.isNaN && sums[row].isNaN))
    }
    #expect(sums[2].isNaN && !sums[3].isNaN)
  }
}
