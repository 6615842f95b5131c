import Calendar
import Features
import Foundation
import Tables

extension FeatureRun {
  /// What the command says on standard error: how many rows, what the labels hold, what is odd.
  var notes: String {
    var lines = ["\(table.rowCount) rows, \(groups.count) features; the tables reach to \(dataUntil)"]
    for label in labels {
      lines.append("\(label.name): \(label.yes) yes, \(label.no) no, \(label.blank) not known yet")
    }
    for label in undatedLabels {
      lines.append("\(label) is a flag without a date, the same on every as-of date: use a single --as-of")
    }
    for finding in findings { lines += finding.sentences.map { "\(finding.table): \($0)" } }
    for agreement in agreements {
      let kappa = agreement.kappa.map { String(format: ", kappa %.2f", $0) } ?? ""
      lines.append(
        "outcomes: “\(agreement.first)” and “\(agreement.second)”: both \(agreement.both), only the first "
          + "\(agreement.onlyFirst), only the second \(agreement.onlySecond), neither \(agreement.neither)\(kappa)"
      )
    }
    return lines.map { "pulso: note: \($0)\n" }.joined()
  }
}

extension TableFindings {
  /// One sentence for each oddity, none for a clean table.
  fileprivate var sentences: [String] {
    var result: [String] = []
    if matchedKeys < keys {
      let percent = String(format: "%.1f", matchRate * 100)
      result.append(
        "\(matchedKeys) of \(keys) keys lead to an account (\(percent) %); "
          + "\(orphanRows) rows left out, of \(Self.list(orphans, of: keys - matchedKeys))")
    } else if orphanRows > 0 {
      result.append("\(orphanRows) rows without a key left out")
    }
    if withoutDate > 0 { result.append("\(withoutDate) rows without a date") }
    if duplicateIDs > 0 {
      result.append(
        "\(duplicateIDs) rows repeat an id, such as \(Self.list(duplicateExamples, of: duplicateExamples.count))"
      )
    }
    if beforeStart > 0 {
      result.append("\(beforeStart) of \(rows) rows are dated before what they belong to began")
    }
    if afterEnd > 0 { result.append("\(afterEnd) of \(rows) rows are dated after what they belong to ended") }
    if endBeforeStart > 0 { result.append("\(endBeforeStart) rows end before they begin") }
    return result
  }

  private static func list(_ names: [String], of count: Int) -> String {
    let shown = names.prefix(10)
    return shown.joined(separator: ", ") + (count > shown.count ? " and \(count - shown.count) more" : "")
  }
}
