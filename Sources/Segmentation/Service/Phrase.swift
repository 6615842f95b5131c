/// A text as people read it, in each language that Pulso speaks.
public struct Phrase: Sendable, Hashable {
  public let english: String
  public let spanish: String

  public init(_ english: String, es spanish: String) {
    self.english = english
    self.spanish = spanish
  }
}
