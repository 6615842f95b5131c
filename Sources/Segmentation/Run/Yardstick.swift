internal import Calendar

/// The part of a preset by which one account is measured. Plain values only: accounts are measured on all threads,
/// and copies of a whole ``Preset`` would count references that the threads share.
struct Yardstick: Sendable {
  let asOf: CalendarDate
  let expansion: ExpansionRules
  let floors: Floors
  let importance: ImportanceAxis
  let need: NeedAxis
  let scorecard: Scorecard.Weights
  let scorecardComplexity: ComplexityRule

  init(_ preset: Preset, asOf: CalendarDate) {
    self.asOf = asOf
    expansion = preset.expansion
    floors = preset.floors
    importance = preset.matrix.importance
    need = preset.matrix.need
    scorecard = preset.scorecard.weights
    scorecardComplexity = preset.scorecard.complexityRule
  }
}
