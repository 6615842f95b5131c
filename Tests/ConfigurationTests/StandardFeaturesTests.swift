import Calendar
import Configuration
import Features
import Foundation
import Simulation
import Tables
import Testing

@Suite("The standard configuration on a simulated world")
struct StandardFeaturesTests {
  private func run(from: String, to: String) throws -> (run: FeatureRun, world: World) {
    let folder = NSTemporaryDirectory() + "pulso-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let start = try #require(CalendarDate(iso8601: "2024-01-01"))
    let world = World(configuration: try WorldConfiguration(accounts: 120, months: 12, seed: 5, start: start))
    _ = try world.write(toFolder: folder, threads: 1)
    var configuration = try Configuration(yaml: "", file: "pulso.yaml")
    configuration.dataFolder = folder
    var tables: [String: Table] = [:]
    for source in configuration.plan.tables {
      tables[source.name] = try Table.read(
        TableLocation(configuration.location(of: source)),
        options: configuration.plan.readOptions(for: source, threads: 1)
      ).table
    }
    let dates = FeatureRequest.dates(
      from: try #require(CalendarDate(iso8601: from)), to: try #require(CalendarDate(iso8601: to)),
      every: .months(1))
    let request = FeatureRequest(asOf: dates, horizon: configuration.horizon)
    return (try configuration.plan.run(request, on: tables), world)
  }

  private func numbers(_ run: FeatureRun, _ column: String) throws -> [Double] {
    guard case .numeric(let values) = try run.table.column(column).values else {
      Issue.record("\(column) is not numeric")
      return []
    }
    return values
  }

  @Test("The facts that outcomes were drawn from come out of the tables, number for number")
  func agreesWithTheSimulation() throws {
    let (run, world) = try run(from: "2024-01-01", to: "2024-12-01")
    guard case .text(let ids) = try run.table.column("account_id").values,
      case .date(let dates) = try run.table.column("as_of").values
    else {
      Issue.record("id and date")
      return
    }
    var row: [String: Int] = [:]
    for index in 0..<run.table.rowCount {
      row["\(ids[index] ?? "")@\(dates.seconds[index] / 86_400)"] = index
    }

    let active = try numbers(run, "active_per_seat_30d")
    let trend = try numbers(run, "sessions_30d_trend")
    let used = try numbers(run, "features_used_90d")
    let urgent = try numbers(run, "urgent_tickets_90d")
    let tickets = try numbers(run, "tickets_90d")
    let nps = try numbers(run, "nps")
    let tone = try numbers(run, "email_tone_90d")
    let content = try numbers(run, "content_completed_90d")
    var compared = 0
    for index in 0..<world.configuration.accounts {
      let history = world.history(of: index)
      for outcome in history.outcomes {
        let key = "\(String(format: "A-%06d", index + 1))@\(outcome.firstDay)"
        let row = try #require(row[key], "\(key) is not in the result")
        func expect(_ value: Double, _ feature: VisibleFeature) {
          #expect(abs(value - outcome.features[feature]) < 1e-9, "\(feature) of \(key)")
        }
        expect(active[row].isNaN ? 0 : active[row], .activePerSeat)
        expect(trend[row], .usageTrend)
        expect(used[row], .featuresUsed)
        expect(urgent[row], .urgentTickets)
        expect(log1p(tickets[row]), .logTickets)
        expect(nps[row].isNaN ? 0 : nps[row] - 7, .lastNPS)
        expect(nps[row].isNaN ? 1 : 0, .noNPS)
        expect(tone[row].isNaN ? 0 : tone[row], .emailTone)
        expect(log1p(content[row]), .logContent)
        compared += 1
      }
    }
    #expect(compared > 700)
    #expect(compared == run.table.rowCount)
  }

  @Test("The simulated tables are clean")
  func isClean() throws {
    let (run, _) = try run(from: "2024-06-01", to: "2024-06-01")
    for finding in run.findings { #expect(finding.isClean, "\(finding)") }
    #expect(run.labels.map(\.name) == ["churned", "expanded"])
    #expect(run.labels.allSatisfy { $0.yes > 0 && $0.no > 0 && $0.blank == 0 })
  }
}
