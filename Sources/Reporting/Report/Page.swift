import Mustache

/// A report as a page reads it: sections of findings, each shown by figures, tables and sentences. Names are
/// those that the templates use.
struct Page: Sendable {
  var language: String
  var title: Markup
  var kicker: Markup
  var date: Markup
  var headline: Markup
  var lead: Markup
  var figures: [KeyFigure]
  var sections: [Section]
  var footer: [Markup]
  var stylesheet: Markup

  /// A number that stands on its own.
  struct KeyFigure: Sendable {
    var value: Markup
    var label: Markup
    var note: Markup
  }

  struct Section: Sendable {
    /// For links within the page; letters and digits.
    var anchor: String
    /// What it is about, in the margin.
    var label: Markup
    /// What was found.
    var title: Markup
    var lead: Markup
    var blocks: [Block]
  }

  /// One of these.
  struct Block: Sendable {
    var heading: Heading?
    var figures: [Figure] = []
    var table: Table?
    var cards: [Card] = []
    var notes: [Markup] = []
    var text: Markup = .empty
    /// `beside` sets figures and cards side by side.
    var layout = "stacked"
  }

  struct Heading: Sendable {
    var kicker: Markup
    var title: Markup
    var lead: Markup
  }

  /// A plot with the finding above it and what it shows below.
  struct Figure: Sendable {
    var title: Markup
    var drawing: Markup
    var caption: Markup
    /// `wide`, `half` or `third` of the column.
    var size = "half"
  }

  struct Table: Sendable {
    var caption: Markup
    var columns: [Column]
    var rows: [[Cell]]
    var note: Markup = .empty

    struct Column: Sendable {
      var name: Markup
      /// `text` or `number`.
      var kind: String
    }

    struct Cell: Sendable {
      var content: Markup
      /// `text` or `number`, as its column's.
      var kind: String
      /// What the column is called, for narrow screens.
      var name: Markup
      var isHead = false
    }

    /// The first cell of each row is its head.
    init(
      caption: Markup, columns: [(name: String, kind: String)], rows: [[Markup]], note: Markup = .empty
    ) {
      self.caption = caption
      self.columns = columns.map { Column(name: Markup($0.name), kind: $0.kind) }
      self.note = note
      self.rows = rows.map { row in
        zip(row, columns).enumerated().map { index, pair in
          Cell(
            content: pair.0, kind: pair.1.kind, name: Markup(pair.1.name), isHead: index == 0)
        }
      }
    }
  }

  /// A quadrant in words: its mark, its size, what to do.
  struct Card: Sendable {
    var mark: Markup
    var title: Markup
    var value: Markup
    var text: Markup
  }
}

extension Page.Block {
  static func figures(_ figures: [Page.Figure]) -> Page.Block { Page.Block(figures: figures) }
  static func table(_ table: Page.Table) -> Page.Block { Page.Block(table: table) }
  static func notes(_ notes: [Markup]) -> Page.Block { Page.Block(notes: notes) }
  static func cards(_ cards: [Page.Card]) -> Page.Block { Page.Block(cards: cards) }
}

// Markup is the only text that a template may print as it is; templates say {{{…}}} for it, and anything
// else that {{…}} meets is escaped by Mustache.
extension Markup: MustacheCustomRenderable {
  var renderText: String { html }
  var isNull: Bool { html.isEmpty }
}
