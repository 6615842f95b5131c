#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Numbers as people read them in a table: a fixed number of significant digits, no locale.
public enum Figures {
  /// `0.0123`, `12.3`, `1.23e-07`; "–" where there is none.
  public static func significant(_ value: Double?, _ digits: Int = 4) -> String {
    guard let value, value.isFinite else { return "–" }
    if value == 0 { return "0" }
    let magnitude = Int(floor(log10(abs(value))))
    if magnitude < -4 || magnitude > 8 {
      let mantissa = fixed(value / pow(10, Double(magnitude)), digits - 1)
      return "\(mantissa)e\(magnitude < 0 ? "-" : "+")\(abs(magnitude) < 10 ? "0" : "")\(abs(magnitude))"
    }
    return fixed(value, max(0, digits - 1 - magnitude))
  }

  /// `digits` places after the point.
  public static func fixed(_ value: Double?, _ digits: Int) -> String {
    guard let value, value.isFinite, abs(value) < 1e15 else { return "–" }
    let scale = pow(10, Double(digits))
    let scaled = (abs(value) * scale).rounded()
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let whole = Int(scaled / scale)
    if digits == 0 { return "\(sign)\(Int(scaled))" }
    let rest = String(Int(scaled) - whole * Int(scale))
    return "\(sign)\(whole).\(String(repeating: "0", count: max(0, digits - rest.count)))\(rest)"
  }

  /// `12.3 %`
  public static func percent(_ share: Double?, _ digits: Int = 1) -> String {
    share.map { fixed($0 * 100, digits) + " %" } ?? "–"
  }

  /// `.845 [.836, .855]`
  public static func interval(_ value: Double?, _ low: Double?, _ high: Double?, _ digits: Int = 3) -> String
  {
    guard let value else { return "–" }
    guard let low, let high else { return fixed(value, digits) }
    return "\(fixed(value, digits)) [\(fixed(low, digits)), \(fixed(high, digits))]"
  }

  /// The fewest digits that read back to the same number, without a decimal point where it is whole.
  public static func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// R's way: below 2e-16 no digits are claimed.
  public static func pValue(_ p: Double?) -> String {
    guard let p else { return "–" }
    return p < 2e-16 ? "<2e-16" : p < 1e-4 ? significant(p, 2) : fixed(p, 4)
  }

  /// Thousands apart: `1,234,567`.
  public static func count(_ value: Double) -> String {
    let digits = String(Int(value.rounded().magnitude))
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return (value.rounded() < 0 ? "-" : "") + result
  }
}
