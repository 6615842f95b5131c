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
  init?(words text: String) {
    switch folded(text) {
    case "dedicated", "dedicado", "high touch": self = .dedicated
    case "shared", "compartido", "low touch": self = .shared
    case "pooled": self = .pooled
    case "digital", "tech touch", "none": self = .digital
    default: return nil
    }
  }
}

extension Tier {
  /// `tier_2`, “Tier 2”, “T2”, “Nivel 2”, `2`, or a tier's name.
  init?(words text: String) {
    let words = folded(text)
    switch words {
    case "strategic", "estrategica", "estrategicas": self = .tier1
    case "core": self = .tier2
    case "scale": self = .tier3
    case "tech touch": self = .tier4
    default:
      guard let digit = words.last?.wholeNumberValue, words.filter(\.isNumber).count == 1,
        ["", "tier", "t", "nivel", "n"].contains(words.dropLast().filter { $0 != " " }),
        let tier = Tier(rawValue: digit)
      else { return nil }
      self = tier
    }
  }
}
