import StableNumerics
import Tables
import Testing
import Training

@Suite("Warnings about the rows and columns of a training table")
struct DataWarningTests {
  private func warnings(
    _ csv: String, id: String? = nil, time: String? = nil
  ) throws -> [TrainingWarning.Code] {
    var options = TrainingOptions(target: "y")
    options.id = id
    options.time = time
    options.recipe = .plain
    options.folds = 2
    return try Trainer(options).train(try Table.read(csv: csv, name: "t.csv").table).report.warnings.map(
      \.code)
  }

  private func rows(_ count: Int = 400, sorted: Bool = false) -> [String] {
    var random = SplitMix64(seed: 3)
    let rows = (0..<count).map { _ in
      (x: random.uniform(), y: random.uniform() < 0.3 ? 1 : 0)
    }
    return (sorted ? rows.sorted { $0.y < $1.y } : rows).map { "\($0.x),\($0.y)" }
  }

  @Test("rows that repeat another in every column are counted; rows that differ are not named")
  func duplicates() throws {
    let rows = rows()
    #expect(
      try warnings((["x,y"] + rows + rows.prefix(20)).joined(separator: "\n")).contains(.duplicatedRows))
    #expect(try !warnings((["x,y"] + rows).joined(separator: "\n")).contains(.duplicatedRows))
    let named = rows.enumerated().map { "k\($0),\($1)" }
    #expect(
      try warnings((["id,x,y"] + named + [named[7]]).joined(separator: "\n"), id: "id").contains(
        .duplicatedRows))
  }

  @Test("a table sorted by its outcome is named, unless a time column tells what the order is")
  func order() throws {
    #expect(try warnings((["x,y"] + rows(sorted: true)).joined(separator: "\n")).contains(.rowOrder))
    #expect(try !warnings((["x,y"] + rows()).joined(separator: "\n")).contains(.rowOrder))
    let dated = rows(sorted: true).enumerated().map {
      "\(2020 + $0 / 100)-0\(1 + $0 % 9)-01,\($1)"
    }
    #expect(
      try !warnings((["d,x,y"] + dated + dated.prefix(1)).joined(separator: "\n"), time: "d").contains(
        .rowOrder))
  }
}
