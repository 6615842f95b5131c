import Foundation
import ModelFile

/// What a night did, in a line for people or an object for programs.
struct NightSummary {
  let manifest: NightManifest
  let folder: String
  /// False where the night had been done before.
  let isNew: Bool
  let seconds: Double

  init(_ manifest: NightManifest, folder: String, isNew: Bool, seconds: Double) {
    self.manifest = manifest
    self.folder = folder
    self.isNew = isNew
    self.seconds = (seconds * 100).rounded() / 100
  }

  /// `2026-01-31: 439 scored, 412 segmented; upgrade 3, quadrant_moved 12 → nightly/2026-01-31 in 1.2 s`
  var text: String {
    var text = "\(manifest.date): \(manifest.rows(of: .score)) scored, "
    text += "\(manifest.rows(of: .segment)) segmented"
    let events = manifest.events.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    if !events.isEmpty { text += "; " + events.joined(separator: ", ") }
    if !manifest.findings.isEmpty { text += "; \(manifest.findings.count) beyond their limits" }
    text += " → \(folder)"
    return text + (isNew ? " in \(JSONText.shortest(seconds)) s\n" : " (done before, unchanged)\n")
  }

  var json: String {
    var json = JSONText()
    json.object { json in
      json.string("date", manifest.date)
      json.string("status", isNew ? "done" : "unchanged")
      json.string("folder", folder)
      json.integer("rows_scored", manifest.rows(of: .score))
      json.integer("rows_segmented", manifest.rows(of: .segment))
      json.object("models") { json in
        for (name, version) in manifest.models.sorted(by: { $0.key < $1.key }) { json.string(name, version) }
      }
      json.object("events") { json in
        for (kind, count) in manifest.events.sorted(by: { $0.key < $1.key }) { json.integer(kind, count) }
      }
      json.strings("findings", manifest.findings)
      json.number("seconds", seconds)
    }
    return json.text + "\n"
  }
}
