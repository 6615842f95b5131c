import LogisticRegression

extension FitError: Complaining {
  var complaint: Complaint {
    switch self {
    case .noRows:
      Complaint(.badData, "there are no rows to fit", hint: "check the table and the rows that were left out")
    case .unequalLengths(let input, let count, let expected):
      Complaint(.badData, "\(input.name) has \(count) values where \(expected) belong")
    case .notFinite(let input, let row):
      Complaint(
        .badData, "\(input.name) is not a finite number in row \(row + 1) of the fit",
        hint: "impute or remove missing and infinite values")
    case .rangeOverflows(let term):
      Complaint(
        .badData, "the values of \(term) span more than a number can hold",
        hint: "state the column in a larger unit")
    case .outcomeOutOfRange(let row, let value):
      Complaint(.badData, "the outcome in row \(row + 1) of the fit is \(value), outside its range")
    case .negativeWeight(let row, let value):
      Complaint(.badData, "the weight in row \(row + 1) of the fit is negative: \(value)")
    case .trialsNotPositive(let row, let value):
      Complaint(
        .badData, "row \(row + 1) of the fit has \(value) trials", hint: "leave out rows without trials")
    case .allWeightsZero:
      Complaint(.badData, "every row has weight 0")
    case .oneClass(let event):
      Complaint(
        .badData, "the outcome is \(event ? "always" : "never") the event",
        hint: "a fit needs both outcomes: check the target, its positive value and the period")
    case .separation(let found):
      Complaint(.badData, found.sentence, hint: "use --penalty firth or --penalty l2, or leave the terms out")
    case .notConverged(let facts):
      Complaint(
        .badData,
        "the fit did not converge in \(facts.iterations) iterations: gradient \(facts.gradientNorm), "
          + "condition \(facts.conditionNumber)",
        hint: "raise the penalty, or remove columns that nearly repeat others")
    case .invalidSetting(let name, let value):
      Complaint(.usage, "\(name) cannot be \(value)")
    case .settingCount(let name, let count, let expected):
      Complaint(.usage, "\(name) has \(count) values where \(expected) belong")
    case .settingsExclude(let one, let other):
      Complaint(.usage, "\(one) and \(other) exclude each other")
    case .nearlyDependent(let terms):
      Complaint(
        .badData, "\(terms.joined(separator: ", ")) nearly repeat other columns of a design on disk",
        hint: "leave them out, or fit with a penalty")
    case .unknownTerm(let term):
      Complaint(.usage, "there is no term \(term)")
    case .tooFewClusters(let count):
      Complaint(.badData, "clustered standard errors need at least two clusters; there are \(count)")
    case .tooFewFolds(let count):
      Complaint(.badData, "cross-validation needs at least two folds with rows; there are \(count)")
    case .emptyBand(let band):
      Complaint(.badData, "no row is in band \(band + 1)", hint: "merge the band with its neighbour")
    case .numerics(let error):
      Complaint(.defect, "linear algebra failed: \(error)", hint: "please report this with the data's shape")
    }
  }
}

extension FitError.Input {
  fileprivate var name: String {
    switch self {
    case .term(let name): name
    case .outcomes: "the outcome"
    case .trials: "the column of trials"
    case .weights: "the weight"
    case .offset: "the offset"
    case .clusters: "the cluster"
    case .folds: "the fold"
    }
  }
}

extension Separation {
  fileprivate var sentence: String {
    let outcome =
      events == rows ? ", all with the event" : events == 0 ? ", all without the event" : ""
    let names = terms.prefix(5).joined(separator: ", ") + (terms.count > 5 ? " and others" : "")
    return switch kind {
    case .complete: "complete separation: \(names) tell the outcomes of all \(rows) rows apart without a miss"
    case .quasi: "quasi-separation: \(names) decide the outcome of \(rows) rows\(outcome)"
    }
  }
}
