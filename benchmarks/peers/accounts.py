"""An invented book of accounts as CSV: id, 26 numbers, 3 categories, 2 % of the cells missing, and churned.

python3 accounts.py ROWS SEED OUT [--target] [--whole]
"""
import sys
import numpy as np
import polars as pl

rows, seed, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
target = "--target" in sys.argv
holes = 0 if "--whole" in sys.argv else 0.02
rng = np.random.default_rng(seed)
ids = np.char.add("A-", np.char.zfill(np.arange(1, rows + 1).astype(str), 8))
eta = np.full(rows, -2.0)
def hole(values):
    return np.where(rng.random(rows) < holes, np.nan, values)
series = [pl.Series("account_id", ids)]
for j in range(26):
    kind = j % 4
    if kind == 0:      # counts
        x = rng.poisson(40 * (1 + j), rows).astype(float); z = (x - 40 * (1 + j)) / np.sqrt(40 * (1 + j))
        s = pl.Series(hole(x)).fill_nan(None).cast(pl.Int64)
    elif kind == 1:    # shares of one, three decimals
        x = np.round(rng.random(rows), 3); z = x - .5
        s = pl.Series(hole(x)).fill_nan(None)
    elif kind == 2:    # amounts with cents
        x = np.round(rng.lognormal(6, 1, rows), 2); z = (x - 665) / 872
        s = pl.Series(hole(x)).fill_nan(None)
    else:              # signed trends, one of them long
        x = rng.normal(0, 1, rows); x = np.round(x, 6 if j == 3 else 2); z = x
        s = pl.Series(hole(x)).fill_nan(None)
    eta += z * (0.3 if j % 3 == 0 else -0.15) / 2
    series.append(s.alias(f"x{j + 1}"))
for name, levels in [("plan", ["basic", "pro", "enterprise", "trial"]),
                     ("region", ["emea", "amer", "apac", "latam", "nordics", "dach", "iberia", "uk"]),
                     ("industry", [f"sector_{i:02d}" for i in range(20)])]:
    code = rng.integers(0, len(levels), rows)
    eta += (code - len(levels) / 2) / len(levels)
    s = pl.Series(np.array(levels)[code])
    hidden = pl.Series(rng.random(rows) < holes)
    series.append(pl.DataFrame({"a": s, "m": hidden}).select(
        pl.when("m").then(None).otherwise("a")).to_series().alias(name))
frame = pl.DataFrame(series)
if target:
    frame = frame.with_columns(pl.Series("churned", (rng.random(rows) < 1 / (1 + np.exp(-eta))).astype(np.int64)))
frame.write_csv(out)
