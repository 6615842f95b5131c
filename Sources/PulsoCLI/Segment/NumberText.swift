/// Numbers as people read them in a language.
struct NumberText {
  let decimal: Character
  let group: Character

  init(isSpanish: Bool) {
    decimal = isSpanish ? "," : "."
    group = isSpanish ? "." : ","
  }

  /// With grouped thousands and no decimals.
  func whole(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return value > 0 ? "∞" : "–" }
    let digits = String(Int(value.rounded().magnitude))
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(group) }
      result.append(digit)
    }
    return value.rounded() < 0 ? "-\(result)" : result
  }

  /// With up to `places` decimals, none where they are zero.
  func decimal(_ value: Double, places: Int = 1) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let text = ((value * scale).rounded() / scale).inWords
    return String(text.map { $0 == "." ? decimal : $0 })
  }
}
