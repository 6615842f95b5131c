import Segmentation
import Testing

@Suite struct PyramidTests {
  @Test(
    "PYR-01 ARR alone gives exactly three levels",
    arguments: [
      (100_000.0, PyramidLevel.highTouch), (99_999.99, .lowTouch), (25_000, .lowTouch),
      (24_999.99, .techTouch),
      (0, .techTouch),
    ])
  func levels(arr: Double, level: PyramidLevel) throws {
    #expect(try place(account("a", arr: arr)).pyramidLevel == level)
    #expect(PyramidLevel.allCases.count == 3)
  }

  @Test("PYR-09 free and trial accounts are tech touch, whatever their ARR", arguments: [Plan.free, .trial])
  func unpaid(plan: Plan) throws {
    #expect(try place(account("a", arr: 200_000) { $0.plan = plan }).pyramidLevel == .techTouch)
  }

  @Test("PYR-11 a small account with expansion 0.9 is tech touch and flagged as hidden potential")
  func hiddenPotential() throws {
    let result = try place(account("a", arr: 4000), scores(risk: 0.1, expansion: 0.9))
    #expect(result.pyramidLevel == .techTouch)
    #expect(result.flags.contains(.hiddenPotential))
    #expect(result.quadrant.isImportant)
  }

  @Test(
    "PYR-12 a large account with risk 0.05 is high touch, over-served, and persistent light in the matrix")
  func overServed() throws {
    let result = try place(account("a", arr: 200_000) { $0.tickets = 0 }, scores(risk: 0.05))
    #expect(result.pyramidLevel == .highTouch)
    #expect(result.flags.contains(.overServed))
    #expect(result.quadrant == .persistentLight)
  }

  @Test("PYR-13 of ten accounts the disagreement table lists the two that the pyramid gets wrong")
  func disagreements() throws {
    var book = [account("small", arr: 4000), account("large", arr: 200_000) { $0.tickets = 0 }]
    var predictions = [
      "small": scores(risk: 0.1, expansion: 0.9), "large": scores(risk: 0.05, expansion: 0.1),
    ]
    for index in 0..<4 {
      book.append(account("base\(index)", arr: 3000))
      predictions["base\(index)"] = scores(risk: 0.1, expansion: 0.1)
      book.append(account("top\(index)", arr: 150_000) { $0.health = 20 })
      predictions["top\(index)"] = scores(risk: 0.8, expansion: 0.3)
    }
    let table = try run(book, predictions).disagreements
    #expect(table.map(\.id) == ["large", "small"])
    #expect(table.map(\.reason) == [.overServed, .hiddenPotential])
    #expect(table.map(\.arr) == [200_000, 4000])
  }

  @Test("PYR-14 when health falls from 90 to 20 the pyramid stays and the matrix moves")
  func staticPyramid() throws {
    let healthy = try place(account("a", arr: 120_000) { $0.health = 90 })
    let ill = try place(account("a", arr: 120_000) { $0.health = 20 })
    #expect(healthy.pyramidLevel == ill.pyramidLevel)
    #expect(healthy.quadrant == .persistentLight)
    #expect(ill.quadrant == .persistentIntensive)
  }
}
