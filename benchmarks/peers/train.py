"""From a CSV to a fitted model, λ by 5-fold cross-validation, ours and the peers' in turn: whole processes.

    python peers/train.py PULSO [ROWS] [RUNS]

The table is that of accounts.py without missing cells: 26 numbers, 3 categories in treatment coding. Everybody
standardises and chooses among λ by the held-out deviance of 5 folds; ours among 100, scikit-learn among 20.
"""
import os
import statistics
import subprocess
import sys
import tempfile

from score import run

here = os.path.dirname(os.path.abspath(__file__))


def frame_polars(path):
    import polars as pl

    frame = pl.read_csv(path)
    y = frame["churned"].to_numpy()
    frame = frame.drop("account_id", "churned")
    return frame.to_dummies(["plan", "region", "industry"], drop_first=True).to_numpy(), y


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
    model = LogisticRegressionCV(
        Cs=20, cv=5, scoring="neg_log_loss", n_jobs=2, max_iter=1000, use_legacy_attributes=False)
    make_pipeline(StandardScaler(), model).fit(x, y)


def main():
    pulso = os.path.abspath(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        table = f"{folder}/train.csv"
        run([sys.executable, f"{here}/accounts.py", str(rows), "2", table, "--target", "--whole"])
        sides = {
            "pulso": [
                pulso, "train", table, "--target", "churned", "--id", "account_id", "--recipe", "plain", "--folds",
                "0", "--threads", "2", "--models", f"{folder}/models", "--quiet"],
            "polars, scikit-learn": [sys.executable, __file__, "--fit", "frame_polars", table],
            "pandas, scikit-learn": [sys.executable, __file__, "--fit", "frame_pandas", table],
        }
        figures = {name: [] for name in sides}
        for _ in range(runs):
            for name, command in sides.items():
                figures[name].append(run(command))
    ours = statistics.median(seconds for seconds, _ in figures["pulso"])
    print("| work | by | time | × ours | peak |\n|---|---|---:|---:|---:|")
    for name, found in figures.items():
        seconds = statistics.median(seconds for seconds, _ in found)
        memory = max(memory for _, memory in found)
        print(f"| CSV of {rows} → model | {name} | {seconds:.2f} s | {seconds / ours:.1f} | {memory:.0f} MB |")


if __name__ == "__main__":
    if sys.argv[1] == "--fit":
        fit(globals()[sys.argv[2]], sys.argv[3])
    else:
        main()
