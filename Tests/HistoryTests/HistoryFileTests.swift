import Calendar
import Foundation
import History
import Segmentation
import Testing

@Suite struct HistoryFileTests {
  let path = NSTemporaryDirectory() + "pulso-history-\(UUID().uuidString).sqlite"

  func row(_ id: String, _ arr: Double) -> Assignment {
    Assignment(
      id: id, arr: arr, importance: nil, need: nil, quadrant: .digitalScale, isQuadrantSure: false,
      pyramidLevel: .techTouch, criteriaTier: .tier3, tier: .tier4, tierScore: nil,
      tierReason: "arr_threshold", coverage: .digital, flags: [])
  }

  func run(_ date: CalendarDate, _ rows: [Assignment], patience: Double = 10) throws {
    var rows = rows
    _ = try History(path: path, access: .write, patience: patience).record(
      Run(date: date, preset: ""), preset: Preset(), assignments: &rows
    ) { _, _ in RunContext() }
  }

  @Test("a history that isn't there, and a file that isn't a history, are named and left alone")
  func identity() throws {
    #expect(throws: HistoryError.missing(path: path)) { try History(path: path, access: .read) }
    try Data("id,arr\na,1\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: HistoryError.notAHistory(path: path)) { try History(path: path, access: .write) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("id,arr\na,1\n".utf8))
  }

  @Test("a folder that isn't there cannot hold a history")
  func cannotCreate() {
    let path = "/nonexistent/folder/history.sqlite"
    #expect {
      try History(path: path, access: .write)
    } throws: { error in
      if case .cannotCreate(path, _) = error as? HistoryError { true } else { false }
    }
  }

  @Test("a second writer waits for its patience and then says so; readers see the run before")
  func secondWriter() throws {
    try run(day("2026-01-01"), [row("a", 1)])
    let history = try History(path: path, access: .write)
    var rows = [row("a", 2)]
    let other = path
    _ = try history.record(
      Run(date: day("2026-01-02"), preset: ""), preset: Preset(), assignments: &rows
    ) { _, _ in
      #expect(throws: HistoryError.locked(path: other, seconds: 0.05)) {
        try run(day("2026-01-03"), [row("a", 3)], patience: 0.05)
      }
      #expect(throws: Never.self) {
        let reader = try History(path: other, access: .read)
        #expect(try reader.lastRun() == day("2026-01-01"))
        #expect(try reader.assignments(asOf: day("2026-01-02")).rows.map(\.arr) == [1])
      }
      return RunContext()
    }
    #expect(try history.lastRun() == day("2026-01-02"))
  }

  @Test("a run that fails leaves nothing behind")
  func failedRun() throws {
    try run(day("2026-01-01"), [row("a", 1)])
    #expect(throws: HistoryError.self) { try run(day("2026-01-02"), [row("b", 1), row("b", 2)]) }
    let history = try History(path: path, access: .read)
    #expect(try history.lastRun() == day("2026-01-01"))
    #expect(try history.assignments(asOf: day("2026-01-02")).rows.map(\.id) == ["a"])
  }

  @Test("365 nights: the file grows by the changes alone")
  func manyNights() throws {
    let start = day("2026-01-01")
    var sizes: [Int] = []
    for night in 0..<365 {
      let rows = (0..<50).map { row("a\($0)", $0 == night % 50 ? Double(night) : 1) }
      try run(start.adding(days: night), rows)
      if night % 91 == 90 {
        sizes.append(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
      }
    }
    let growth = zip(sizes, sizes.dropFirst()).map { $1 - $0 }
    #expect(growth.allSatisfy { $0 < 60_000 })
    let history = try History(path: path, access: .read)
    for night in [0, 100, 363] {
      let rows = try history.assignments(asOf: start.adding(days: night)).rows
      #expect(rows.first { $0.id == "a\(night % 50)" }?.arr == Double(night))
    }
  }
}
