"""Scoring, ours and others' in turn: prints one table. Python with polars, duckdb, pandas, scikit-learn, numpy.

python3 score.py PULSO [ROWS] [RUNS]

Outputs are checked equal before anything is timed: the same ids in the same order, probabilities to 1e-12.
Whole processes are timed from start to exit; memory is the peak of the process.
"""
import csv
import glob
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
threads = "2"
pinned = dict(
    os.environ, POLARS_MAX_THREADS=threads, OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads,
    MKL_NUM_THREADS=threads)


def run(command):
    """Seconds and the peak in MB of a process."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=pinned, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command}: {errors.decode()[-500:]}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def same(path, reference):
    with open(path) as a, open(reference) as b:
        for x, y in zip(csv.reader(a), csv.reader(b), strict=True):
            if x[1] == "churn_risk":
                continue
            assert x[0] == y[0] and abs(float(x[1]) - float(y[1])) < 1e-12, (path, x, y)


def in_turn(title, commands, folder, runs):
    for name, command in commands.items():
        run(command)
        same(f"{folder}/{name}.csv", f"{folder}/pulso.csv")
    figures = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            figures[name].append(run(command))
    ours = statistics.median(t for t, _ in figures["pulso"])
    for name, found in figures.items():
        seconds = statistics.median(t for t, _ in found)
        memory = max(m for _, m in found)
        print(f"| {title} | {name} | {seconds:.3f} s | {seconds / ours:.1f} | {memory:.0f} MB |", flush=True)


def main():
    pulso = os.path.abspath(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        for out, count, seed, more in [("train", 20_000, 2, ["--target"]), ("book", rows, 1, []), ("small", 10_000, 1, [])]:
            run([sys.executable, f"{here}/accounts.py", str(count), str(seed), f"{folder}/{out}.csv", *more])
        run([
            pulso, "train", f"{folder}/train.csv", "--target", "churned", "--id", "account_id", "--name", "churn",
            "--role", "risk", "--folds", "0", "--models", f"{folder}/models", "--quiet"])
        (model,) = glob.glob(f"{folder}/models/churn/*/model.json")

        def commands(table):
            peers = {
                name: [sys.executable, f"{here}/score_with.py", name, model, f"{folder}/{table}.csv", f"{folder}/{name}.csv"]
                for name in ["polars", "duckdb", "pandas"]
            }
            ours = [pulso, "score", f"{folder}/{table}.csv", "--model", model, "--out", f"{folder}/pulso.csv",
                    "--threads", threads, "--quiet"]
            return {"pulso": ours, **peers}

        size = os.path.getsize(f"{folder}/book.csv") // 1_000_000
        print(f"{rows} accounts ({size} MB), {threads} threads, median of {runs}, one after the other\n")
        print("| work | by | time | × ours | peak |\n|---|---|---:|---:|---:|")
        in_turn(f"CSV of {rows} → scores CSV", commands("book"), folder, runs)
        in_turn("CSV of 10000 → scores CSV, whole process", commands("small"), folder, runs)
        ours = json.loads(subprocess.check_output([pulso, "bench", model, f"{folder}/book.csv", "--threads", threads, "--json"]))
        print(f"\n`pulso bench`: {json.dumps(ours)}")


if __name__ == "__main__":
    main()
