"""From a CSV to a fitted model, λ by 5-fold cross-validation, ours and the peers' in turn: whole processes.

    python peers/train.py PULSO [--rows 100000] [--threads 2] [--rounds 3] [--results FILE]

The table is that of accounts.py without missing cells: 26 numbers, 3 categories in treatment coding. Everybody
standardises and chooses among 40 λ by the held-out deviance of 5 folds. Before anything is timed the mean log losses
of all models on 20,000 other accounts are checked equal to 1e-3.
"""

import argparse
import csv
import glob
import math
import os
import subprocess
import sys
import tempfile

import threads
from score import run, typical
from summary import add, times as shown

here = os.path.dirname(os.path.abspath(__file__))


def frame_polars(path):
    import polars as pl

    frame = pl.read_csv(path)
    y = frame["churned"].to_numpy()
    categories = ["plan", "region", "industry"]
    frame = frame.drop("account_id", "churned").to_dummies(categories)
    # Levels stand in the order in which they were seen; the alphabet's first is the reference, as pandas has it.
    columns = sorted(frame.columns)
    references = [next(column for column in columns if column.startswith(name + "_")) for name in categories]
    return frame.select(columns).drop(references).to_numpy(), y


def frame_pandas(path):
    import pandas as pd

    frame = pd.read_csv(path)
    y = frame.pop("churned").to_numpy()
    frame = frame.drop(columns="account_id")
    return pd.get_dummies(frame, drop_first=True, dtype=float).to_numpy(), y


def fit(read, path):
    from sklearn.linear_model import LogisticRegressionCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x, y = read(path)
    # One fold after the other with BLAS's threads: a fold a thread (n_jobs) takes a third longer here.
    model = LogisticRegressionCV(
        Cs=40, cv=5, scoring="neg_log_loss", max_iter=1000, l1_ratios=(0,), use_legacy_attributes=False)
    return make_pipeline(StandardScaler(), model).fit(x, y)


def log_loss_of_peer(read, table, unseen):
    x, y = read(unseen)
    return log_loss(fit(read, table).predict_proba(x)[:, 1], y)


def log_loss_of_ours(pulso, folder, unseen):
    (model,) = glob.glob(f"{folder}/models/*/*/model.json")
    run([pulso, "score", unseen, "--model", model, "--out", f"{folder}/scores.csv", "--quiet"])
    with open(f"{folder}/scores.csv") as scores, open(unseen) as outcomes:
        probabilities = [float(row["churn_risk"]) for row in csv.DictReader(scores)]
        return log_loss(probabilities, [float(row["churned"]) for row in csv.DictReader(outcomes)])


def log_loss(probabilities, outcomes):
    terms = [-math.log(p if y else 1 - p) for p, y in zip(probabilities, outcomes, strict=True)]
    return math.fsum(terms) / len(terms)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("pulso", type=os.path.abspath)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--results", help="where rows of the summary go")
    options = arguments.parse_args()
    pinned = threads.pin(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        table, unseen = f"{folder}/train.csv", f"{folder}/unseen.csv"
        for path, rows, seed in ((table, options.rows, "2"), (unseen, 20_000, "3")):
            run([sys.executable, f"{here}/accounts.py", str(rows), seed, path, "--target", "--whole"])
        sides = {
            "pulso": [
                options.pulso, "train", table, "--target", "churned", "--id", "account_id", "--recipe", "plain",
                "--folds", "0", "--threads", str(options.threads), "--models", f"{folder}/models", "--quiet"],
            "polars, scikit-learn": [sys.executable, __file__, "--fit", "frame_polars", table],
            "pandas, scikit-learn": [sys.executable, __file__, "--fit", "frame_pandas", table],
        }
        run(sides["pulso"])
        losses = {"pulso": log_loss_of_ours(options.pulso, folder, unseen)}
        for name, command in list(sides.items())[1:]:
            losses[name] = float(subprocess.check_output([*command, unseen]))
        if max(losses.values()) - min(losses.values()) > 1e-3:
            raise SystemExit(f"the models differ in mean log loss: {losses}")
        figures = {name: [] for name in sides}
        for _ in range(options.rounds):
            for name, command in sides.items():
                figures[name].append(run(command))
    found = {name: typical(runs) for name, runs in figures.items()}
    ours = found["pulso"][0]
    print(f"{pinned}; median of {options.rounds}, one after the other\n")
    print("| work | by | time | × ours | peak | log loss on others |\n|---|---|---:|---:|---:|---:|")
    for name, (seconds, memory) in found.items():
        print(
            f"| CSV of {options.rows:,} → model | {name} | {seconds:.2f} s | {seconds / ours:.1f} | {memory:.0f} MB "
            f"| {losses[name]:.6f} |")
    best = min((name for name in found if name != "pulso"), key=lambda name: found[name][0])
    ratio = found[best][0] / ours
    add(
        options.results, f"CSV of {options.rows:,} → model, λ by 5 folds", f"{ours:.2f} s", f"{best} {shown(ratio)}",
        "5 ×", ratio >= 5)


if __name__ == "__main__":
    if sys.argv[1] == "--fit":
        read, *tables = sys.argv[2:]
        if len(tables) == 1:
            fit(globals()[read], *tables)
        else:
            print(log_loss_of_peer(globals()[read], *tables))
    else:
        main()
