import Mustache
import Segmentation

/// The whole analysis as one HTML page that needs nothing but itself: no network, no script, drawings inside.
/// The same inputs always give the same bytes.
public struct Report: Sendable {
  let page: Page

  public init(_ inputs: ReportInputs) {
    page = PageBuilder(inputs).page
  }

  /// - Throws: the template parser's error, which only a defect in a template can cause.
  public func html() throws -> String {
    try Templates.library().render(page, withTemplate: "page") ?? ""
  }
}

/// Puts the sections together, each by a builder of its own.
struct PageBuilder {
  let inputs: ReportInputs
  let words: Words
  let facts: BookFacts?

  init(_ inputs: ReportInputs) {
    self.inputs = inputs
    words = Words(inputs.language)
    facts = inputs.book.flatMap { $0.entries.isEmpty ? nil : BookFacts($0) }
  }

  var page: Page {
    let opening = Opening(words: words, facts: facts, models: inputs.models)
    var sections: [Page.Section] = []
    if let facts {
      sections += [MatrixSection(words: words, facts: facts).section]
      sections += [CallsSection(words: words, facts: facts).section].compactMap { $0 }
      sections += [GrowthSection(words: words, facts: facts).section].compactMap { $0 }
      sections += [LossSection(words: words, facts: facts).section].compactMap { $0 }
      sections += [TiersSection(words: words, facts: facts).section]
    }
    if let moves = inputs.moves {
      sections.append(MovesSection(words: words, moves: moves, facts: facts).section)
    }
    for (index, model) in inputs.models.enumerated() {
      sections.append(ModelSection(words: words, model: model, number: index + 1).section)
    }
    if let drift = DriftSection(words: words, models: inputs.models).section { sections.append(drift) }
    let closing = Closing(words: words, inputs: inputs, facts: facts)
    if let missing = closing.section { sections.append(missing) }
    let headline = inputs.title ?? opening.headline
    return Page(
      language: inputs.language.rawValue,
      title: Markup(Markup.shortened(headline, limit: 120)),
      kicker: Markup(words("Pulso · Customer book", "Pulso · Cartera de clientes")),
      date: inputs.asOf.map { Markup(words.numbers.day($0)) } ?? .empty,
      headline: Markup(Markup.shortened(headline, limit: 200)),
      lead: Markup(inputs.title == nil ? opening.lead : opening.headline + ". " + opening.lead),
      figures: opening.figures, sections: sections, footer: closing.footer,
      stylesheet: Markup(trusted: Stylesheet.css))
  }
}
