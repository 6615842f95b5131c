internal import Segmentation

// How the words of exports, in English and Spanish, read as values. Nil: not understood.

/// Lower case without accents on the vowels, spaces at the ends, or underscores.
private func folded(_ text: String) -> String {
  let accents: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"]
  return String(text.trimmed.lowercased().map { accents[$0] ?? ($0 == "_" || $0 == "-" ? " " : $0) })
}

/// yes / no in the ways that exports write it.
func yesNo(_ text: String) -> Bool? {
  switch folded(text) {
  case "yes", "y", "true", "t", "1", "si", "s", "complete", "completed", "done": true
  case "no", "n", "false", "f", "0", "incomplete", "open", "in progress", "not started": false
  default: nil
  }
}

/// Whether a preference is to be left alone: yes / no, or the kind of service preferred.
func autonomy(_ text: String) -> Bool? {
  switch folded(text) {
  case "self service", "selfservice", "digital", "autonomy", "autoservicio", "autonomia": true
  case "human", "person", "csm", "humano", "persona": false
  default: yesNo(text)
  }
}

extension ExpansionLevel {
  init?(words text: String) {
    switch folded(text) {
    case "high", "alto", "alta": self = .high
    case "medium", "mid", "med", "medio", "media": self = .medium
    case "low", "bajo", "baja", "none", "ninguno": self = .low
    default: return nil
    }
  }
}

extension StrategicFit {
  /// `yes`, `no`, a kind, or both as in “Yes (reference)”, “Sí (early adopter)”.
  init?(words text: String) {
    let words = folded(text)
    let kinds: [(String, StrategicFit)] = [
      ("success case", .successCase), ("caso de exito", .successCase), ("early adopter", .earlyAdopter),
      ("key sector", .keySector), ("sector clave", .keySector), ("reference", .reference),
      ("referencia", .reference),
    ]
    if let yes = yesNo(words) {
      self = yes ? .yes : .no
    } else if let kind = kinds.first(where: { words.contains($0.0) }) {
      self = kind.1
    } else {
      return nil
    }
  }
}

extension Plan {
  /// Any plan name is a paid plan unless it says free, trial or premium.
  init(words text: String) {
    let words = folded(text)
    if ["free", "freemium", "gratis", "gratuito"].contains(where: words.contains) {
      self = .free
    } else if words.contains("trial") || words.contains("prueba") {
      self = .trial
    } else if words.contains("premium success") || words == "premium" {
      self = .premium
    } else {
      self = .paid
    }
  }
}

extension Coverage {
  /// A coverage by its own word, or the level that a label means in `vocabulary`.
  init?(words text: String, vocabulary: Vocabulary) {
    switch folded(text) {
    case "dedicated", "dedicado", "dedicada": self = .dedicated
    case "shared", "compartido", "compartida": self = .shared
    case "pooled", "equipo comun": self = .pooled
    case "digital", "none", "ninguna": self = .digital
    default:
      guard let level = vocabulary.level(of: text) else { return nil }
      self = level.coverage
    }
  }
}

extension Tier {
  /// `tier_2`, “Tier 2”, “T2”, “Nivel 2”, `2`, or what a label means in `vocabulary` where there are `count`
  /// tiers.
  init?(words text: String, vocabulary: Vocabulary, of count: Int) {
    let words = folded(text)
    if let digit = words.last?.wholeNumberValue, words.filter(\.isNumber).count == 1,
      ["", "tier", "t", "nivel", "n"].contains(words.dropLast().filter { $0 != " " })
    {
      self.init(rawValue: digit)
      if rawValue > count { return nil }
    } else {
      self.init(label: text, vocabulary: vocabulary, of: count)
    }
  }
}
