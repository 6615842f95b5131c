import Segmentation
import Testing

@Suite struct MessageTests {
  @Test(
    "COM-01 texts that name a tier are found",
    arguments: [
      ("Eres Tier 2", "Tier 2"), ("you are tier-3 now", "tier-3"), ("Su cuenta es de NIVEL 1.", "NIVEL 1"),
      ("code: tier_4", "tier_4"), ("a T1 account", "T1"), ("our High-Touch service", "High-Touch"),
      ("tech touch for all", "tech touch"), ("Escala Digital", "Escala Digital"),
      ("Interacción persistente", "Interacción persistente"), ("the best tier", "tier"), ("tier2", "tier2"),
      ("your segment", "your segment"),
    ])
  func found(_ text: String, _ words: String) {
    #expect(TierWordLint.findings(in: text).map(\.text) == [words])
  }

  @Test(
    "COM-02 ordinary words pass",
    arguments: [
      "All our enterprise customers get dedicated CSM and quarterly reviews.", "Your plan includes webinars.",
      "core features at scale", "un nivel de servicio excelente", "frontier 2, bottiers", "in touch with us",
      "T10 T-shirt", "",
    ])
  func passes(_ text: String) {
    #expect(TierWordLint.findings(in: text).isEmpty)
  }

  @Test("COM-01 a finding says where it stands")
  func place() {
    let findings = TierWordLint.findings(in: "Hola:\r\n¡eres Tier 2!\nniveles 3")
    #expect(findings.map(\.line) == [2, 3])
    #expect(findings.map(\.column) == [7, 1])
  }

  @Test("COM-03 the upgrade draft speaks of growth and of what is provided")
  func upgrade() throws {
    let draft = try #require(TierMessage.draft(from: .core, to: .strategic))
    #expect(draft.direction == .upgrade)
    #expect(
      draft.text.english
        == "As you have grown with us, we are excited to provide dedicated CSM support and quarterly business reviews."
    )
  }

  @Test("COM-04 COM-01 every draft passes the lint, in both languages, and a downgrade is neutral")
  func drafts() throws {
    for old in ServiceClass.allCases {
      for new in ServiceClass.allCases {
        let draft = TierMessage.draft(from: old, to: new)
        #expect((draft == nil) == (old == new))
        guard let draft else { continue }
        #expect(draft.direction == (new > old ? .upgrade : .downgrade))
        #expect(TierWordLint.findings(in: draft.text.english).isEmpty)
        #expect(TierWordLint.findings(in: draft.text.spanish).isEmpty)
        if draft.direction == .downgrade {
          #expect(draft.text.english.contains("stay the same"))
        }
      }
    }
  }

  @Test("COM-07 the customer-safe export has no tier, in its header or its cells")
  func customerSafe() {
    for level in ServiceClass.allCases {
      let row = CustomerSafeRow(account: "a", level: level)
      #expect(row.includes.count == CustomerSafeRow.columns.count - 1)
      for text in CustomerSafeRow.columns + row.includes.flatMap({ [$0.english, $0.spanish] }) {
        #expect(TierWordLint.findings(in: text).isEmpty)
      }
    }
  }

  @Test("COM-05 a promise of 4 hours against a median of 6 is not kept")
  func promise() throws {
    let check = try #require(ResponsePromise.check(promisedHours: 4, achievedHours: [5, 9, 6]))
    #expect(check.median == 6)
    #expect(!check.isKept)
    #expect(ResponsePromise.check(promisedHours: 4, achievedHours: []) == nil)
  }
}
