// What people read for each code.

extension Quadrant {
  public var label: Phrase {
    switch self {
    case .digitalScale: Phrase("Digital Scale", es: "Escala Digital")
    case .project: Phrase("Project engagement", es: "Interacción por Proyecto")
    case .persistentLight: Phrase("Persistent light", es: "Interacción Persistente (Ligera)")
    case .persistentIntensive: Phrase("Persistent intensive", es: "Interacción Persistente (Intensiva)")
    }
  }
}

extension PyramidLevel {
  public var label: Phrase {
    switch self {
    case .highTouch: Phrase("High-Touch", es: "High-Touch")
    case .lowTouch: Phrase("Low-Touch", es: "Low-Touch")
    case .techTouch: Phrase("Tech-Touch", es: "Tech-Touch")
    }
  }
}

extension Tier {
  /// The tier's name in the preset's vocabulary: Strategic, Core, Scale, Tech-Touch (three tiers leave the
  /// last out, five put Ultra-strategic on top), or High-, Low- and Tech-Touch where there are three.
  public func label(in preset: Preset) -> Phrase {
    if preset.vocabulary == .pyramid, preset.tierCount == 3 {
      return rawValue <= 3 ? PyramidLevel.allCases[rawValue - 1].label : numbered
    }
    let names = [
      Phrase("Ultra-strategic", es: "Ultraestratégicas"), Phrase("Strategic", es: "Estratégicas"),
      Phrase("Core", es: "Core"), Phrase("Scale", es: "Scale"), Phrase("Tech-Touch", es: "Tech-Touch"),
    ]
    let index = preset.tierCount == 5 ? rawValue - 1 : rawValue
    return names.indices.contains(index) ? names[index] : numbered
  }

  /// “Tier 2”, “Nivel 2”.
  public var numbered: Phrase { Phrase("Tier \(rawValue)", es: "Nivel \(rawValue)") }
}

extension Coverage {
  public var label: Phrase {
    switch self {
    case .dedicated: Phrase("Dedicated", es: "Dedicada")
    case .shared: Phrase("Shared", es: "Compartida")
    case .pooled: Phrase("Pooled", es: "Equipo común")
    case .digital: Phrase("Digital", es: "Digital")
    }
  }
}

extension ExpansionLevel {
  public var label: Phrase {
    switch self {
    case .high: Phrase("High", es: "Alto")
    case .medium: Phrase("Medium", es: "Medio")
    case .low: Phrase("Low", es: "Bajo")
    }
  }
}

extension StrategicFit {
  public var label: Phrase {
    switch self {
    case .no: Phrase("No", es: "No")
    case .yes: Phrase("Yes", es: "Sí")
    case .reference: Phrase("Yes (reference)", es: "Sí (referencia)")
    case .successCase: Phrase("Yes (success case)", es: "Sí (caso de éxito)")
    case .earlyAdopter: Phrase("Yes (early adopter)", es: "Sí (early adopter)")
    case .keySector: Phrase("Yes (key sector)", es: "Sí (sector clave)")
    }
  }
}

/// The ways of segmenting, by what they look at.
public enum SegmentationBasis: String, Sendable, CaseIterable {
  case value
  case aPriori = "a_priori"
  case needs

  public var label: Phrase {
    switch self {
    case .value: Phrase("Value-based", es: "Basado en el valor")
    case .aPriori: Phrase("A priori", es: "A priori")
    case .needs: Phrase("Needs-based", es: "Basada en las necesidades")
    }
  }
}

/// The words of next best value.
public enum NextBestValueTerm: String, Sendable, CaseIterable {
  case trigger, decision, intervention, response, what, why, how
  case valueElement = "value_element"
  case singleCustomerView = "single_customer_view"

  public var label: Phrase {
    switch self {
    case .trigger: Phrase("Trigger", es: "Disparador")
    case .decision: Phrase("Decision engine", es: "Motor de Decisión")
    case .intervention: Phrase("Intervention", es: "Intervención")
    case .response: Phrase("Response", es: "Respuesta")
    case .what: Phrase("What", es: "Qué")
    case .why: Phrase("Why", es: "Por qué")
    case .how: Phrase("How", es: "Cómo")
    case .valueElement: Phrase("Value element", es: "Elemento de Valor")
    case .singleCustomerView: Phrase("Single Customer View", es: "Vista Única del Cliente")
    }
  }
}
