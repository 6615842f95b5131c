import Features
import Foundation
import ModelFile
import Reporting
import Scoring
import Tables

/// One account under one model, told in words or as JSON.
struct AccountExplanation {
  private let model: Model
  private let score: Score
  /// Calibrated log-odds of the mean account of training.
  private let meanLogOdds: Double
  private let remedy: Remedy?
  private let hasActionable: Bool
  /// Since an earlier table.
  var change: ScoreChange?

  init(_ scorer: Scorer, book: Table, row: Int, actionable: [String]) throws {
    model = scorer.model
    let account = try scorer.row(row, of: book)
    score = try scorer.score(account)
    meanLogOdds = scorer.meanLogOdds
    hasActionable = !actionable.isEmpty && model.role == .risk
    let usable = actionable.filter { name in scorer.inputs.contains { $0.name == name } }
    remedy =
      hasActionable
      ? try scorer.smallestRemedy(for: account, health: model.bands.redBelow, actionable: usable, book: book)
      : nil
  }

  var text: String {
    var lines = [headline]
    var rows = [["mean account", Self.signed(meanLogOdds)]]
    rows += score.reasons.map { [$0.term, Self.signed($0.logOdds)] }
    rows.append(["log-odds", Self.signed(meanLogOdds + score.reasons.reduce(0) { $0 + $1.logOdds })])
    lines.append(TextTable(["part", "log-odds"], rows, numbers: [1]).text)
    if let change { lines.append("\n" + Self.text(change)) }
    if let remedy {
      let changes = remedy.changes.map { "\($0.input) from \(Self.word($0.from)) to \(Self.word($0.to))" }
      lines.append(
        "no longer red with \(changes.joined(separator: " and ")): health \(ShowModel.digits(remedy.health))")
    } else if hasActionable, score.band == .red {
      lines.append("no change of one or two of the actionable columns takes it out of the red")
    }
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    var text =
      "\(model.name): \(model.target) = \(model.positive) with probability \(percent(score.probability))"
    if let interval = score.interval { text += " (\(percent(interval.low)) to \(percent(interval.high)))" }
    text += ", usual \(percent(model.eventRate))"
    if let health = score.health, let band = score.band {
      text += ", health \(ShowModel.digits(health)), \(band.rawValue)"
    }
    if let band = score.expansionBand { text += ", \(band.rawValue)" }
    if let bands = score.bandProbabilities {
      text += " (medium \(percent(bands.medium)), low \(percent(bands.low)))"
    }
    return text
  }

  /// Then, what the data did part by part, what the model and the thresholds did, and now.
  private static func text(_ change: ScoreChange) -> String {
    func state(_ name: String, _ change: Double?, _ state: ScoreChange.State) -> [String] {
      [
        name, change.map(signed) ?? "", signed(state.logOdds),
        ShowModel.digits(100 * state.probability) + " %",
        state.health.map(ShowModel.digits) ?? "", state.band ?? "",
      ]
    }
    var rows = [state("then", nil, change.before)]
    rows += change.parts.map { ["  \($0.term)", signed($0.change), "", "", "", ""] }
    if change.bend.magnitude > 1e-9 { rows.append(["  (calibration)", signed(change.bend), "", "", "", ""]) }
    rows += [
      state("data", change.data, change.withData), state("model", change.model, change.withModel),
      state("thresholds", 0, change.now),
    ]
    return TextTable(
      ["since then", "change", "log-odds", "probability", "health", "band"], rows, numbers: [1, 2, 3, 4]
    ).text
  }

  static func json(_ explanations: [AccountExplanation], account: String) -> String {
    var json = JSONText()
    json.object { json in
      json.string("account", account)
      json.array("models") { json in
        for explanation in explanations { json.object { explanation.write(to: &$0) } }
      }
    }
    return json.text
  }

  private func write(to json: inout JSONText) {
    json.string("model", model.name)
    json.string("role", model.role.rawValue)
    json.number("probability", score.probability)
    if let interval = score.interval {
      json.number("low", interval.low)
      json.number("high", interval.high)
    }
    if let health = score.health { json.number("health", health) }
    if let band = score.band { json.string("band", band.rawValue) }
    if let band = score.expansionBand { json.string("expansion_band", band.rawValue) }
    if let bands = score.bandProbabilities {
      json.number("expansion_p_medium", bands.medium)
      json.number("expansion_p_low", bands.low)
    }
    json.number("mean_log_odds", meanLogOdds)
    json.array("parts") { json in
      for reason in score.reasons {
        json.object(inline: true) { json in
          json.string("term", reason.term)
          json.number("log_odds", reason.logOdds)
        }
      }
    }
    if let change { Self.write(change, to: &json) }
    guard let remedy else { return }
    json.object("remedy") { json in
      json.number("probability", remedy.probability)
      json.number("health", remedy.health)
      json.array("changes") { json in
        for change in remedy.changes {
          json.object(inline: true) { json in
            json.string("input", change.input)
            json.string("from", Self.word(change.from))
            json.string("to", Self.word(change.to))
          }
        }
      }
    }
  }

  private static func write(_ change: ScoreChange, to json: inout JSONText) {
    func state(_ name: String, _ state: ScoreChange.State, _ json: inout JSONText) {
      json.object(name, inline: true) { json in
        json.number("log_odds", state.logOdds)
        json.number("probability", state.probability)
        if let health = state.health { json.number("health", health) }
        if let band = state.band { json.string("band", band) }
      }
    }
    json.object("change") { json in
      state("before", change.before, &json)
      state("with_data", change.withData, &json)
      state("with_model", change.withModel, &json)
      state("now", change.now, &json)
      json.number("data", change.data)
      json.number("model", change.model)
      json.array("parts") { json in
        for part in change.parts {
          json.object(inline: true) { json in
            json.string("term", part.term)
            json.number("before", part.before)
            json.number("now", part.now)
          }
        }
      }
    }
  }

  private func percent(_ share: Double) -> String {
    String(format: "%.*f %%", share < 0.01 ? 2 : 1, 100 * share)
  }

  private static func signed(_ value: Double) -> String { String(format: "%+.3f", value) }

  private static func word(_ value: AccountValue) -> String {
    switch value {
    case .number(let number): ShowModel.digits(number)
    case .text(let text): text
    case .boolean(let flag): "\(flag)"
    case .missing: "missing"
    }
  }
}
