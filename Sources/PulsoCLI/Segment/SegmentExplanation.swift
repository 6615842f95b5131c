import Reporting
import Segmentation
import Tables

/// The arithmetic of one account on one screen: a line a criterion, the total, the cut-offs.
struct SegmentExplanation {
  let explanation: Explanation
  let segmentation: Segmentation
  let language: Language

  init(
    _ id: String, _ input: SegmentInput, _ segmenter: Segmenter, _ segmentation: Segmentation,
    language: Language
  ) throws {
    guard let index = segmentation.assignments.firstIndex(where: { $0.id == id }) else {
      throw CommandError(.badData, "no account \(id) in the table", hint: "ids are compared letter by letter")
    }
    let (account, scores) = input.subject(index)
    explanation = try segmenter.explain(
      segmentation.assignments[index], account, scores, cuts: segmentation.cuts)
    self.segmentation = segmentation
    self.language = language
  }

  private var numbers: LocalNumbers { LocalNumbers(language: language) }

  private func say(_ english: String, _ spanish: String) -> String {
    Phrase(english, es: spanish).text(in: language)
  }

  private func number(_ value: Double?) -> String { numbers.decimal(value, places: 2) }

  var text: String {
    let assignment = explanation.assignment
    let arr = assignment.arr.map { "\(numbers.whole($0)) \(segmentation.preset.currency)" } ?? "–"
    var places = TextTable()
    places.add(["ARR", arr])
    places.add([
      say("quadrant", "cuadrante"),
      assignment.quadrant.label.text(in: language)
        + (assignment.isQuadrantSure ? "" : say(" (unsure)", " (dudoso)")),
    ])
    places.add([say("pyramid", "pirámide"), assignment.pyramidLevel.label.text(in: language)])
    places.add([say("three criteria", "tres criterios"), assignment.criteriaTier.numbered.text(in: language)])
    places.add([say("tier", "nivel"), "\(assignment.tier.code) (\(assignment.tierReason))"])
    places.add([say("coverage", "cobertura"), assignment.coverage.label.text(in: language)])
    if !assignment.flags.isEmpty {
      places.add([say("flags", "marcas"), assignment.flags.codes.joined(separator: ", ")])
    }
    if let expansion = explanation.expansion {
      places.add([
        say("expansion", "expansión"),
        "\(expansion.level.label.text(in: language)), \(number(explanation.expansionPoints)) (\(expansion.source.rawValue))",
      ])
    }
    if let value = explanation.potentialAdjustedValue {
      places.add([say("potential-adjusted value", "valor ajustado por potencial"), numbers.whole(value)])
    }
    if let evidence = explanation.fitEvidence {
      places.add([say("fit evidence", "evidencia de encaje"), "\(evidence.count) / 3"])
    }
    return
      "\(assignment.id)\n\(places.text)\n\n\(scorecard)\n\n\(axis(importance: true))\n\n\(axis(importance: false))\n"
  }

  private var scorecard: String {
    var grid = TextTable(numbers: [1, 2, 3])
    grid.add([
      say("scorecard", "scorecard"), say("sub-score", "subpuntuación"), say("x weight %", "x peso %"),
      say("= points", "= puntos"),
    ])
    for line in explanation.scorecard {
      let weight =
        line.effectiveWeight == line.weight || line.subScore == nil
        ? number(line.weight) : "\(number(line.weight)) → \(number(line.effectiveWeight))"
      grid.add([line.code, number(line.subScore), weight, number(line.points)])
    }
    grid.add([say("total", "total"), "", "", number(explanation.assignment.tierScore)])
    let cuts = zip(segmentation.preset.tiers, segmentation.cuts.cutOffs).map { "\($0.code) >= \(number($1))" }
    return grid.text + "\n" + say("cut-offs: ", "cortes: ") + cuts.joined(separator: ", ")
  }

  private func axis(importance: Bool) -> String {
    let parts = importance ? explanation.importance : explanation.need
    let value = importance ? explanation.assignment.importance : explanation.assignment.need
    let cut = importance ? segmentation.cuts.importance : segmentation.cuts.need
    var grid = TextTable(numbers: [1, 2])
    grid.add([
      importance ? say("importance", "importancia") : say("need", "necesidad"), "0–100",
      say("weight %", "peso %"),
    ])
    for part in parts { grid.add([part.code, number(part.value), number(part.weight)]) }
    grid.add([
      say("value (high from \(number(cut)))", "valor (alto desde \(number(cut)))"), number(value), "",
    ])
    return grid.text
  }
}

/// Who moves under another preset, on one screen.
struct ComparisonScreen {
  let comparison: Comparison
  let other: String
  let language: Language
  /// Moves shown; the rest is counted.
  private let shown = 20

  init(comparison: Comparison, other: String, language: Language) {
    self.comparison = comparison
    self.other = other
    self.language = language
  }

  var text: String {
    let numbers = LocalNumbers(language: language)
    func say(_ english: String, _ spanish: String) -> String {
      Phrase(english, es: spanish).text(in: language)
    }
    func total(_ total: Comparison.Total) -> String {
      "\(numbers.whole(total.accounts)) (\(numbers.whole(total.arr)) ARR)"
    }
    var lines = [
      say(
        "with \(other): up \(total(comparison.up)), down \(total(comparison.down)), another quadrant \(total(comparison.quadrantMoves))",
        "con \(other): suben \(total(comparison.up)), bajan \(total(comparison.down)), otro cuadrante \(total(comparison.quadrantMoves))"
      )
    ]
    var grid = TextTable(numbers: [1])
    for move in comparison.tierMoves.prefix(shown) {
      let cause =
        switch move.cause {
        case .reason(let from, let to): "\(from) → \(to)"
        case .score(let from, let to):
          say("score ", "puntuación ")
            + "\(numbers.decimal(from, places: 2)) → \(numbers.decimal(to, places: 2))"
        case .cut: say("cut-off", "corte")
        }
      grid.add([move.id, numbers.whole(move.arr), "\(move.from.code) → \(move.to.code)", cause])
    }
    if !comparison.tierMoves.isEmpty { lines.append(grid.text) }
    let rest = comparison.tierMoves.count - shown
    if rest > 0 { lines.append(say("… and \(rest) more", "… y \(rest) más")) }
    return lines.joined(separator: "\n") + "\n"
  }
}
