import Calendar
import Configuration
import Features
import ModelFile
import Training

extension Configuration {
  /// A declared model as training options, with the features' groups and the bands of this configuration.
  func trainingOptions(_ declared: ModelDeclaration, threads: Int) throws -> TrainingOptions {
    var arguments = TrainingArguments()
    arguments.target = declared.target
    arguments.positive = declared.positive
    arguments.id = declared.id
    arguments.name = declared.name
    arguments.role = declared.role
    arguments.recipe = declared.recipe
    arguments.features = declared.features?.joined(separator: ",")
    arguments.exclude = declared.exclude?.joined(separator: ",")
    arguments.penalty = declared.penalty
    arguments.lambda = declared.lambda
    arguments.alpha = declared.alpha
    arguments.standardize = declared.standardize.map { $0 ? "true" : "false" }
    arguments.weights = declared.weights
    arguments.offset = declared.offset
    arguments.trials = declared.trials
    arguments.classWeight = declared.classWeight
    arguments.robust = declared.robust
    arguments.ci = declared.ci
    arguments.folds = declared.folds
    arguments.group = declared.group
    arguments.time = declared.time
    arguments.horizon = declared.horizon
    arguments.holdout = declared.holdout
    arguments.calibrate = declared.calibrate
    arguments.tolerance = declared.tolerance
    arguments.maxIterations = declared.maxIterations
    arguments.seed = declared.seed.map(UInt64.init)
    var options: TrainingOptions
    do {
      options = try arguments.trainingOptions(target: declared.target ?? "", threads: threads)
    } catch let error as CommandError {
      // The same sentence, but the place is the configuration's.
      var complaint = error.complaint
      complaint.status = .badConfiguration
      complaint.place = declared.place
      throw CommandError(complaint)
    }
    options.bounds = declared.bounds
    complete(&options)
    return options
  }

  /// What holds for every model: the features' groups, the bands, how far the labels look ahead.
  func complete(_ options: inout TrainingOptions) {
    options.groups = groups
    options.bands = Model.Bands(
      redBelow: bands.red, greenFrom: bands.green, highFrom: bands.high, lowBelow: bands.low)
    if options.time != nil, options.horizon == nil { options.horizon = labelHorizon(of: options.target) }
  }

  /// How far a label of `features` looks ahead; nil for another target.
  private func labelHorizon(of target: String) -> CalendarSpan? {
    switch target {
    case "churned": plan.churned?.horizon ?? horizon
    case "expanded": plan.expanded?.horizon ?? horizon
    default: nil
    }
  }

  /// The group (usage, tickets, …) of each feature column.
  private var groups: [String: String] {
    Dictionary(
      (plan.features ?? []).flatMap { feature in feature.outputNames.map { ($0, feature.group.rawValue) } }
    ) { first, _ in first }
  }
}
