import Calendar
import Foundation
import Simulation
import Testing

/// `datasets/world`: the files, their card, and the command that rebuilds them.
@Suite("Shipped world")
struct ShippedWorldTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "datasets/world").path
  static let configuration = (accounts: 450, months: 24, seed: UInt64(2024), start: "2024-01-01")
  static var command: String {
    let (accounts, months, seed, start) = configuration
    return "pulso simulate --accounts \(accounts) --months \(months) --seed \(seed) --start \(start)"
      + " --out datasets/world"
  }

  @Test("rebuilding gives the same bytes")
  func rebuilt() throws {
    let folder = try TemporaryFolder()
    let (accounts, months, seed, start) = Self.configuration
    let world = World(
      configuration: try WorldConfiguration(
        accounts: accounts, months: months, seed: seed, start: #require(CalendarDate(iso8601: start))))
    try world.write(toFolder: folder.path, threads: 2)
    for name in try folder.fileNames {
      let shipped = try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)"))
      #expect(try folder.bytes(name) == shipped, "\(name)")
    }
  }

  @Test("the card says what the files hold: columns, ranges, row counts, SHA-256")
  func card() throws {
    let card = try WorldCard(path: Self.folder, buildCommand: Self.command)
    let path = "\(Self.folder)/README.md"
    guard let shipped = try? String(contentsOfFile: path, encoding: .utf8) else {
      try card.text.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("there was no card; it was written, read it and commit it")
      return
    }
    #expect(shipped == card.text, "delete \(path) and run the test to write it anew")
  }

  @Test("every cell is what the schema says")
  func schema() throws {
    for table in WorldTable.allCases {
      try expectSchema(of: WorldFolder(path: Self.folder).table(table), table)
    }
  }

  @Test("the world is at most 3 MB")
  func size() throws {
    var bytes = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
      bytes += try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)")).count
    }
    #expect(bytes <= 3_000_000)
  }
}
