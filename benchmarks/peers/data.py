"""The designs that both sides fit, from a seed, and the file by which ours reads them."""

import numpy as np


def design(n, p, seed=1, raw=False, correlation=0.5):
    """n rows of p normal columns, outcomes by a logistic law with about a quarter of events.

    Any two columns correlate by `correlation`, as logins, sessions and seats do: they share one factor.
    `raw` gives the columns the scales that business tables have: money in millions, shares, days.
    """
    random = np.random.default_rng(seed)
    columns = random.standard_normal((p, n))
    columns *= np.sqrt(1 - correlation)
    columns += np.sqrt(correlation) * random.standard_normal(n)
    columns = columns.T
    slopes = random.normal(scale=0.6 / np.sqrt(p / 10), size=p)
    eta = columns @ slopes - 1.4
    y = (random.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
    if raw:
        columns = columns * 10.0 ** random.uniform(-3, 6, p) + 10.0 ** random.uniform(-3, 6, p)
        columns = np.asfortranarray(columns)
    return columns, y


def write(path, columns, y):
    """Rows and columns as 64-bit integers, the columns one after the other, the outcomes."""
    with open(path, "wb") as file:
        np.array(columns.shape, dtype=np.int64).tofile(file)
        columns.T.tofile(file)
        y.tofile(file)
