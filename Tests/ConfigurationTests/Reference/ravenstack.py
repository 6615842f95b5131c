"""What RavenStackTests.swift expects, worked out with the standard library of Python 3 alone.

    python3 ravenstack.py FOLDER     (the folder with the five tables)
"""
import csv
import sys
from collections import Counter
from datetime import date, timedelta

folder = sys.argv[1]


def read(name):
    with open(f"{folder}/{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text[:10]) if text else None


accounts, subscriptions, usage, tickets, events = map(
    read, ["accounts", "subscriptions", "feature_usage", "support_tickets", "churn_events"]
)
subscription = {row["subscription_id"]: row for row in subscriptions}
start = {row["account_id"]: day(row["signup_date"]) for row in accounts}
print("repeated usage ids", sum(n - 1 for n in Counter(r["usage_id"] for r in usage).values()))
print("usage before start", sum(
    day(r["usage_date"]) < day(subscription[r["subscription_id"]]["start_date"]) for r in usage))
print("usage after end", sum(
    bool(subscription[r["subscription_id"]]["end_date"])
    and day(r["usage_date"]) > day(subscription[r["subscription_id"]]["end_date"]) for r in usage))
print("tickets before start", sum(day(r["submitted_at"]) < start[r["account_id"]] for r in tickets))

ids = [row["account_id"] for row in accounts]
flags = {
    "account flag": {r["account_id"] for r in accounts if r["churn_flag"].upper() == "TRUE"},
    "subscription flag": {r["account_id"] for r in subscriptions if r["churn_flag"].upper() == "TRUE"},
    "churn event": {r["account_id"] for r in events},
}
names = list(flags)
for i, a in enumerate(names):
    for b in names[i + 1:]:
        counts = Counter((x in flags[a], x in flags[b]) for x in ids)
        print(a, "/", b, [counts[k] for k in [(True, True), (True, False), (False, True), (False, False)]])

now = date(2024, 6, 1)
running = {}
for row in subscriptions:
    end = day(row["end_date"])
    if day(row["start_date"]) < now and (end is None or end >= now):
        running.setdefault(row["account_id"], []).append(row)
recent = [r for r in usage if now - timedelta(days=90) <= day(r["usage_date"]) < now]
usage_90d = Counter()
features = {}
for row in recent:
    account = subscription[row["subscription_id"]]["account_id"]
    if account in running:
        usage_90d[account] += int(row["usage_count"])
        features.setdefault(account, set()).add(row["feature_name"])
upgraded = {r["account_id"] for r in subscriptions if r["upgrade_flag"].upper() == "TRUE"}
rated = [
    r for r in tickets
    if r["account_id"] in running and r["satisfaction_score"]
    and now - timedelta(days=180) <= day(r["submitted_at"]) < now and day(r["closed_at"]) < now
]
print("rows on", now, len(running))
print("sum of mrr", sum(int(r["mrr_amount"]) for rows in running.values() for r in rows))
print("sum of usage_90d", sum(usage_90d.values()))
print("sum of features_used_90d", sum(map(len, features.values())))
print("accounts with csat_180d", len({r["account_id"] for r in rated}))
print("churned", sum(a in flags["account flag"] for a in running))
print("expanded", sum(a in upgraded for a in running))
