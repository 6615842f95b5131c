import Calendar
import Configuration
import Features
import Foundation
import Tables
import Testing

@Suite("pulso.yaml")
struct ConfigurationLoadTests {
  private func load(_ text: String) throws -> Configuration {
    try Configuration(yaml: text, file: "pulso.yaml")
  }

  @Test("The file that init writes says exactly what holds without a file")
  func initFileEqualsDefaults() throws {
    let written = try load(Configuration.standardText)
    let absent = try load("")
    #expect(written.plan == absent.plan)
    #expect(written.models == absent.models)
    #expect(written.bands == absent.bands)
    #expect(written.horizon == absent.horizon)
    #expect(written.reasons == absent.reasons)
    #expect(written.actionable == absent.actionable)
    #expect(written.language == absent.language)
    #expect(written.dataFolder == absent.dataFolder)
    #expect(written.segment == nil)
  }

  @Test("What advice is about by default are columns that the default features make")
  func actionableColumnsExist() throws {
    let configuration = try load("")
    let made = (configuration.plan.features ?? []).flatMap(\.outputNames)
    #expect(Set(configuration.actionable).isSubset(of: made))
    #expect(Set(made).count == made.count)
  }

  @Test("Every section reads")
  func everything() throws {
    let c = try load(
      """
      lang: es
      data: tables
      horizon: 12w
      onboarding_days: 60
      tables:
        customers: {role: accounts, id: id, start: since}
        contracts: {role: subscriptions, account: id, start: from, end: until, mrr: money}
        logins: {file: "sqlite:x.db?table=l", account: contract, through: contracts, date: day, where: kind = a}
        calls: {known_at: noted}
      features:
        account:
          attributes: [country]
          money: {table: contracts, aggregate: sum, column: money, windows: running, trend: difference, lag: 1mo}
        usage:
          logins: {table: logins, aggregate: count, windows: [30d, first_90d], per: money}
      labels:
        churned: {when: event, table: calls, where: reason = bye, horizon: 1y}
        expanded: false
      outcomes:
        said so: {table: calls, where: reason = bye}
      models:
        churn: {target: churned, lambda: 1se, class_weight: balanced, bounds: {logins_30d: negative}}
      reasons: 5
      bands: {red: 50, green: 75}
      actionable: [logins_30d]
      segment: {preset: eur-20k}
      """)
    #expect(c.language == .es)
    #expect(c.dataFolder == "tables")
    #expect(c.horizon == .days(84))
    #expect(c.plan.onboardingDays == 60)
    #expect(c.plan.tables.map(\.role) == [.accounts, .subscriptions, .events, .events])
    #expect(
      c.plan.tables.map { c.location(of: $0) }[1...2] == ["tables/contracts.csv", "sqlite:x.db?table=l"])
    #expect(c.plan.tables[2].through == "contracts")
    #expect(c.plan.tables[3].knownAt == "noted")
    let features = try #require(c.plan.features)
    #expect(
      features.flatMap(\.outputNames) == [
        "country", "money", "money_trend", "logins_30d", "logins_first_90d",
      ])
    #expect(features[1].lag == .months(1))
    #expect(c.plan.churned?.horizon == .months(12))
    #expect(c.plan.expanded == nil)
    #expect(c.plan.outcomes.map(\.name) == ["said so"])
    #expect(c.models.map(\.name) == ["churn"])
    #expect(c.models[0].lambda == "1se" && c.models[0].classWeight == "balanced")
    #expect(c.models[0].bounds == ["logins_30d": -1])
    #expect(c.reasons == 5)
    #expect(c.bands.red == 50 && c.bands.high == 3)
    var segment = try #require(c.segment)
    #expect(try segment.string("preset") == "eur-20k")
    try segment.finish()
  }

  @Test("With tables of one's own and no features, features are made from what the tables have")
  func ownTablesWithoutFeatures() throws {
    let c = try load("tables: {customers: {role: accounts, id: id}}")
    #expect(c.plan.features == nil)
    #expect(c.actionable.isEmpty)
  }

  @Test(
    "a mistake is named with its line and dotted key",
    arguments: [
      ("reason: 3", 1, "reason"), ("tables:\n  usage: {data: day}", 2, "tables.usage.data"),
      ("features:\n  usages: {}", 2, "features.usages"),
      ("features:\n  usage:\n    x: {table: usage, agregate: count}", 3, "features.usage.x.agregate"),
      ("features:\n  usage:\n    x: {table: usage, aggregate: cuont}", 3, "features.usage.x.aggregate"),
      (
        "features:\n  usage:\n    x: {table: usage, aggregate: count, windows: 30}", 3,
        "features.usage.x.windows"
      ),
      ("features:\n  usage:\n    x: {table: usage}", 3, "features.usage.x.aggregate"),
      ("features:\n  usage:\n    x: {aggregate: count}", 3, "features.usage.x.table"),
      ("features:\n  usage:\n    x: {table: usage, aggregate: share}", 3, "features.usage.x.where"),
      (
        "features:\n  usage:\n    x: {table: usage, aggregate: count, trend: difference}", 3,
        "features.usage.x.lag"
      ),
      (
        "features:\n  usage:\n    x: {table: usage, aggregate: count, where: a ~ b}", 3,
        "features.usage.x.where"
      ),
      ("labels:\n  churned: {when: event}", 2, "labels.churned.table"),
      ("labels:\n  churned: {when: never}", 2, "labels.churned.when"),
      ("labels:\n  expanded: {growth: -1}", 2, "labels.expanded.growth"),
      ("models:\n  churn: {role: risk}", 2, "models.churn.target"),
      ("models:\n  churn: {target: churned, lambdas: 1}", 2, "models.churn.lambdas"),
      ("models:\n  churn: {target: t, bounds: {a: up}}", 2, "models.churn.bounds.a"),
      ("bands: {red: 80}", 1, "bands.red"), ("horizon: 90", 1, "horizon"), ("lang: fr", 1, "lang"),
      ("outcomes:\n  x: {where: a = b}", 2, "outcomes.x.table"),
    ])
  func mistakes(text: String, line: Int, key: String) {
    do {
      _ = try load(text)
      Issue.record("no error for \(text)")
    } catch let error as ConfigurationError {
      switch error {
      case .unknownKey(_, _, let place), .wrongType(_, _, let place), .invalidValue(_, _, let place),
        .missingKey(let place):
        #expect(place == SourcePlace(file: "pulso.yaml", line: line, column: key))
      case .missingFile, .unreadable, .syntax: Issue.record("\(error)")
      }
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("Tables lie beside the configuration, or where the command says")
  func dataFolder() throws {
    let folder = NSTemporaryDirectory() + "pulso-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("data: in".utf8).write(to: URL(fileURLWithPath: "\(folder)/a.yaml"))
    let beside = try Configuration.load("\(folder)/a.yaml")
    #expect(beside.location(of: beside.plan.tables[0]) == "\(folder)/in/accounts.csv")
    let elsewhere = try Configuration.load("\(folder)/a.yaml", dataFolder: "/data")
    #expect(elsewhere.location(of: elsewhere.plan.tables[0]) == "/data/accounts.csv")
    #expect(throws: ConfigurationError.missingFile(path: "\(folder)/b.yaml")) {
      try Configuration.load("\(folder)/b.yaml")
    }
    #expect(throws: ConfigurationError.unreadable(path: folder, reason: "it is a folder")) {
      try Configuration.load(folder)
    }
    try Data([0xff, 0xfe, 0x41]).write(to: URL(fileURLWithPath: "\(folder)/c.yaml"))
    #expect(throws: ConfigurationError.unreadable(path: "\(folder)/c.yaml", reason: "it is not UTF-8 text")) {
      try Configuration.load("\(folder)/c.yaml")
    }
  }
}
