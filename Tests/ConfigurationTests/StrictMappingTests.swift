import Configuration
import Tables
import Testing

@Suite("Strict reading of the configuration")
struct StrictMappingTests {
  private func root(_ text: String) throws -> StrictMapping {
    try StrictMapping(yaml: text, file: "pulso.yaml")
  }

  @Test func typedValuesRead() throws {
    var m = try root(
      """
      a: 1.5
      b: 7
      c: yes
      d: "007"
      e: [x, y]
      f: z
      g: [1, 2.5]
      h:
      i: {j: 2}
      """)
    #expect(try m.double("a") == 1.5)
    #expect(try m.int("b") == 7)
    #expect(try m.bool("c") == true)
    #expect(try m.string("d") == "007")
    #expect(try m.strings("e") == ["x", "y"])
    #expect(try m.strings("f") == ["z"])
    #expect(try m.doubles("g") == [1, 2.5])
    #expect(try m.string("h") == nil)
    var i = try #require(try m.mapping("i"))
    #expect(try i.int("j") == 2)
    try i.finish()
    try m.finish()
  }

  @Test func unknownKeyNamesTheNearestAndItsLine() throws {
    var m = try root("reasons: 3\nsegmnet: {}\n")
    _ = try m.int("reasons")
    _ = try m.mapping("segment")
    #expect(
      throws: ConfigurationError.unknownKey(
        nearest: "segment", known: ["reasons", "segment"],
        place: SourcePlace(file: "pulso.yaml", line: 2, column: "segmnet"))
    ) { try m.finish() }
  }

  @Test func unknownKeyFarFromEverythingNamesNothing() throws {
    var m = try root("zzzzzz: 1")
    _ = try m.int("reasons")
    #expect(
      throws: ConfigurationError.unknownKey(
        nearest: nil, known: ["reasons"], place: SourcePlace(file: "pulso.yaml", line: 1, column: "zzzzzz"))
    ) { try m.finish() }
  }

  @Test func wrongTypeNamesTheDottedPath() throws {
    var m = try root("bands:\n  red: often\n")
    var bands = try #require(try m.mapping("bands"))
    #expect(
      throws: ConfigurationError.wrongType(
        expected: "a number", found: "“often”",
        place: SourcePlace(file: "pulso.yaml", line: 2, column: "bands.red"))
    ) { try bands.double("red") }
  }

  @Test func valueOutOfRange() throws {
    var m = try root("red: 120")
    #expect(
      throws: ConfigurationError.invalidValue(
        value: "120", expected: "from 0 to 100",
        place: SourcePlace(file: "pulso.yaml", line: 1, column: "red"))
    ) { try m.double("red", in: 0...100) }
  }

  @Test(arguments: ["nan", "inf", "1e999", "0x"])
  func numbersAreFinite(_ text: String) throws {
    var m = try root("red: \(text)")
    #expect(throws: ConfigurationError.self) { try m.double("red") }
  }

  @Test func brokenYAMLIsASyntaxErrorWithALine() throws {
    #expect {
      try root("a: 1\nb: [1, 2\n")
    } throws: { error in
      guard case ConfigurationError.syntax(_, let place) = error else { return false }
      return place.file == "pulso.yaml" && place.line != nil
    }
  }

  @Test func aKeyTwiceIsRefused() throws {
    #expect {
      try root("a: 1\na: 2\n")
    } throws: { error in
      guard case ConfigurationError.syntax(let problem, _) = error else { return false }
      return problem.contains("a stands twice")
    }
  }

  @Test func aListWhereAMappingIsExpected() throws {
    #expect(
      throws: ConfigurationError.wrongType(
        expected: "a mapping (key: value)", found: "a list", place: SourcePlace(file: "pulso.yaml", line: 1))
    ) { try root("- a\n- b\n") }
  }

  @Test func emptyDocumentIsAnEmptyMapping() throws {
    #expect(try root("").keys.isEmpty)
    #expect(try root("# nothing yet\n").keys.isEmpty)
  }

  @Test func nearestNameKnowsSwapsAndGivesUp() {
    #expect(nearestName(to: "sgement", among: ["segment", "labels"]) == "segment")
    #expect(nearestName(to: "lables", among: ["segment", "labels"]) == "labels")
    #expect(nearestName(to: "weather", among: ["segment", "labels"]) == nil)
  }
}
