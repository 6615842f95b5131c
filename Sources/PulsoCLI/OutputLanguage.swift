import ArgumentParser
import Foundation

/// The language of what a command says.
enum OutputLanguage: String, ExpressibleByArgument, CaseIterable {
  case en, es

  /// `--lang`, else what LANG begins with, else English.
  static func chosen(_ option: OutputLanguage?) -> OutputLanguage {
    option ?? ((ProcessInfo.processInfo.environment["LANG"] ?? "").hasPrefix("es") ? .es : .en)
  }
}
