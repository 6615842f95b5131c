import Segmentation
import Testing

@Suite struct WordsTests {
  @Test(
    "CON-13 low touch is the middle of the pyramid and the base of next best value; tiers have no such word")
  func lowTouch() {
    #expect(Vocabulary.pyramid.level(of: "Low Touch") == .lowTouch)
    #expect(Vocabulary.nbv.level(of: "Low Touch") == .techTouch)
    #expect(Vocabulary.nbv.level(of: "Medium Touch") == .lowTouch)
    #expect(Vocabulary.tiers.level(of: "Low Touch") == nil)
  }

  @Test("VOC-01 the quadrants in both languages")
  func quadrants() {
    #expect(
      Quadrant.allCases.map { $0.label.spanish } == [
        "Escala Digital", "Interacción por Proyecto", "Interacción Persistente (Ligera)",
        "Interacción Persistente (Intensiva)",
      ])
    #expect(
      Quadrant.allCases.map { $0.label.english } == [
        "Digital Scale", "Project engagement", "Persistent light", "Persistent intensive",
      ])
  }

  @Test("VOC-02 and TIR-01 the tiers in both languages")
  func tiers() {
    let preset = Preset()
    #expect(
      preset.tiers.map { $0.label(in: preset).spanish } == ["Estratégicas", "Core", "Scale", "Tech-Touch"])
    #expect(
      preset.tiers.map { $0.label(in: preset).english } == ["Strategic", "Core", "Scale", "Tech-Touch"])
    #expect(Tier.tier3.numbered.spanish == "Nivel 3")
  }

  @Test("VOC-03, VOC-04 and VOC-05 potential, fit, next best value and kinds of segmentation")
  func others() {
    #expect(ExpansionLevel.allCases.map { $0.label.spanish } == ["Alto", "Medio", "Bajo"])
    #expect(StrategicFit.no.label.spanish == "No" && StrategicFit.yes.label.spanish == "Sí")
    #expect(NextBestValueTerm.singleCustomerView.label.spanish == "Vista Única del Cliente")
    #expect(
      SegmentationBasis.allCases.map { $0.label.spanish } == [
        "Basado en el valor", "A priori", "Basada en las necesidades",
      ])
  }

  @Test("every flag has one code, and codes read back")
  func flags() {
    #expect(Set(Flags.all.map(\.code)).count == Flags.all.count)
    let all = Flags.all.reduce(into: Flags()) { $0.insert($1.flag) }
    #expect(Flags(codes: all.codes) == all)
  }
}
