public import Segmentation

/// The section `segment` of `pulso.yaml`: a preset, what to change in it, and how to read the accounts.
///
/// ```yaml
/// segment:
///   preset: eur-20k+monthly-top
///   columns: {account_id: customerID, arr: MonthlyCharges * 12}
///   rates: {USD: 0.92}
///   matrix: {importance: {cut: p80}}
/// ```
public struct SegmentConfiguration: Sendable {
  public var preset: Preset
  /// Field → column, or column times a number, in the order of the file.
  public var columns: [(field: String, expression: String)] = []
  /// What one unit of a currency is worth in the preset's.
  public var rates: [String: Double] = [:]
  public var unit = CustomerUnit.account

  /// The section of the configuration at `path`, or of `pulso.yaml` where there is one.
  public static func load(_ path: String?, preset: String?) throws(ConfigurationError) -> SegmentConfiguration
  {
    try SegmentConfiguration(section(path), preset: preset)
  }

  /// `presetName`, where given, stands in place of the one that the section names; the section's own changes
  /// apply to either.
  public init(_ mapping: StrictMapping?, preset presetName: String?) throws(ConfigurationError) {
    guard var mapping else {
      preset = try PresetLibrary.preset(presetName ?? "usd-100k")
      return
    }
    let named = try mapping.strings("preset")?.joined(separator: "+")
    preset = try PresetLibrary.preset(presetName ?? named ?? "usd-100k")
    try preset.apply(&mapping)
    if let unit = try mapping.choice("unit", CustomerUnit.self) { self.unit = unit }
    if var rates = try mapping.mapping("rates") {
      for code in rates.keys {
        if let rate = try rates.double(code, in: 1e-12...1e12) { self.rates[code.uppercased()] = rate }
      }
    }
    if var columns = try mapping.mapping("columns") {
      for field in columns.keys {
        if let expression = try columns.string(field) { self.columns.append((field, expression)) }
      }
    }
    try mapping.finish()
  }
}

extension SegmentConfiguration {
  /// The section itself, to be read with one preset or another.
  public static func section(_ path: String?) throws(ConfigurationError) -> StrictMapping? {
    try Configuration.load(path).segment
  }
}
