import Calendar
import Features
import Foundation
import ModelFile
import Reporting
import Segmentation
import Testing
import Training

/// Small inputs with a known outcome.
enum SampleBook {
  static let day = CalendarDate(daysSince1970: 20_454)  // 2026-01-01

  /// Ten accounts: two of 100K with risk 0.1, eight of 25K with risk 0.2, one of each kind in need.
  static func entries(_ name: (Int) -> String = { "A-\($0)" }) -> [ReportBook.Entry] {
    (0..<10).map { index in
      let isLarge = index < 2
      let isNeedy = index.isMultiple(of: 2)
      var scores = Scores()
      scores.churnRisk = isLarge ? 0.1 : 0.2
      scores.expansionPotential = index == 6 ? 0.9 : 0.1
      return ReportBook.Entry(
        assignment: Assignment(
          id: name(index), arr: isLarge ? 100_000 : 25_000, importance: isLarge ? 80 : 20,
          need: isNeedy ? 70 : 30, quadrant: Quadrant(isImportant: isLarge, isNeedy: isNeedy),
          isQuadrantSure: index != 3, pyramidLevel: isLarge ? .highTouch : .techTouch, criteriaTier: .tier1,
          tier: isLarge ? .tier1 : .tier2, tierScore: 50, tierReason: "scorecard", coverage: .dedicated,
          flags: index == 6 ? [.diamond] : []),
        scores: scores)
    }
  }

  static func book(_ entries: [ReportBook.Entry] = entries()) -> ReportBook {
    ReportBook(preset: Preset(), entries: entries)
  }

  static func inputs(_ language: Language = .en, _ book: ReportBook? = book()) -> ReportInputs {
    ReportInputs(language: language, asOf: day, book: book)
  }

  /// A model with a bend, a level, curves, a path and a warning.
  static func model(name: String = "churn", level: String = "pro") throws -> ReportModel {
    let recipe = FittedRecipe(
      inputs: [
        RecipeInput(name: "seats", kind: .numeric, missing: .replace(3)),
        RecipeInput(name: "plan", kind: .categorical, missing: .level, levels: ["basic", level]),
      ],
      terms: [
        RecipeTerm(name: "seats", factors: [RecipeFactor(input: 0, basis: .identity)]),
        RecipeTerm(name: "seats>5", factors: [RecipeFactor(input: 0, basis: .hinge(knot: 5))]),
        RecipeTerm(name: "plan[\(level)]", factors: [RecipeFactor(input: 1, basis: .level(level))]),
      ])
    let model = Model(
      name: name, role: .risk, target: "churned", positive: "yes", recipe: recipe, intercept: -2,
      coefficients: [0.1, -0.2, 0.7], covariance: [1, 0, 0.01, 0, 0, 0.01, 0, 0, 0, 0.04],
      termMeans: [4, 0.5, 0.5], eventRate: 0.1, rows: 1000)
    return ReportModel(model: model, version: "20260101T000000Z-00000000", report: try report())
  }

  /// As `report.json` of format version 2 says it.
  static func report() throws -> TrainingReport {
    try #require(TrainingReport(decoding: Data(text.utf8)))
  }

  static let text = """
    {"format_version":2,"model":"churn","role":"risk","version":"","path":"","target":"churned",
    "positive":"yes","rows":1000,"rows_dropped":0,"rows_without_outcome":0,"positives":100,"recipe":"auto",
    "solver":{"name":"newton","iterations":5,"converged":true,"gradient_norm":0,"newton_decrement":0},
    "penalty":{"kind":"l2","lambda":0.1,"alpha":0,"convention":"c"},"standard_errors":"model",
    "coefficients":[{"term":"(Intercept)","estimate":-2,"std_error":1,"ci_low":-4,"ci_high":0,"odds_ratio":0.1},
    {"term":"seats","estimate":0.1,"std_error":0.1,"ci_low":-0.1,"ci_high":0.3,"odds_ratio":1.1,"deviation":2},
    {"term":"seats>5","estimate":-0.2,"std_error":0.1,"ci_low":-0.4,"ci_high":0.0,"odds_ratio":0.8,"deviation":1},
    {"term":"plan[pro]","estimate":0.7,"std_error":0.2,"ci_low":0.3,"ci_high":1.1,"odds_ratio":2,"deviation":0.5}],
    "log_likelihood":-300,"null_log_likelihood":-325,"deviance":600,"null_deviance":650,"aic":608,"bic":620,
    "mcfadden_r2":0.07,"tjur_r2":0.05,"effective_degrees_of_freedom":3,"calibration":"none",
    "validation":{"scheme":"stratified 5-fold","rows":1000,"events":100,"auc":0.75,"auc_low":0.7,"auc_high":0.8,
    "pr_auc":0.3,"log_loss":0.3,"log_loss_of_rate":0.325,"brier":0.08,"ece":0.01,"top_decile_lift":3,
    "no_better_than_chance":false,"curves":{"event_rate":0.1,
    "roc":{"x":[0,0.1,0.5,1],"y":[0,0.4,0.9,1]},
    "precision_recall":{"x":[0.1,0.5,1],"y":[0.6,0.25,0.1]},
    "gains":{"x":[0,0.1,0.5,1],"y":[0,0.3,0.8,1]},
    "calibration":[{"weight":500,"mean_probability":0.05,"event_rate":0.06,"low":0.04,"high":0.08},
    {"weight":500,"mean_probability":0.15,"event_rate":0.14,"low":0.11,"high":0.17}]}},
    "lambda_path":{"lambda":[1,0.1,0.01],"deviance":[0.65,0.6,0.62],"standard_error":[0.01,0.01,0.02],"chosen":0.1},
    "seconds":{"read":0,"recipe":0,"fit":0,"validate":0,"total":0},
    "warnings":[{"code":"collinear","term":"mrr","message":"mrr is seats times 12"}]}
    """
}
