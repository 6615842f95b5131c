import Mustache

/// The page's HTML. Templates are strings of the program, so that a single binary finds them anywhere.
enum Templates {
  /// Every template parsed, by name.
  static func library() throws -> MustacheLibrary {
    var library = MustacheLibrary()
    for (name, text) in all { try library.register(text, named: name) }
    return library
  }

  static let all = [
    ("page", page), ("section", section), ("block", block), ("figure", figure), ("table", table),
  ]

  private static let page = """
    <!DOCTYPE html>
    <html lang="{{language}}">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="generator" content="pulso"/>
    <title>{{{title}}}</title>
    <style>
    {{{stylesheet}}}
    </style>
    </head>
    <body>
    <header class="masthead">
    <p class="kicker"><span>{{{kicker}}}</span>{{#date}}<time>{{{date}}}</time>{{/date}}</p>
    <h1>{{{headline}}}</h1>
    {{#lead}}<p class="lead">{{{lead}}}</p>{{/lead}}
    {{#figures}}{{#first()}}<dl class="figures">{{/first()}}
    <div><dt>{{{label}}}</dt><dd>{{{value}}}{{#note}}<small>{{{note}}}</small>{{/note}}</dd></div>
    {{#last()}}</dl>{{/last()}}{{/figures}}
    </header>
    <main>
    {{#sections}}{{> section}}{{/sections}}
    </main>
    <footer>
    {{#footer}}<p>{{{.}}}</p>
    {{/footer}}</footer>
    </body>
    </html>

    """

  private static let section = """
    <section id="{{anchor}}" aria-labelledby="{{anchor}}-title">
    <p class="margin">{{{label}}}</p>
    <div class="column">
    <h2 id="{{anchor}}-title">{{{title}}}</h2>
    {{#lead}}<p class="lead">{{{lead}}}</p>{{/lead}}
    {{#blocks}}{{> block}}{{/blocks}}
    </div>
    </section>

    """

  private static let block = """
    <div class="block {{layout}}">
    {{#heading}}<h3><span class="kicker">{{{kicker}}}</span>{{{title}}}</h3>
    {{#lead}}<p>{{{lead}}}</p>{{/lead}}
    {{/heading}}
    {{#text}}<p>{{{text}}}</p>{{/text}}
    {{#figures}}{{#first()}}<div class="plots">{{/first()}}
    {{> figure}}{{#last()}}</div>{{/last()}}{{/figures}}
    {{#cards}}{{#first()}}<ul class="cards">{{/first()}}
    <li>{{{mark}}}<h4>{{{title}}}</h4><p class="value">{{{value}}}</p><p>{{{text}}}</p></li>
    {{#last()}}</ul>{{/last()}}{{/cards}}
    {{#table}}{{> table}}{{/table}}
    {{#notes}}{{#first()}}<ul class="notes">{{/first()}}
    <li>{{{.}}}</li>
    {{#last()}}</ul>{{/last()}}{{/notes}}
    </div>

    """

  private static let figure = """
    <figure class="{{size}}">
    {{#title}}<h4>{{{title}}}</h4>{{/title}}
    {{{drawing}}}
    {{#caption}}<figcaption>{{{caption}}}</figcaption>{{/caption}}
    </figure>

    """

  private static let table = """
    <div class="table"><table>
    <caption>{{{caption}}}</caption>
    <thead><tr>{{#columns}}<th scope="col" class="{{kind}}">{{{name}}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}<tr>{{#.}}{{#isHead}}<th scope="row" class="{{kind}}">{{{content}}}</th>{{/isHead}}{{^isHead}}<td class="{{kind}}" data-name="{{{name}}}"><span>{{{content}}}</span></td>{{/isHead}}{{/.}}</tr>
    {{/rows}}</tbody>
    </table>
    {{#note}}<p class="note">{{{note}}}</p>{{/note}}</div>

    """
}
