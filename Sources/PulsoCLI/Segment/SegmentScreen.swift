import Reporting
import Segmentation

/// The result of `pulso segment` on one screen: the matrix, the tiers against their targets, what pyramid and
/// matrix disagree on, and notes.
struct SegmentScreen {
  let segmentation: Segmentation
  let summary: Summary
  let notes: [BookNote]
  /// Nil says nothing about it.
  var advice: SystemAdvice?
  let language: Language

  private var numbers: LocalNumbers { LocalNumbers(language: language) }

  private func say(_ english: String, _ spanish: String) -> String {
    Phrase(english, es: spanish).text(in: language)
  }

  var text: String {
    [heading, matrix, tiers, disagreements, adviceLine, noteLines].filter { !$0.isEmpty }.joined(
      separator: "\n\n") + "\n"
  }

  private var heading: String {
    let preset = segmentation.preset
    let arr = numbers.whole(summary.arr)
    let mode =
      switch preset.mode {
      case .segment: ""
      case .nbv:
        say(
          "; mode nbv: tiers are told, the situation alone decides coverage",
          "; modo nbv: los niveles se muestran, solo la situación decide la cobertura")
      case .hybrid:
        say(
          "; mode hybrid: tiers propose, need may ask for more",
          "; modo hybrid: los niveles proponen, la necesidad puede pedir más")
      }
    return say(
      "\(numbers.whole(summary.accounts)) \(summary.accounts == 1 ? "account" : "accounts"), \(arr) \(preset.currency) ARR, preset \(preset.name)\(mode)",
      "\(numbers.whole(summary.accounts)) \(summary.accounts == 1 ? "cuenta" : "cuentas"), \(arr) \(preset.currency) de ARR, preset \(preset.name)\(mode)"
    )
  }

  var matrix: String {
    let need = segmentation.preset.matrix.need.riskCut.map { 100 * $0 } ?? segmentation.cuts.need
    let (importance, cut) = (numbers.decimal(segmentation.cuts.importance), numbers.decimal(need))
    var grid = TextTable()
    grid.add(["", say("need < \(cut)", "necesidad < \(cut)"), say("need >= \(cut)", "necesidad >= \(cut)")])
    for isImportant in [true, false] {
      let pair = [
        Quadrant(isImportant: isImportant, isNeedy: false), Quadrant(isImportant: isImportant, isNeedy: true),
      ]
      let sign = isImportant ? ">=" : "<"
      grid.add(
        [say("importance \(sign) \(importance)", "importancia \(sign) \(importance)")]
          + pair.map { $0.label.text(in: language) })
      grid.add([""] + pair.map(cell))
    }
    return grid.text
  }

  private func cell(_ quadrant: Quadrant) -> String {
    guard let group = summary.quadrants.first(where: { $0.quadrant == quadrant })?.group else { return "" }
    let count = numbers.whole(group.unsure)
    let unsure = group.unsure == 0 ? "" : say(", \(count) unsure", ", \(count) dudosas")
    return "\(numbers.whole(group.accounts))\(unsure) · \(numbers.whole(group.arr))"
  }

  private var tiers: String {
    let preset = segmentation.preset
    var grid = TextTable(numbers: [2, 3, 5, 6])
    grid.add([
      say("tier", "nivel"), "", say("accounts", "cuentas"), "%", say("target", "objetivo"), "ARR", "%",
      say("target", "objetivo"),
    ])
    for (index, (tier, group)) in summary.tiers.enumerated() {
      let target = preset.targets[index]
      grid.add(
        [tier.code, tier.label(in: preset).text(in: language)]
          + [numbers.whole(group.accounts)] + share(summary.accountShare(group), target.accounts)
          + [numbers.whole(group.arr)] + share(summary.arrShare(group), target.arr))
    }
    return grid.text
  }

  private func share(_ value: Double, _ target: ClosedRange<Double>?) -> [String] {
    let percent = numbers.decimal(value)
    guard let target, let standing = Summary.standing(value, in: target) else { return [percent, ""] }
    let range =
      target.lowerBound == target.upperBound
      ? target.lowerBound.inWords : "\(target.lowerBound.inWords)–\(target.upperBound.inWords)"
    return switch standing {
    case .inRange: [percent, "\(range) ✓"]
    case .above: [percent, "\(range) ↑"]
    case .below: [percent, "\(range) ↓"]
    }
  }

