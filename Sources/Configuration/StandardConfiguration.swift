extension Configuration {
  /// The file that `pulso init` writes, which is also what holds for every section that a file leaves out.
  public static let standardText = """
    # pulso.yaml: what Pulso reads, what it makes of it, and which models it trains.
    #
    # Every key is optional; a section that is left out is the one written here. A key that Pulso doesn't know
    # is an error. With tables of your own and no section `features`, features are made from what the tables
    # have. `pulso features --help` tells what can be said on the command line instead.

    # Language of labels and reports, en or es; without it that of the environment.
    lang:

    # Folder of the tables, relative to this file.
    data: .

    # How far ahead the labels look: 90d, 12w, 3mo, 1y.
    horizon: 90d

    # An account is in onboarding while its tenure is below this many days.
    onboarding_days: 90

    # The tables. A table is read from NAME.csv unless `file` names another place (a path, or
    # sqlite:FILE?table=T). Its role is accounts (one row an account, no history), subscriptions (one row a
    # period of constant terms) or events (one row for each thing that happened; the default).
    #   id        names a row; of accounts, the account
    #   account   the account of a row (default account_id)
    #   through   another table, whose id the column `account` holds
    #   start     accounts: when it began; subscriptions: first day of the terms
    #   end       first day on which a row no longer holds; blank while it does
    #   date      events: when it happened
    #   known_at  the date column from which on rows are known, or for single columns: {column: date column}
    #   where     rows to keep: priority = urgent and escalated = true; kind in (a, b); csat is missing
    tables:
      accounts:
        id: account_id
        start: start_date
      subscriptions:
        id: subscription_id
        start: start_date
        end: end_date
        mrr: mrr
        seats: seats
      usage:
        date: date
      tickets:
        id: ticket_id
        date: opened_at
        end: closed_at
        known_at:
          csat: closed_at
      sentiment:
        date: date
      content:
        date: date

    # The features, in five groups: account, usage, tickets, sentiment, content. Only rows dated before the
    # as-of date count. tenure_days and in_onboarding are always made.
    #   aggregate  count, sum, mean, min, max, distinct, last, days_since, days_until, share
    #   windows    30d, 12w, 3mo, 1y: that long before the date; all; first_90d: the account's first 90 days;
    #              running: rows begun and not yet ended. 30d makes the column NAME_30d.
    #   trend      log_ratio, log((1 + a) / (1 + b)), or difference, a - b, of a window and the one `lag`
    #              before it (default: the window's length). Makes the column NAME_30d_trend.
    #   per        divide by a column made further up
    #   attributes short for columns of the accounts table, which must not change with time
    features:
      account:
        attributes: [industry, region, employees]
        plan: {table: subscriptions, aggregate: last, column: plan, windows: running}
        billing: {table: subscriptions, aggregate: last, column: billing, windows: running}
        seats: {table: subscriptions, aggregate: sum, column: seats, windows: running}
        mrr: {table: subscriptions, aggregate: sum, column: mrr, windows: running}
        upgrades: {table: subscriptions, aggregate: count, where: event = upgrade, windows: 1y}
        downgrades: {table: subscriptions, aggregate: count, where: event = downgrade, windows: 1y}
      usage:
        active_per_seat:
          table: usage
          aggregate: mean
          column: active_users
          where: feature = core
          windows: 30d
          per: seats
        sessions: {table: usage, aggregate: sum, column: sessions, windows: 30d, trend: log_ratio}
        features_used: {table: usage, aggregate: distinct, column: feature, windows: 90d}
        days_since_usage: {table: usage, aggregate: days_since, where: active_users > 0}
      tickets:
        tickets: {table: tickets, aggregate: count, windows: 90d, trend: log_ratio}
        urgent_tickets: {table: tickets, aggregate: count, where: priority = urgent, windows: 90d}
        open_tickets: {table: tickets, aggregate: count, windows: running}
        ticket_csat: {table: tickets, aggregate: mean, column: csat, windows: 180d}
      sentiment:
        nps: {table: sentiment, aggregate: last, column: value, where: kind = nps}
        email_tone: {table: sentiment, aggregate: mean, column: value, where: kind = email_tone, windows: 90d}
      content:
        content_completed: {table: content, aggregate: count, where: completed = true, windows: 90d}
        onboarding_content: {table: content, aggregate: count, where: completed = true, windows: first_90d}

    # What became of an account within the horizon; blank where the horizon isn't over.
    #   churned.when  lapse: its last subscription ends and none follows within grace_days; any_end: any of its
    #                 subscriptions ends; event: a row of `table` (and `where`) is dated in the horizon;
    #                 flag: a row of `table` says so without a date, which fits a single --as-of only
    #   expanded.when growth: what it has at the end of the horizon is `growth` more, measured in mrr, seats or
    #                 either; flag: as above
    # A label may have a `horizon` of its own; `churned: false` leaves it out.
    labels:
      churned:
        when: lapse
        grace_days: 1
      expanded:
        measure: either
        growth: 0.1

    # Several definitions of one outcome, to be compared account by account; none here. For example:
    #   flagged: {table: accounts, where: churn_flag = true}
    outcomes:

    # The models that `pulso train TABLE --config pulso.yaml` trains, with the options of `pulso train`
    # (class_weight, max_iterations: underscores instead of dashes), and
    #   bounds     {column: positive or negative}: the direction that an effect must have
    models:
      churn:
        role: risk
        target: churned
        id: account_id
        time: as_of
        exclude: [expanded]
      expansion:
        role: expansion
        target: expanded
        id: account_id
        time: as_of
        exclude: [churned]

    # How many reasons beside each nightly score (`pulso score` takes --reasons).
    reasons: 3

    # Health below `red` is red, from `green` on green; expansion is high from `high` times the usual odds on,
    # low below `low` times.
    bands: {red: 25, green: 75, high: 3, low: 1}

    # What an account manager can act on: the columns that advice may be about.
    actionable:
      - active_per_seat_30d
      - features_used_90d
      - open_tickets
      - content_completed_90d

    # Segmentation: see `pulso segment --help`.
    segment:

    # The nightly run: see `pulso nightly --help`. Paths are relative to this file; --models, --history and
    # --out on the command line stand in their place.
    #   accounts   the table to segment, in the folder of the tables; default the one with role accounts
    #   table      score this table as it is, instead of making features
    #   models     the folder of models
    #   history    the memory between nights
    #   out        the folder of the results: DATE/ for each night, and latest/
    #   intervals  whether scores have 95 % bounds, without which no quadrant is called sure
    #   exports    files for other tools: some of salesforce, hubspot, gainsight, customer
    #   fail_on    limits of `pulso drift` beyond which the exit status is 1: {psi: 0.2, missing: 0.1}
    nightly:
      accounts:
      table:
      models: models
      history: history.sqlite
      out: nightly
      intervals: true
      exports: []
      fail_on:

    """
}
