public import Calendar
public import Features
import Foundation
import Tables

extension Configuration {
  public static let defaultPath = "pulso.yaml"

  /// Reads `path`; without one, `pulso.yaml` of the working folder where there is such a file, else the
  /// standard configuration. `dataFolder` overrides the folder that the tables are looked up in.
  public static func load(_ path: String?, dataFolder: String? = nil) throws(ConfigurationError)
    -> Configuration
  {
    let isThere = FileManager.default.fileExists(atPath: path ?? defaultPath)
    var configuration: Configuration
    if path == nil, !isThere {
      configuration = try Configuration(yaml: "", file: defaultPath)
    } else {
      configuration = try Configuration(yaml: read(path ?? defaultPath), file: path ?? defaultPath)
    }
    if let dataFolder { configuration.dataFolder = dataFolder }
    return configuration
  }

  private static func read(_ path: String) throws(ConfigurationError) -> String {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .missingFile(path: path)
    }
    if isFolder.boolValue { throw .unreadable(path: path, reason: "it is a folder") }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, reason: "permission denied")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "it is not UTF-8 text")
    }
    return text
  }

  /// The configuration that `text` holds; its tables lie beside `file` unless it says otherwise.
  public init(yaml text: String, file: String) throws(ConfigurationError) {
    var own = try StrictMapping(yaml: text, file: file)
    var standard = try StrictMapping(yaml: Self.standardText, file: "standard configuration")
    self.file = file
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
    dataFolder = Self.join(folder, try own.string("data") ?? ".")
    language = try own.choice("lang")
    horizon = try own.span("horizon") ?? .days(90)
    let onboarding = try own.int("onboarding_days", in: 1...3650) ?? 90
    reasons = try own.int("reasons", in: 0...100) ?? 3
    bands = try BandLimits(own.mapping("bands"))

    let hasTables = try own.mapping("tables") != nil
    let tables = try Self.section("tables", own: &own, standard: &standard).map(SourceTable.all) ?? []
    // Standard features fit the standard tables only.
    var featureSection = try own.mapping("features")
    if featureSection == nil, !hasTables { featureSection = try standard.mapping("features") }
    let features = try featureSection.map { (section) throws(ConfigurationError) in
      try FeatureDeclaration.all(section, tables: tables)
    }
    let labels = try Self.section("labels", own: &own, standard: &standard).map(Labels.init) ?? Labels()
    plan = FeaturePlan(
      tables: tables, features: features?.map(\.declaration), churned: labels.churned,
      expanded: labels.expanded, outcomes: try own.mapping("outcomes").map(OutcomeDefinition.all) ?? [],
      onboardingDays: onboarding)
    featurePlaces = Dictionary(
      (features ?? []).map { ($0.declaration.name, $0.place) }, uniquingKeysWith: { first, _ in first })
    models = try Self.section("models", own: &own, standard: &standard).map(ModelDeclaration.all) ?? []
    var actionable = try own.strings("actionable")
    if actionable == nil, !hasTables { actionable = try standard.strings("actionable") }
    self.actionable = actionable ?? []
    segment = try own.mapping("segment")
    nightly = try NightlySettings(own.mapping("nightly"), folder: folder)
    try own.finish()
  }

  /// A section of the file, else the standard one.
  private static func section(
    _ key: String, own: inout StrictMapping, standard: inout StrictMapping
  ) throws(ConfigurationError) -> StrictMapping? {
    if let section = try own.mapping(key) { return section }
    return try standard.mapping(key)
  }

  public func location(of table: SourceTable) -> String { location(table.file) }

  /// The location of a table: a path in the data folder, or any location that isn't a relative path.
  func location(_ file: String) -> String {
    file.hasPrefix("sqlite:") || file == "-" ? file : Self.join(dataFolder, file)
  }

  static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty || folder == "." { return path }
    return path == "." ? folder : "\(folder)/\(path)"
  }
}

extension Configuration.BandLimits {
  init(_ mapping: StrictMapping?) throws(ConfigurationError) {
    guard var m = mapping else { return }
    red = try m.double("red", in: 0...100) ?? red
    green = try m.double("green", in: 0...100) ?? green
    high = try m.double("high", in: 0...1e6) ?? high
    low = try m.double("low", in: 0...1e6) ?? low
    try m.finish()
    guard red <= green else {
      throw .invalidValue(value: "\(red)", expected: "red at most green", place: m.place(of: "red"))
    }
    guard low <= high else {
      throw .invalidValue(value: "\(low)", expected: "low at most high", place: m.place(of: "low"))
    }
  }
}

extension StrictMapping {
  /// `30d`, `2w`, `3mo`, `1y`.
  public mutating func span(_ key: String) throws(ConfigurationError) -> CalendarSpan? {
    guard let text = try string(key) else { return nil }
    guard let span = CalendarSpan(text) else {
      throw .invalidValue(value: text, expected: "a span such as 30d, 2w, 3mo or 1y", place: place(of: key))
    }
    return span
  }
}
