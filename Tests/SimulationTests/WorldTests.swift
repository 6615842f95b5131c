import Calendar
import Foundation
import Simulation
import Tables
import Testing

let january2024 = CalendarDate(year: 2024, month: 1, day: 1) ?? CalendarDate(daysSince1970: 0)

func smallWorld(accounts: Int = 300, months: Int = 12, seed: UInt64 = 7) throws -> World {
  World(
    configuration: try WorldConfiguration(accounts: accounts, months: months, seed: seed, start: january2024))
}

@Suite("World")
struct WorldTests {
  @Test("the same configuration gives the same bytes on one thread and on three")
  func threads() throws {
    let one = try TemporaryFolder()
    let three = try TemporaryFolder()
    let world = try smallWorld(accounts: 5000, months: 2)
    try world.write(toFolder: one.path, threads: 1)
    try world.write(toFolder: three.path, threads: 3)
    let names = try one.fileNames
    #expect(names == (WorldTable.allCases.map(\.fileName) + ["truth.json"]).sorted())
    for name in names { #expect(try one.bytes(name) == three.bytes(name), "\(name)") }
  }

  @Test("another seed gives another world")
  func seeds() throws {
    let first = try smallWorld(seed: 1).history(of: 0).outcomes.map(\.churnLogOdds)
    let second = try smallWorld(seed: 2).history(of: 0).outcomes.map(\.churnLogOdds)
    #expect(first != second)
  }

  @Test("an account doesn't depend on how many come after it")
  func prefix() throws {
    let few = try smallWorld(accounts: 300)
    let many = try smallWorld(accounts: 3000)
    for index in [0, 17, 299] {
      let a = few.history(of: index).outcomes
      let b = many.history(of: index).outcomes
      #expect(a.map(\.churnLogOdds) == b.map(\.churnLogOdds))
      #expect(a.map(\.churned) == b.map(\.churned))
    }
  }

  @Test("churn and expansion stay near 2 % and 3 % a month")
  func rates() throws {
    var churned = 0
    var expanded = 0
    var months = 0
    let world = try smallWorld(accounts: 3000, months: 24, seed: 3)
    for index in 0..<3000 {
      for outcome in world.history(of: index).outcomes {
        months += 1
        churned += outcome.churned ? 1 : 0
        expanded += outcome.expanded == true ? 1 : 0
      }
    }
    #expect((0.015...0.025).contains(Double(churned) / Double(months)))
    #expect((0.02...0.04).contains(Double(expanded) / Double(months)))
  }

  @Test(
    "a configuration outside the ranges is refused",
    arguments: [
      (
        0, 12, january2024,
        SimulationError.outOfRange(parameter: .accounts, value: 0, allowed: 1...100_000_000)
      ),
      (10, 241, january2024, .outOfRange(parameter: .months, value: 241, allowed: 1...240)),
      (10, 12, january2024.adding(days: 1), .startInsideMonth(january2024.adding(days: 1))),
      (
        10, 12, january2024.adding(months: -12 * 100),
        .outOfRange(parameter: .startYear, value: 1924, allowed: 1971...2200)
      ),
    ])
  func refused(accounts: Int, months: Int, start: CalendarDate, error: SimulationError) {
    #expect(throws: error) {
      try WorldConfiguration(accounts: accounts, months: months, seed: 1, start: start)
    }
  }

  @Test("a folder that cannot be written leaves nothing behind")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    // A folder stands where the ninth table should go.
    let target = "\(folder.path)/world"
    try FileManager.default.createDirectory(atPath: "\(target)/book.csv", withIntermediateDirectories: true)
    #expect(throws: OutputError.cannotCreate(file: "\(target)/book.csv", reason: "Is a directory")) {
      try smallWorld().write(toFolder: target, threads: 1)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["book.csv"])

    let file = "\(folder.path)/file"
    try Data().write(to: URL(filePath: file))
    #expect(throws: OutputError.cannotCreate(file: file, reason: "Not a directory")) {
      try smallWorld().write(toFolder: file, threads: 1)
    }
  }

  @Test("progress ends at the number of accounts")
  func progress() throws {
    let folder = try TemporaryFolder()
    var last = 0
    try smallWorld().write(toFolder: folder.path, threads: 2) { last = $0 }
    #expect(last == 300)
  }
}
