import Features
import Tables
import Testing

@Suite struct RecipeFitTests {
  @Test("plain: numbers as they are, treatment coding with the first level in sorted order as reference")
  func plainDesign() throws {
    let table = try table(
      "id,seats,plan,active,y\na,1,pro,true,0\nb,2,basic,false,1\nc,4,team,true,0\nd,8,basic,true,1\n")
    let fit = try Recipe(.plain, reserved: ["id", "y"]).fit(table)
    let design = try fit.recipe.design(table)
    #expect(design.termNames == ["seats", "plan[pro]", "plan[team]", "active[true]"])
    #expect(
      design.values == [1, 2, 4, 8] + [1, 0, 0, 0] + [0, 0, 1, 0] + [1, 0, 1, 1])
    #expect(design.complete == [true, true, true, true])
    #expect(fit.leftOut.isEmpty)
  }

  @Test("plain: rows with a missing value are left out, and their levels and numbers teach nothing")
  func plainLeavesIncompleteRowsOut() throws {
    let table = try table("x,plan\n1,a\n2,b\n,c\n3,\n4,b\n")
    let fit = try Recipe(.plain).fit(table)
    #expect(fit.recipe.inputs.map(\.levels) == [[], ["a", "b"]])
    let design = try fit.recipe.design(table)
    #expect(design.completeRows == [0, 1, 4])
    #expect(design.values[2].isNaN && design.values[5 + 3].isNaN)
    #expect(try fit.recipe.completeRows(of: table, among: [4, 3, 0]) == [4, 0])
    #expect(try fit.recipe.design(table, rows: [4, 0]).values == [4, 1, 1, 0])
  }

  @Test("imputed: the training median and a missing indicator; missing as a level")
  func imputed() throws {
    let table = try table("x,plan,flag\n1,a,true\n,b,\n5,,false\n3,b,true\n100,a,true\n")
    let fit = try Recipe(.imputed, rareCount: 0, rareShare: 0).fit(table)
    let design = try fit.recipe.design(table)
    #expect(
      design.termNames == ["x", "x[missing]", "plan[b]", "plan[missing]", "flag[true]", "flag[missing]"])
    #expect(Array(design.values[0..<10]) == [1, 4, 5, 3, 100] + [0, 1, 0, 0, 0])
    #expect(Array(design.values[10..<20]) == [0, 1, 0, 1, 0] + [0, 0, 1, 0, 0])
    #expect(Array(design.values[20..<30]) == [1, 0, 0, 1, 1] + [0, 1, 0, 0, 0])
    #expect(design.complete.allSatisfy { $0 })
  }

  @Test("imputed: rare levels share one term, and a level never seen joins them")
  func pooling() throws {
    let cells = (0..<40).map { $0 < 20 ? "big" : $0 < 36 ? "mid" : "rare\($0)" }
    let table = try Table(columns: [Column(name: "plan", values: .text(CodedText(cells)))])
    let recipe = try Recipe(.imputed).fit(table).recipe
    #expect(recipe.terms.map(\.name) == ["plan[mid]", "plan[other]"])
    #expect(recipe.inputs[0].pooledLevels == ["rare36", "rare37", "rare38", "rare39"])
    let later = try Table(columns: [
      Column(name: "plan", values: .text(CodedText(["new", "mid", "rare37", nil])))
    ])
    #expect(try recipe.design(later).values == [0, 1, 0, 0] + [1, 0, 1, 0])
  }

  @Test("plain: a level never seen counts as none, like the reference")
  func unseenWithoutPool() throws {
    let recipe = try Recipe(.plain).fit(try table("plan\na\nb\nc\n")).recipe
    #expect(try recipe.design(try table("plan\nnew\na\n")).values == [0, 0, 0, 0])
  }

  @Test("constant, empty and date columns and identifiers are left out by name")
  func leftOut() throws {
    var text = "x,same,empty,day,name\n"
    for row in 0..<120 { text += "\(row),7,,2024-01-\(10 + row % 10),company \(row)\n" }
    let fit = try Recipe(.plain).fit(try table(text))
    #expect(fit.recipe.terms.map(\.name) == ["x"])
    #expect(
      fit.leftOut == [
        LeftOutColumn(name: "empty", reason: .constant), LeftOutColumn(name: "day", reason: .date),
        LeftOutColumn(name: "name", reason: .identifier(levels: 120)),
        LeftOutColumn(name: "same", reason: .constant),
      ])
  }

  @Test("a text that is named as a feature is taken, however many levels it has")
  func namedIdentifier() throws {
    var text = "name\n"
    for row in 0..<120 { text += "company \(row)\n" }
    #expect(try Recipe(.plain, features: ["name"]).fit(try table(text)).recipe.terms.count == 119)
  }

  @Test("no feature left is an error that says what was left out")
  func noFeatureLeft() throws {
    let table = try table("x\n7\n7\n")
    #expect(throws: RecipeError.noFeatureLeft(leftOut: [LeftOutColumn(name: "x", reason: .constant)])) {
      try Recipe(.plain).fit(table)
    }
  }

  @Test("no complete row is an error that names the emptiest column")
  func noCompleteRow() throws {
    let table = try table("x,y\n1,\n2,\n,3\n")
    #expect(throws: RecipeError.noCompleteRow(column: "y", missing: 2, rows: 3)) {
      try Recipe(.plain).fit(table)
    }
  }

  @Test("unknown and reserved columns cannot be features")
  func wrongFeatures() throws {
    let table = try table("x,y\n1,0\n2,1\n")
    #expect(throws: RecipeError.unknownFeature(name: "z", known: ["x", "y"])) {
      try Recipe(.plain, features: ["z"]).fit(table)
    }
    #expect(throws: RecipeError.unknownFeature(name: "z", known: ["x", "y"])) {
      try Recipe(.plain, excluded: ["z"]).fit(table)
    }
    #expect(throws: RecipeError.reservedFeature(name: "y")) {
      try Recipe(.plain, features: ["x", "y"], reserved: ["y"]).fit(table)
    }
  }

  @Test("a table that lacks an input or has another kind in it is refused by name")
  func wrongTable() throws {
    let recipe = try Recipe(.plain).fit(try table("x,plan\n1,a\n2,b\n")).recipe
    #expect(throws: RecipeError.missingColumn(name: "plan", known: ["x"])) {
      try recipe.check(try table("x\n1\n"))
    }
    #expect(throws: RecipeError.wrongKind(column: "x", expected: .numeric, found: .text)) {
      try recipe.design(try table("x,plan\nmany,a\n"))
    }
    // A column without any value is of every kind.
    #expect(try recipe.design(try table("x,plan\n1,\n")).complete == [false])
  }

  @Test("one text in two Unicode spellings is one level")
  func canonicallyEqualLevels() throws {
    let values = CodedText(codes: [0, 1, 2, 0], levels: ["caf\u{e9}", "cafe\u{301}", "tea"])
    let table = try Table(columns: [Column(name: "drink", values: .text(values))])
    let recipe = try Recipe(.plain).fit(table).recipe
    #expect(recipe.inputs[0].levels.count == 2)
    let design = try recipe.design(table).values
    #expect(design[0] == design[1] && design[1] == design[3] && design[0] != design[2])
  }

  @Test("the order of the rows changes nothing that is learned")
  func rowOrder() throws {
    let table = try table("x,plan\n1,a\n,b\n5,c\n3,b\n100,a\n")
    let recipe = Recipe(.imputed, rareCount: 2)
    #expect(try recipe.fit(table) == recipe.fit(table.selecting(rows: [4, 2, 0, 3, 1])))
    #expect(try recipe.fit(table, rows: [0, 2, 3]) == recipe.fit(table.selecting(rows: [0, 2, 3])))
  }

  private func table(_ csv: String) throws -> Table { try Table.read(csv: csv).table }
}
