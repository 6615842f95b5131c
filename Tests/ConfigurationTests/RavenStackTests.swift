import Calendar
import Configuration
import Features
import Foundation
import Tables
import Testing

/// The five raw tables of RavenStack, which are not part of the project: the folder `shared` beside the
/// package, or what PULSO_SHARED names. Without them the suite below is skipped, and the run says so.
private let ravenStack: String? = {
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let shared =
    ProcessInfo.processInfo.environment["PULSO_SHARED"]
    ?? package.deletingLastPathComponent().appendingPathComponent("shared").path
  let folder = "\(shared)/data/ravenstack"
  guard FileManager.default.fileExists(atPath: "\(folder)/accounts.csv") else {
    print("SKIPPED: RavenStack tests, there is no \(folder)")
    return nil
  }
  return folder
}()

@Suite("Raw tables of RavenStack run with datasets/examples/ravenstack.yaml", .enabled(if: ravenStack != nil))
struct RavenStackTests {
  private func run(_ date: String) throws -> FeatureRun {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder: String = try #require(ravenStack)
    let configuration = try Configuration.load(
      package.appendingPathComponent("datasets/examples/ravenstack.yaml").path,
      dataFolder: folder)
    var tables: [String: Table] = [:]
    for source in configuration.plan.tables {
      tables[source.name] = try Table.read(
        TableLocation(configuration.location(of: source)),
        options: configuration.plan.readOptions(for: source, threads: 1)
      ).table
    }
    let asOf = try #require(CalendarDate(iso8601: date))
    return try configuration.plan.run(
      FeatureRequest(asOf: [asOf], horizon: configuration.horizon), on: tables)
  }

  private func numbers(_ run: FeatureRun, _ column: String) throws -> [Double] {
    guard case .numeric(let values) = try run.table.column(column).values else { return [] }
    return values.filter { !$0.isNaN }
  }

  @Test("Features and labels sum to what Reference/ravenstack.py works out")
  func features() throws {
    let run = try run("2024-06-01")
    #expect(run.table.rowCount == 310)
    #expect(try numbers(run, "mrr").reduce(0, +) == 3_316_249)
    #expect(try numbers(run, "usage_90d").reduce(0, +) == 19_399)
    #expect(try numbers(run, "features_used_90d").reduce(0, +) == 1772)
    #expect(try numbers(run, "csat_180d").count == 139)
    #expect(run.labels.map(\.yes) == [73, 208])
  }

  @Test(
    "DAT-07 usage dated before its subscription, repeated ids and three disagreeing definitions are counted")
  func findings() throws {
    let run = try run("2024-06-01")
    let usage = try #require(run.findings.first { $0.table == "usage" })
    #expect(usage.duplicateIDs == 21)
    #expect(usage.beforeStart == 19_142)
    #expect(usage.afterEnd == 290)
    #expect(run.findings.first { $0.table == "tickets" }?.beforeStart == 1077)
    #expect(
      run.agreements.map { [$0.both, $0.onlyFirst, $0.onlySecond, $0.neither] }
        == [[72, 38, 240, 150], [75, 35, 277, 113], [227, 85, 125, 63]])
  }
}
