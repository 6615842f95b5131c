import ArgumentParser
import Segmentation

// Tables of what pyramid and matrix mean, and of what each account receives.

extension ServiceCommand {
  struct Systems: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "systems", abstract: "The pyramid against the matrix, feature by feature.")

    @OptionGroup var output: Output

    func run() throws {
      try output.write(
        [
          ("feature", SystemFeature.allCases.map(\.rawValue)),
          ("label", SystemFeature.allCases.map { $0.label.text(in: output.language) }),
        ]
          + SystemAdvice.System.allCases.map { system in
            (system.rawValue, SystemFeature.allCases.map { $0.text(of: system).text(in: output.language) })
          })
    }
  }

  struct Pyramid: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pyramid",
      abstract: "The three levels of the pyramid: who stands there and their five activities.")

    @OptionGroup var output: Output

    func run() throws {
      let rows = PyramidLevel.allCases.flatMap { level in
        [(level, "profile", PyramidPlan.profile(level))]
          + PyramidPlan.activities(level).map { (level, "activity", $0) }
      }
      try output.write([
        ("level", rows.map(\.0.rawValue)), ("kind", rows.map(\.1)),
        ("text", rows.map { $0.2.text(in: output.language) }),
      ])
    }
  }

  struct Quadrants: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "quadrants",
      abstract: "The plan of each quadrant: the digital base that all have, and what is added.")

    @OptionGroup var output: Output

    func run() throws {
      let rows = Quadrant.allCases.flatMap { quadrant in
        QuadrantPlan.actions(quadrant).map { (quadrant, $0) }
      }
      try output.write([
        ("quadrant", rows.map(\.0.rawValue)),
        ("label", rows.map { $0.0.label.text(in: output.language) }), ("action", rows.map(\.1.code)),
        ("by", rows.map { $0.1.isHuman ? "human" : "digital" }),
        ("proactive", rows.map { $0.1.isProactive ? "yes" : "no" }),
        ("text", rows.map { $0.1.text.text(in: output.language) }),
      ])
    }
  }

  struct Receives: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accounts",
      abstract:
        "What each account receives: coverage, earned or bought, people and machines, alerts, advice.",
      discussion: """
        advised_model is what the three-tier document would give by ARR, expansion, fit, health and \
        preference, with its reasons; it never changes the tier. next_step is what the account's situation \
        sets off by itself.
        """)

    @OptionGroup var book: BookArguments
    @OptionGroup var output: Output

    func run() throws {
      let placed = try book.place()
      let rows = placed.accounts.map { ReceivedService($0, $1, placed) }
      func column(_ name: String, _ text: (ReceivedService) -> String) -> (name: String, cells: [String]) {
        (name, rows.map(text))
      }
      try output.write([
        column(placed.idColumn) { $0.assignment.id }, column("tier") { $0.assignment.tier.code },
        column("coverage") { $0.granted.coverage.rawValue },
        column("coverage_basis") { $0.granted.basis.rawValue },
        column("human_share") { Self.share($0.mix.humanShare) },
        column("digital_share") { Self.share($0.mix.digitalShare) },
        column("alert_priority") { $0.alert.rawValue },
        column("advised_model") { $0.advice.model.rawValue },
        column("advised_because") { $0.advice.reasons.map(\.rawValue).joined(separator: ";") },
        column("growth_owner") { $0.advice.growthOwner.rawValue },
        column("next_step") { $0.triggers.map(\.rawValue).joined(separator: ";") },
      ])
    }

    private static func share(_ share: Double) -> String { ((share * 100).rounded() / 100).inWords }
  }
}

/// What one account receives, from its place and its own facts.
private struct ReceivedService {
  let assignment: Assignment
  let granted: GrantedCoverage
  let mix: TouchMix
  let alert: AlertPriority
  let advice: CoverageAdvice
  let triggers: [PyramidPlan.Trigger]

  init(_ account: Account, _ assignment: Assignment, _ book: PlacedBook) {
    self.assignment = assignment
    var earned = assignment
    earned.coverageFloor = account.premiumFloor(book.preset.floors)
    earned.place(in: assignment.tier, book.preset)
    granted = GrantedCoverage(earned: earned.coverage, purchased: account.purchasedCoverage)
    mix = TouchMix(coverage: granted.coverage, need: assignment.need)
    alert = AlertPriority(
      granted.coverage.touchModel, isCritical: assignment.flags.contains(.healthCollapsed))
    let isExpanding = account.expansion == .high || assignment.flags.contains(.hiddenPotential)
    advice = CoverageAdvice(
      arr: assignment.arr, expansion: isExpanding ? .high : account.expansion,
      isStrategic: account.isStrategicFit == true, isHealthy: assignment.isHealthy,
      isAtRisk: assignment.quadrant.isNeedy, isUnpaid: account.plan?.isUnpaid ?? false,
      prefersAutonomy: account.prefersAutonomy, bounds: book.bounds)
    triggers = PyramidPlan.triggers(
      granted.coverage.touchModel, isAtRisk: assignment.quadrant.isNeedy, isExpanding: isExpanding,
      isAdoptionLow: (account.seatHeadroom ?? 0) >= 0.5)
  }
}
