/// The languages that labels come in. Codes in files are English whatever the language.
public enum Language: String, Sendable, CaseIterable {
  case en, es

  /// The language of a locale name such as `es_MX.UTF-8`; English where it is neither.
  public init(locale: String?) {
    self = locale?.lowercased().hasPrefix("es") == true ? .es : .en
  }
}

extension Phrase {
  public func text(in language: Language) -> String {
    switch language {
    case .en: english
    case .es: spanish
    }
  }
}
