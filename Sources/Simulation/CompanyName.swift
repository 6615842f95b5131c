import StableNumerics

/// Where a company sits; decides the language of its name.
struct Country: Sendable {
  enum Language: String, Sendable, CaseIterable { case en, es }

  let code: String
  let name: String
  let region: String
  let language: Language

  static let all = [
    Country(code: "ES", name: "España", region: "emea", language: .es),
    Country(code: "MX", name: "México", region: "latam", language: .es),
    Country(code: "CO", name: "Colombia", region: "latam", language: .es),
    Country(code: "CL", name: "Chile", region: "latam", language: .es),
    Country(code: "AR", name: "Argentina", region: "latam", language: .es),
    Country(code: "US", name: "USA", region: "amer", language: .en),
    Country(code: "CA", name: "Canada", region: "amer", language: .en),
    Country(code: "GB", name: "UK", region: "emea", language: .en),
    Country(code: "IE", name: "Ireland", region: "emea", language: .en),
  ]
  static let weights: [Double] = [22, 12, 7, 5, 5, 28, 5, 12, 4]
}

// Invented companies: a trade, an image and a legal form. Some carry commas and quotation marks, as real
// exports do, and half of the Spanish ones an accent or ñ.
extension Company {
  struct NamePlace {
    let country: Country
    let baseName: String
    let fullName: String
  }

  private static let spanishTrades = [
    "Almacenes", "Bodegas", "Clínicas", "Conservas", "Cooperativa", "Diseño", "Electrónica", "Energía",
    "Formación", "Hostelería", "Ingeniería", "Logística", "Montajes", "Panadería", "Papelera", "Química",
    "Sistemas", "Talleres", "Textiles", "Transportes",
  ]
  private static let spanishImages = [
    "Abedul", "Aguamarina", "Brújula", "Cañada Alta", "Cigüeña", "Dos Ríos", "Encina", "Estación Norte",
    "Faro Azul", "Golondrina", "Horizonte", "Jacarandá", "Lavanda", "Luna Llena", "Montaña Clara", "Ñandú",
    "Olmo Viejo", "Piedra Blanca", "Puente Nuevo", "Quetzal", "Río Verde", "Salitre", "Tramontana",
    "Viento Sur",
  ]
  private static let englishImages = [
    "Amber", "Birchwood", "Bluewater", "Bright Harbor", "Cedar & Stone", "Copperfield", "Crescent",
    "Driftwood",
    "Evergreen", "Fernhill", "Granite Bay", "Highland", "Ironbridge", "Juniper", "Lantern", "Meadowlark",
    "Northwind", "Oak Hollow", "Pebble", "Quarry Lane", "Redwing", "Silver Birch", "Tidewater", "Wildflower",
  ]
  private static let englishTrades = [
    "Analytics", "Apparel", "Bakery", "Biotech", "Builders", "Clinics", "Components", "Education", "Energy",
    "Foods", "Freight", "Hotels", "Instruments", "Insurance", "Labs", "Outfitters", "Packaging", "Software",
    "Systems", "Textiles",
  ]

  /// Country and name, always the first draws of a company's stream, so that a subsidiary can read its
  /// parent's name without drawing the rest of it.
  static func namePlace(_ random: inout SplitMix64) -> NamePlace {
    let country = Country.all[random.pick(weights: Country.weights)]
    let form: String
    let base: String
    switch country.language {
    case .es:
      let image = random.pick(spanishImages)
      base = "\(random.pick(spanishTrades)) \(random.chance(0.1) ? "\"\(image)\"" : image)"
      form = random.pick([", S.L.", ", S.A.", " y Asociados", " S. Coop.", ""])
    case .en:
      base = "\(random.pick(englishImages)) \(random.pick(englishTrades))"
      form = random.pick([", Inc.", " Ltd", ", LLC", " Group", ""])
    }
    return NamePlace(country: country, baseName: base, fullName: base + form)
  }
}
