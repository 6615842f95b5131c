import Metrics
import ModelFile
import Training

/// A new version against the champion of its time: whether it is better, which coefficients moved, and who
/// changes band.
struct ComparisonBlocks {
  private static let shownTerms = 8
  private static let shownAccounts = 10

  let words: Words
  let subject: ReportComparison
  let role: Model.Role

  private var numbers: LocalNumbers { words.numbers }
  private var comparison: ChampionComparison { subject.comparison }

  var blocks: [Page.Block] {
    let heading = Page.Heading(
      kicker: .empty,
      title: Markup(
        subject.isChampion
          ? words("Against the version before it", "Frente a la versión anterior")
          : words("A newer version waits", "Espera una versión más nueva")),
      lead: Markup(lead))
    let opening = Page.Block(heading: heading, table: quality, notes: [verdict])
    return [opening] + [moved, bands, movers].compactMap { $0.map { .table($0) } }
  }

  private var lead: String {
    let (version, champion) = (
      Markup.shortened(subject.version, limit: 40), Markup.shortened(comparison.champion, limit: 40)
    )
    let rows = words(
      "\(version) against \(champion), on the same \(numbers.whole(comparison.rows)) rows with \(numbers.whole(comparison.events)) events, which the new one had not seen",
      "\(version) frente a \(champion), en las mismas \(numbers.whole(comparison.rows)) filas con \(numbers.whole(comparison.events)) sucesos, que la nueva no había visto"
    )
    return rows
      + (comparison.onLaterRows
        ? words(
          "; all are later than what the old one learned from.",
          "; todas son posteriores a lo que aprendió la anterior.")
        : words(
          "; the old one may have learned from some, which flatters it.",
          "; la anterior pudo aprender de algunas, lo que la favorece."))
  }

  private var quality: Page.Table {
    let (area, loss) = (comparison.aucDifference, comparison.logLossDifference)
    return Page.Table(
      caption: Markup(words("Quality on the same rows", "Calidad en las mismas filas")),
      columns: [
        (words("Measure", "Medida"), "text"), (words("Before", "Antes"), "number"),
        (words("New", "Nueva"), "number"),
        (words("Difference, 95 % interval", "Diferencia, intervalo del 95 %"), "number"),
      ],
      rows: [
        [
          Markup(words("AUC, higher is better", "AUC, mejor cuanto mayor")),
          Markup(numbers.fixed(comparison.championAuc, 3)), Markup(numbers.fixed(comparison.auc, 3)),
          Markup(numbers.interval(area.value, area.low, area.high, 3)),
        ],
        [
          Markup(words("Log loss, lower is better", "Pérdida logarítmica, mejor cuanto menor")),
          Markup(numbers.fixed(comparison.championLogLoss, 4)), Markup(numbers.fixed(comparison.logLoss, 4)),
          Markup(numbers.interval(loss.value, loss.low, loss.high, 4)),
        ],
      ])
  }

  // MARK: The verdict

  private var verdict: Markup {
    let objections = comparison.objections.map(sentence)
    let text =
      objections.isEmpty
      ? isBetter
        ? words("Better beyond chance.", "Mejor más allá del azar.")
        : words(
          "As good as the one before: the difference is within chance, and nothing speaks against it.",
          "Tan buena como la anterior: la diferencia cabe en el azar y nada habla en su contra.")
      : words("Speaks against it: ", "Habla en su contra: ") + objections.joined(separator: "; ") + "."
    return Markup(trusted: "<b>") + Markup(text) + Markup(trusted: "</b>")
  }

  private var isBetter: Bool { comparison.logLossDifference.high < 0 || comparison.aucDifference.low > 0 }

