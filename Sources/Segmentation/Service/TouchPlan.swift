/// How often a service level meets its customers, as a preset may change it (CON-11, CON-12).
public struct TouchPlan: Sendable, Hashable {
  /// A rhythm, counted from the account's start.
  public enum Rhythm: Sendable, Hashable {
    case days(Int)
    case months(Int)
    case never

    /// `14d`, `3mo` or `never`.
    public init?(code: String) {
      if code == "never" {
        self = .never
      } else if code.hasSuffix("mo"), let months = Int(code.dropLast(2)), 1...1200 ~= months {
        self = .months(months)
      } else if code.hasSuffix("d"), let days = Int(code.dropLast()), 1...36_500 ~= days {
        self = .days(days)
      } else {
        return nil
      }
    }

    public var code: String {
      switch self {
      case .days(let days): "\(days)d"
      case .months(let months): "\(months)mo"
      case .never: "never"
      }
    }
  }

  /// Weekly touches in the first days, by the tier that has an onboarding by people; 0 for none.
  public var onboardingDays: Int
  public var checkIn: Rhythm
  public var businessReview: Rhythm
  public var valueReport: Rhythm
  /// Whether check-ins and reviews are held by a person.
  public var isHuman: Bool
  /// Whether a missed business review is a breach (SVC-24).
  public var reviewIsNeverSkipped: Bool
  /// Days before the renewal at which a notice goes out, the earliest first (SVC-12).
  public var renewalNoticeDays: [Int]

  public init(
    onboardingDays: Int, checkIn: Rhythm, businessReview: Rhythm, valueReport: Rhythm, isHuman: Bool,
    reviewIsNeverSkipped: Bool, renewalNoticeDays: [Int] = [60, 30, 14]
  ) {
    self.onboardingDays = onboardingDays
    self.checkIn = checkIn
    self.businessReview = businessReview
    self.valueReport = valueReport
    self.isHuman = isHuman
    self.reviewIsNeverSkipped = reviewIsNeverSkipped
    self.renewalNoticeDays = renewalNoticeDays
  }

  /// The plan of a level by the preset's rhythms and its mode: with `nbv` nothing is due by the calendar but
  /// renewal notices, with `hybrid` the rhythm stands but skipping breaks no promise (CON-16).
  public static func plan(_ level: ServiceClass, _ preset: Preset) -> TouchPlan {
    var plan = standard(level)
    if let index = ServiceClass.allCases.firstIndex(of: level), index < preset.service.checkIn.count,
      index < preset.service.businessReview.count
    {
      plan.checkIn = preset.service.checkIn[index]
      plan.businessReview = preset.service.businessReview[index]
    }
    switch preset.mode {
    case .segment: break
    case .hybrid: plan.reviewIsNeverSkipped = false
    case .nbv:
      plan = TouchPlan(
        onboardingDays: 0, checkIn: .never, businessReview: .never, valueReport: .never, isHuman: false,
        reviewIsNeverSkipped: false, renewalNoticeDays: plan.renewalNoticeDays)
    }
    return plan
  }

  /// The four-tier document: weekly in onboarding and then fortnightly with quarterly reviews and monthly
  /// value reports; every two months with two reviews a year; a digital check-in each quarter with a yearly
  /// report; renewal notices only.
  public static func standard(_ level: ServiceClass) -> TouchPlan {
    switch level {
    case .strategic:
      TouchPlan(
        onboardingDays: 90, checkIn: .days(14), businessReview: .months(3), valueReport: .months(1),
        isHuman: true, reviewIsNeverSkipped: true)
    case .core:
      TouchPlan(
        onboardingDays: 0, checkIn: .months(2), businessReview: .months(6), valueReport: .never,
        isHuman: true, reviewIsNeverSkipped: false)
    case .scale:
      TouchPlan(
        onboardingDays: 0, checkIn: .months(3), businessReview: .months(12), valueReport: .never,
        isHuman: false, reviewIsNeverSkipped: false)
    case .techTouch:
      TouchPlan(
        onboardingDays: 0, checkIn: .never, businessReview: .never, valueReport: .never,
        isHuman: false, reviewIsNeverSkipped: false)
    }
  }
}
