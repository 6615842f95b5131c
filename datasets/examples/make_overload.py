"""Writes overload.csv: 120 customers, 3 managers, everyone treated alike.

The first 120 customers of ../world/book.csv, shared out among three managers as they come. Each gets a
quarterly business review of 30 minutes whatever it pays; 22 of the 120 (18 %) left within the year.

    python3 make_overload.py
"""

import csv
import random
from pathlib import Path

here = Path(__file__).parent
kept = [
    "account_id", "account_name", "arr", "currency", "plan", "start_date", "renewal_date", "employees",
    "industry", "region", "seats", "seats_used", "complexity",
]
with open(here / "../world/book.csv", encoding="utf-8", newline="") as file:
    customers = [{name: row[name] for name in kept} for row in csv.DictReader(file)][:120]
assert len(customers) == 120

left = set(random.Random(18).sample(range(120), 22))
for position, customer in enumerate(customers):
    customer["csm"] = f"csm-{position % 3 + 1:03d}"
    customer["reviews_per_year"] = 4
    customer["review_minutes"] = 30
    customer["churned"] = 1 if position in left else 0

with open(here / "overload.csv", "w", encoding="utf-8", newline="") as file:
    writer = csv.DictWriter(file, fieldnames=list(customers[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(customers)
