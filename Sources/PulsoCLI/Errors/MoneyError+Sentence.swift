import Tables

extension MoneyError: Complaining {
  var complaint: Complaint {
    switch self {
    case .notMoney(let text):
      Complaint(.badData, "\"\(text)\" is not an amount", hint: "write 30000, 30K€, $5K or 1.234,56 €")
    case .ambiguous(let text):
      Complaint(
        .badData, "\"\(text)\" is a thousand to some and one to others",
        hint: "state the locale, or write it without a thousands mark")
    case .twoCurrencies(let text): Complaint(.badData, "\"\(text)\" names two currencies")
    case .otherPeriod(let text):
      Complaint(.badData, "\"\(text)\" is not an amount a year", hint: "convert it to a year")
    }
  }
}
