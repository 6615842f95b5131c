internal import Calendar
internal import GRDB
internal import Segmentation
internal import Synchronization

/// An account of today with its standing of yesterday; either may be missing, not both.
struct Meeting: Sendable {
  /// With its row in today's book.
  var today: (row: Int, assignment: Assignment)?
  var old: OldStanding?
}

/// A standing as it was read, with the day since when it held.
struct OldStanding: Sendable {
  let standing: Standing
  let since: String
}

/// What a night leaves of some accounts, in their order: rows for the database, and assignments with memory.
struct NightPage: Sendable {
  struct Event: Sendable {
    let account: String
    /// Among those of its account.
    let number: Int
    let happening: Int
  }

  var assignments: [(row: Int, assignment: Assignment)] = []
  var newPlaces: [(number: Int, place: Place)] = []
  var newHappenings: [(number: Int, happening: Happening)] = []
  /// Standings of accounts that had none, and those that take the place of another.
  var first: [Standing] = []
  var changed: [Standing] = []
  var former: [OldStanding] = []
  var departed: [String] = []
  var concluded: [String] = []
  var opened: [(account: String, project: Project)] = []
  var events: [Event] = []
  /// The events in words, where they are asked for.
  var told: [TierEvent] = []
}

/// Makes a night's pages, one after another and from one thread at a time, while the database is busy with those
/// before: nothing of it needs the database.
final class Reckoner: Sendable {
  fileprivate struct Numbers {
    var places: Places
    var happenings: Happenings
  }

  private let reckoning: Reckoning
  private let numbers: Mutex<Numbers>
  private let isTelling: Bool
  private let context: @Sendable (Int, Assignment) -> RunContext

  init(
    _ reckoning: Reckoning, _ places: Places, _ happenings: Happenings, isTelling: Bool,
    context: @escaping @Sendable (Int, Assignment) -> RunContext
  ) {
    self.reckoning = reckoning
    numbers = Mutex(Numbers(places: places, happenings: happenings))
    self.isTelling = isTelling
    self.context = context
  }

  /// The page of the accounts that come next in the order of ids.
  func page(_ meetings: [Meeting]) throws(HistoryError) -> NightPage {
    try numbers.withLock { numbers throws(HistoryError) in
      var page = NightPage()
      page.assignments.reserveCapacity(meetings.count)
      page.events.reserveCapacity(meetings.count)
      for meeting in meetings {
        let oldPlace = try meeting.old.map { old throws(HistoryError) in
          try numbers.places.place(of: old.standing)
        }
        if let (row, assignment) = meeting.today {
          var outcome = reckoning.outcome(
            of: assignment, after: meeting.old?.standing, oldPlace, context(row, assignment))
          outcome.assignment.tierReason = numbers.store(
            outcome, after: meeting.old, isTelling: isTelling, on: &page)
          page.assignments.append((row, outcome.assignment))
        } else if let old = meeting.old, let oldPlace {
          page.former.append(old)
          page.departed.append(old.standing.account)
          let event = reckoning.departure(of: old.standing.account, from: oldPlace)
          numbers.store([event], isTelling: isTelling, on: &page)
        }
      }
      return page
    }
  }
}

extension Reckoner.Numbers {
  /// Returns the text of the tier's reason that the place's accounts share.
  mutating func store(
    _ outcome: Reckoning.Outcome, after old: OldStanding?, isTelling: Bool, on page: inout NightPage
  ) -> String {
    let (number, reason, isNew) = places.number(of: outcome.place)
    if isNew { page.newPlaces.append((number, outcome.place)) }
    let standing = Standing(outcome.assignment, place: number, health: outcome.health)
    if let old {
      if standing != old.standing {
        page.former.append(old)
        page.changed.append(standing)
      }
    } else {
      page.first.append(standing)
    }
    if outcome.concludesProject { page.concluded.append(standing.account) }
    if let project = outcome.opens { page.opened.append((standing.account, project)) }
    store(outcome.events, isTelling: isTelling, on: &page)
    return reason
  }

  mutating func store(_ events: [TierEvent], isTelling: Bool, on page: inout NightPage) {
    for (place, event) in events.enumerated() {
      let happening = Happening(
        kind: event.kind, from: event.from, to: event.to, reason: event.reason, author: event.author)
      let (number, isNew) = happenings.number(of: happening)
      if isNew { page.newHappenings.append((number, happening)) }
      page.events.append(NightPage.Event(account: event.account, number: place, happening: number))
    }
    if isTelling { page.told += events }
  }
}