  private func sentence(_ objection: PromotionObjection) -> String {
    switch objection {
    case .worse: words("it is worse beyond chance", "es peor más allá del azar")
    case .noBetterThanChance: words("it is no better than chance", "no es mejor que el azar")
    case .badlyCalibrated(let slope):
      words(
        "its probabilities are off (calibration slope \(numbers.fixed(slope, 2)))",
        "sus probabilidades están desajustadas (pendiente \(numbers.fixed(slope, 2)))")
    case .flipped(let input):
      words(
        "\(Markup.shortened(input, limit: 40)) works in the opposite direction",
        "\(Markup.shortened(input, limit: 40)) actúa en sentido contrario")
    }
  }

  // MARK: What moved

  private var moved: Page.Table? {
    let all = comparison.coefficients.moved.enumerated().sorted {
      let (a, b) = (abs($0.element.z ?? 0), abs($1.element.z ?? 0))
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
    guard !all.isEmpty else { return nil }
    let caption = words(
      "Coefficients that moved beyond their error", "Coeficientes que cambiaron más que su error")
    return Page.Table(
      caption: Markup(caption + part(all.count, of: Self.shownTerms)),
      columns: [
        (words("Term", "Término"), "text"), (words("Log-odds before", "Log-razón antes"), "number"),
        (words("Now", "Ahora"), "number"),
        (words("Standard errors apart", "Errores típicos de distancia"), "number"),
      ],
      rows: all.prefix(Self.shownTerms).map { change in
        [
          Markup(data: Reasons.readable(change.term), limit: 48),
          Markup(numbers.significant(change.before, 3)), Markup(numbers.significant(change.now, 3)),
          Markup(numbers.fixed(change.z, 1)),
        ]
      })
  }

  private var bands: Page.Table? {
    let moves = comparison.bands.filter { $0.from != $0.to }
    let all = comparison.bands.reduce(0) { $0 + $1.accounts }
    guard all > 0 else { return nil }
    let changed = moves.reduce(0) { $0 + $1.accounts }
    let caption = words(
      "\(numbers.whole(changed)) of \(words.accounts(all)) change band",
      "\(numbers.whole(changed)) de \(words.accounts(all)) cambian de banda")
    return Page.Table(
      caption: Markup(caption),
      columns: [
        (words("From", "De"), "text"), (words("To", "A"), "text"), (words("Accounts", "Cuentas"), "number"),
      ],
      rows: moves.map { [Markup(band($0.from)), Markup(band($0.to)), Markup(numbers.whole($0.accounts))] })
  }

  private var movers: Page.Table? {
    guard !comparison.movers.isEmpty else { return nil }
    let all = comparison.bands.reduce(0) { $0 + ($1.from != $1.to ? $1.accounts : 0) }
    let caption = words("Whose probability moves most", "A quién le cambia más la probabilidad")
    return Page.Table(
      caption: Markup(caption + part(all, of: Self.shownAccounts)),
      columns: [
        (words("Account", "Cuenta"), "text"), (words("Band before", "Banda antes"), "text"),
        (words("Now", "Ahora"), "text"), (words("Probability before", "Probabilidad antes"), "number"),
        (words("Now", "Ahora"), "number"),
      ],
      rows: comparison.movers.prefix(Self.shownAccounts).map { mover in
        [
          Markup(data: mover.account), Markup(band(mover.bandBefore)), Markup(band(mover.band)),
          Markup(numbers.percent(mover.probabilityBefore, 1)), Markup(numbers.percent(mover.probability, 1)),
        ]
      })
  }

  /// `, the first 8 of 20` where not all are shown.
  private func part(_ count: Int, of shown: Int) -> String {
    count > shown
      ? words(
        ": the first \(numbers.whole(shown)) of \(numbers.whole(count))",
        ": los primeros \(numbers.whole(shown)) de \(numbers.whole(count))") : ""
  }

  private func band(_ code: String) -> String {
    switch code {
    case "green": words("green", "verde")
    case "yellow": words("yellow", "amarilla")
    case "red": words("red", "roja")
    case "high": words("high", "alta")
    case "medium": words("medium", "media")
    case "low": words("low", "baja")
    default: Markup.shortened(code, limit: 30)
    }
  }
}
