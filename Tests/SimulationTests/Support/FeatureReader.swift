import Foundation
import Simulation
import Tables

/// The visible features computed from the CSV files, by their definitions in `truth.json` and by nothing else:
/// slow and plain, a full pass over the account's rows for each feature.
struct FeatureReader {
  private var accounts: [String: Rows] = [:]

  private struct Rows {
    var start = 0
    var periods: [(from: Int, to: Int?, plan: String, seats: Double, billing: String)] = []
    var usage: [(day: Int, feature: String, active: Double, sessions: Double)] = []
    var tickets: [(day: Int, priority: String)] = []
    var sentiment: [(day: Int, kind: String, value: Double)] = []
    var content: [(day: Int, completed: Bool)] = []
  }

  init(_ world: WorldFolder) throws {
    let table = try world.table(.accounts)
    let starts = try table.days("start_date")
    for (row, id) in try table.text("account_id").enumerated() {
      accounts[id ?? "", default: Rows()].start = starts[row] ?? 0
    }
    try readSubscriptions(world.table(.subscriptions))
    try readSignals(world)
  }

  private mutating func readSubscriptions(_ table: Table) throws {
    let from = try table.days("start_date")
    let to = try table.days("end_date")
    let plan = try table.text("plan")
    let seats = try table.numbers("seats")
    let billing = try table.text("billing")
    for (row, id) in try table.text("account_id").enumerated() {
      accounts[id ?? "", default: Rows()].periods.append(
        (from[row] ?? 0, to[row], plan[row] ?? "", seats[row], billing[row] ?? ""))
    }
  }

  private mutating func readSignals(_ world: WorldFolder) throws {
    let usage = try world.table(.usage)
    let (days, features) = (try usage.days("date"), try usage.text("feature"))
    let (active, sessions) = (try usage.numbers("active_users"), try usage.numbers("sessions"))
    for (row, id) in try usage.text("account_id").enumerated() {
      accounts[id ?? "", default: Rows()].usage.append(
        (days[row] ?? 0, features[row] ?? "", active[row], sessions[row]))
    }
    let tickets = try world.table(.tickets)
    let (opened, priorities) = (try tickets.days("opened_at"), try tickets.text("priority"))
    for (row, id) in try tickets.text("account_id").enumerated() {
      accounts[id ?? "", default: Rows()].tickets.append((opened[row] ?? 0, priorities[row] ?? ""))
    }
    let sentiment = try world.table(.sentiment)
    let (heard, kinds) = (try sentiment.days("date"), try sentiment.text("kind"))
    let values = try sentiment.numbers("value")
    for (row, id) in try sentiment.text("account_id").enumerated() {
      accounts[id ?? "", default: Rows()].sentiment.append((heard[row] ?? 0, kinds[row] ?? "", values[row]))
    }
    let content = try world.table(.content)
    let (viewed, completed) = (try content.days("date"), try content.flags("completed"))
    for (row, id) in try content.text("account_id").enumerated() {
      accounts[id ?? "", default: Rows()].content.append((viewed[row] ?? 0, completed[row]))
    }
  }

  func features(of account: String, on day: Int) -> [String: Double] {
    guard let rows = accounts[account] else { return [:] }
    func within(_ days: Int, _ date: Int) -> Bool { date >= day - days && date < day }
    let terms = rows.periods.last { $0.from <= day && ($0.to.map { $0 > day } ?? true) }
    let core = rows.usage.filter { within(30, $0.day) && $0.feature == "core" }
    let sessions = rows.usage.filter { within(30, $0.day) }.map(\.sessions).reduce(0, +)
    let before = rows.usage.filter { within(60, $0.day) && !within(30, $0.day) }.map(\.sessions).reduce(0, +)
    let tickets = rows.tickets.filter { within(90, $0.day) }
    let nps = rows.sentiment.filter { $0.kind == "nps" && $0.day < day }.max { $0.day < $1.day }
    let tones = rows.sentiment.filter { $0.kind == "email_tone" && within(90, $0.day) }.map(\.value)
    let completed = rows.content.count { $0.completed && within(90, $0.day) }
    let seats = terms?.seats ?? 0
    return [
      "active_per_seat_30d": core.isEmpty
        ? 0 : core.map(\.active).reduce(0, +) / Double(core.count) / seats,
      "usage_trend_30d": log((1 + sessions) / (1 + before)),
      "features_used_90d": Double(Set(rows.usage.filter { within(90, $0.day) }.map(\.feature)).count),
      "urgent_tickets_90d": Double(tickets.count { $0.priority == "urgent" }),
      "log1p_tickets_90d": log(1 + Double(tickets.count)),
      "nps_last_minus_7": nps.map { $0.value - 7 } ?? 0,
      "nps_missing": nps == nil ? 1 : 0,
      "email_tone_90d": tones.isEmpty ? 0 : tones.reduce(0, +) / Double(tones.count),
      "log1p_content_completed_90d": log(1 + Double(completed)),
      "in_onboarding": day - rows.start < 90 ? 1 : 0,
      "billing_annual": terms?.billing == "annual" ? 1 : 0,
      "plan_starter": terms?.plan == "starter" ? 1 : 0,
      "plan_enterprise": terms?.plan == "enterprise" ? 1 : 0,
      "plan_legacy": terms?.plan == "legacy" ? 1 : 0,
    ]
  }
}