  private var disagreements: String {
    let known = summary.disagreements.filter { $0.group.accounts > 0 }
    guard !known.isEmpty else { return "" }
    var grid = TextTable(numbers: [1, 2])
    grid.add([say("pyramid and matrix disagree on", "la pirámide y la matriz discrepan en"), "", "ARR"])
    for (reason, group) in known {
      let label =
        switch reason {
        case .hiddenPotential: say("hidden potential", "potencial oculto")
        case .underServed: say("under-served", "desatendidas")
        case .overServed: say("over-served", "sobreatendidas")
        }
      grid.add([label, numbers.whole(group.accounts), numbers.whole(group.arr)])
    }
    return grid.text
  }

  private var adviceLine: String {
    guard let advice else { return "" }
    let reasons = advice.reasons.map { sentence($0, advice) }.joined(separator: ", ")
    let system = advice.system == .matrix ? say("the matrix", "la matriz") : say("the pyramid", "la pirámide")
    var line = say(
      "what this book is ready for: \(system) (\(reasons))",
      "esta cartera está lista para \(system) (\(reasons))")
    if !advice.missing.isEmpty {
      let missing = advice.missing.map { evidence in
        switch evidence {
        case .usage: say("usage of seats or modules", "uso de licencias o módulos")
        case .health: say("health", "salud")
        case .tickets: say("support tickets", "tickets de soporte")
        }
      }.joined(separator: ", ")
      line += say("; the matrix lacks \(missing)", "; a la matriz le faltan datos de \(missing)")
    }
    return line
  }

  private func sentence(_ reason: SystemAdvice.Reason, _ advice: SystemAdvice) -> String {
    switch reason {
    case .fewAccounts:
      advice.accounts == 1
        ? say("only one account", "una sola cuenta")
        : say("only \(advice.accounts) accounts", "solo \(advice.accounts) cuentas")
    case .fewManagers: say("fewer than two managers", "menos de dos CSM")
    case .simpleProduct: say("a product of one module", "un producto de un solo módulo")
    case .largeBook: say("a large book", "una cartera grande")
    case .needIsMeasured: say("usage, health and support are on record", "uso, salud y soporte constan")
    case .needIsNotMeasured: say("need is measured in part only", "la necesidad solo se mide en parte")
    }
  }

  private var noteLines: String {
    notes.map { "- \(sentence($0))" }.joined(separator: "\n")
  }

  private func sentence(_ note: BookNote) -> String {
    let currency = segmentation.preset.currency
    switch note {
    case .boundsDoNotFit(let mean, let top, let proposed):
      let cuts = proposed.map(numbers.whole).joined(separator: " / ")
      return say(
        "the mean ARR is \(numbers.whole(mean)) \(currency), so a top bound of \(numbers.whole(top)) says little here; "
          + "groups of 20, 50 and 30 % begin at \(cuts): --preset pct-20-50-30",
        "el ARR medio es \(numbers.whole(mean)) \(currency), así que un umbral de \(numbers.whole(top)) dice poco; "
          + "grupos del 20, 50 y 30 % empiezan en \(cuts): --preset pct-20-50-30")
    case .topOverPopulated(let share, let target):
      let range = "\(target.lowerBound.inWords)-\(target.upperBound.inWords)%"
      return say(
        "T1 over-populated: \(numbers.decimal(share))% vs \(range): where everything is first, nothing is",
        "T1 sobrepoblado: \(numbers.decimal(share))% frente a \(range): si todo es prioritario, nada lo es")
    case .arrOnly:
      return say(
        "segmenting by ARR only: add expansion, strategic fit or scores",
        "segmentación solo por ARR: añada expansión, encaje estratégico o puntuaciones")
    case .noPredictions:
      return say("no model: rules only", "sin modelo: solo reglas")
    case .noARR:
      return say(
        "no ARR is known, so tiers rest on designations alone; name the column under segment.columns.arr",
        "no se conoce el ARR; indique la columna en segment.columns.arr")
    case .cutOffsForTargets(let cutOffs):
      let list = cutOffs.map { numbers.decimal($0, places: 2) }.joined(separator: " / ")
      return say(
        "scorecard cut-offs of \(list) would bring every tier into its target: --preset \(segmentation.preset.name)+cut-offs-targets",
        "con cortes de \(list) cada nivel alcanzaría su objetivo: --preset \(segmentation.preset.name)+cut-offs-targets"
      )
    case .targetsOutOfReach(let tied):
      let ties =
        tied.map { say("; \($0) accounts share one total", "; \($0) cuentas comparten un total") } ?? ""
      return say(
        "no cut-offs bring every tier into its target", "ningún corte lleva cada nivel a su objetivo") + ties
    }
  }
}
