"""Scores a CSV file as `pulso score` does, with another library: score_with.py LIBRARY MODEL TABLE OUT

The model is read from its model.json: medians for missing numbers, one coefficient a number, a level, and a
missing value. Written are the id, churn_risk, health and band.
"""
import json
import os
import sys


class Law:
    """A model.json as sums over columns."""

    def __init__(self, path):
        model = json.load(open(path))
        self.id, self.rate, self.bands = model["id"], model["event_rate"], model["bands"]
        self.intercept = model["intercept"]
        self.fill, self.slope, self.hole, self.levels = {}, {}, {}, {}
        inputs = model["inputs"]
        for term in model["terms"]:
            assert len(term["factors"]) == 1, "one factor a term"
            factor, beta = term["factors"][0], term["coefficient"]
            name = inputs[factor["input"]]["name"] if isinstance(factor["input"], int) else factor["input"]
            basis = factor["basis"]
            if basis == "identity":
                self.slope[name] = beta
            elif basis == "missing":
                self.hole[name] = beta
            elif basis == "level":
                self.levels.setdefault(name, {})[factor["level"]] = beta
            else:
                raise SystemExit(f"a basis that the peers do not know: {basis}")
        for column in inputs:
            if column["kind"] == "numeric":
                self.fill[column["name"]] = column.get("replacement")


def polars(law, table, out):
    import polars as pl

    eta = pl.lit(law.intercept)
    for name, beta in law.slope.items():
        eta = eta + pl.col(name).cast(pl.Float64).fill_null(law.fill[name]) * beta
    for name, betas in law.levels.items():
        eta = eta + pl.col(name).replace_strict(betas, default=0.0, return_dtype=pl.Float64)
    for name, beta in law.hole.items():
        eta = eta + pl.col(name).is_null().cast(pl.Float64) * beta
    p, rate = pl.col("churn_risk"), law.rate
    health = 100 * rate * (1 - p) / (rate * (1 - p) + p * (1 - rate))
    band = (
        pl.when(pl.col("health") < law.bands["red_below"]).then(pl.lit("red"))
        .when(pl.col("health") >= law.bands["green_from"]).then(pl.lit("green")).otherwise(pl.lit("yellow"))
    )
    (
        pl.scan_csv(table).select(law.id, (1 / (1 + (-eta).exp())).alias("churn_risk"))
        .with_columns(health.alias("health")).with_columns(band.alias("band"))
        .collect(engine="streaming").write_csv(out)
    )


def duckdb(law, table, out):
    import duckdb

    parts = [repr(law.intercept)]
    parts += [f'coalesce("{n}", {law.fill[n]}) * {b!r}' for n, b in law.slope.items()]
    parts += [f'CASE WHEN "{n}" IS NULL THEN {b!r} ELSE 0 END' for n, b in law.hole.items()]
    for n, betas in law.levels.items():
        whens = " ".join(f"WHEN '{level}' THEN {b!r}" for level, b in betas.items())
        parts.append(f'CASE "{n}" {whens} ELSE 0 END')
    r, low, high = law.rate, law.bands["red_below"], law.bands["green_from"]
    duckdb.sql(f"SET threads = {os.environ['POLARS_MAX_THREADS']}")  # as many as polars
    duckdb.sql(f"""
        COPY (SELECT id, p AS churn_risk, h AS health,
            CASE WHEN h < {low} THEN 'red' WHEN h >= {high} THEN 'green' ELSE 'yellow' END AS band
          FROM (SELECT id, p, 100 * {r} * (1 - p) / ({r} * (1 - p) + p * (1 - {r})) AS h
            FROM (SELECT "{law.id}" AS id, 1 / (1 + exp(-({' + '.join(parts)}))) AS p FROM '{table}')))
        TO '{out}' (HEADER, DELIMITER ',')""")


def pandas(law, table, out):
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LogisticRegression

    frame = pd.read_csv(table, keep_default_na=False, na_values=[""])
    columns, betas = [], []
    for name, beta in law.slope.items():
        columns.append(frame[name].fillna(law.fill[name]).to_numpy())
        betas.append(beta)
    for name, beta in law.hole.items():
        columns.append(frame[name].isna().to_numpy(dtype=float))
        betas.append(beta)
    for name, levels in law.levels.items():
        for level, beta in levels.items():
            columns.append((frame[name] == level).to_numpy(dtype=float))
            betas.append(beta)
    model = LogisticRegression()
    model.classes_, model.coef_, model.intercept_ = np.array([0, 1]), np.array([betas]), np.array([law.intercept])
    p = model.predict_proba(np.column_stack(columns))[:, 1]
    health = 100 * law.rate * (1 - p) / (law.rate * (1 - p) + p * (1 - law.rate))
    band = np.where(health < law.bands["red_below"], "red", np.where(health >= law.bands["green_from"], "green", "yellow"))
    pd.DataFrame({law.id: frame[law.id], "churn_risk": p, "health": health, "band": band}).to_csv(out, index=False)


if __name__ == "__main__":
    library, model, table, out = sys.argv[1:]
    globals()[library](Law(model), table, out)
