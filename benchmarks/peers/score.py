"""Scoring from CSV to CSV, ours and others' in turn, and ours alone by the number of rows.

    python peers/score.py PULSO [--rows 1000000] [--threads 2] [--rounds 3] [--full] [--results FILE]

Outputs are checked equal before anything is timed: the same ids in the same order, probabilities to 1e-12.
Whole processes are timed from start to exit; memory is the peak of the process.
"""

import argparse
import csv
import glob
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

import threads
from summary import add, times as shown

here = os.path.dirname(os.path.abspath(__file__))


# A child's peak is never below that of the process that starts it: a bare interpreter of 9 MB does.
LAUNCHER = """
import os, sys, time
begin = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(process, 0)
print(time.perf_counter() - begin, usage.ru_maxrss / 1024)
sys.exit(min(1, status))
"""


def run(command):
    """Seconds and the peak in MB of a process. What the one before wrote is on the disk by then: only ours waits for
    its own output to be there, and would wait for the others' too."""
    os.sync()
    launched = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, command)], capture_output=True, text=True, check=False)
    if launched.returncode:
        raise SystemExit(f"{command}: {launched.stderr[-500:]}")
    seconds, memory = map(float, launched.stdout.split())
    return seconds, memory


def same(path, reference):
    with open(path) as a, open(reference) as b:
        for x, y in zip(csv.reader(a), csv.reader(b), strict=True):
            if x[1] == "churn_risk":
                continue
            assert x[0] == y[0] and abs(float(x[1]) - float(y[1])) < 1e-12, (path, x, y)


def in_turn(title, commands, folder, rounds):
    """Median seconds and peak MB of each, and the others' times as ratios to ours."""
    for name, command in commands.items():
        run(command)
        same(f"{folder}/{name}.csv", f"{folder}/pulso.csv")
    figures = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            figures[name].append(run(command))
    found = {name: typical(runs) for name, runs in figures.items()}
    ours, peak = found.pop("pulso")
    print(f"| {title} | pulso | {ours:.3f} s | 1.0 | {peak:.0f} MB |", flush=True)
    for name, (seconds, memory) in found.items():
        print(f"| {title} | {name} | {seconds:.3f} s | {seconds / ours:.1f} | {memory:.0f} MB |", flush=True)
    return ours, peak, {name: seconds / ours for name, (seconds, _) in found.items()}


def typical(runs):
    """The median of the seconds and the largest of the peaks."""
    return statistics.median(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def by_rows(command, files, rounds, results):
    """Ours alone on longer and longer files. The peak counts from 1e5 rows, where all that is kept ahead is full."""
    print("\n| rows | time | µs a row | peak |\n|---:|---:|---:|---:|")
    found = {}
    for rows, path in files.items():
        found[rows] = seconds, peak = typical([run(command(path)) for _ in range(rounds)])
        print(f"| {rows:,} | {seconds:.3f} s | {seconds / rows * 1e6:.2f} | {peak:.0f} MB |", flush=True)
    first, last = 100_000, max(found)
    if first < last:
        power = math.log(found[last][0] / found[first][0]) / math.log(last / first)
        more = found[last][1] / found[first][1]
        peaks = ", ".join(f"{peak:.0f}" for _, peak in found.values())
        add(
            results, f"CSV → scores, n = {min(found):.0e} … {last:.0e}",
            f"time grows as n^{power:.2f} from {first:.0e}, peaks {peaks} MB", "–",
            f"linear (n^1.1 at most), flat (1.1 × the peak at {first:.0e})", power <= 1.1 and more <= 1.1)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("pulso", type=os.path.abspath)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--full", action="store_true")
    arguments.add_argument("--results", help="where rows of the summary go")
    options = arguments.parse_args()
    pulso, rows = options.pulso, options.rows
    pinned = threads.pin(options.threads)
    with tempfile.TemporaryDirectory() as folder:

        def book(name, count, seed, *more):
            path = f"{folder}/{name}.csv"
            run([sys.executable, f"{here}/accounts.py", str(count), str(seed), path, *more])
            return path

        train = book("train", 20_000, 2, "--target")
        files = {count: book(str(count), count, 1) for count in sorted({10_000, 100_000, rows})}
        run([
            pulso, "train", train, "--target", "churned", "--id", "account_id", "--name", "churn", "--role", "risk",
            "--folds", "0", "--models", f"{folder}/models", "--quiet"])
        (model,) = glob.glob(f"{folder}/models/churn/*/model.json")

        def ours(table):
            return [
                pulso, "score", table, "--model", model, "--out", f"{folder}/pulso.csv", "--threads",
                str(options.threads), "--quiet"]

        def commands(table):
            peers = {
                name: [sys.executable, f"{here}/score_with.py", name, model, table, f"{folder}/{name}.csv"]
                for name in ["polars", "duckdb", "pandas"]
            }
            return {"pulso": ours(table), **peers}

        print(f"{pinned}; median of {options.rounds}, one after the other\n")
        print("| work | by | time | × ours | peak |\n|---|---|---:|---:|---:|")
        work = f"CSV of {rows:,} accounts ({os.path.getsize(files[rows]) // 1_000_000} MB) → scores CSV"
        seconds, peak, ratios = in_turn(work, commands(files[rows]), folder, options.rounds)
        add(
            options.results, work, f"{seconds:.2f} s, {peak:.0f} MB", f"polars {shown(ratios['polars'])}",
            "3.5 × polars, 32 MB", ratios["polars"] >= 3.5 and peak <= 32)
        work = "CSV of 10,000 accounts → scores CSV, whole process"
        seconds, _, ratios = in_turn(work, commands(files[10_000]), folder, 3 * options.rounds)
        best = min(ratios, key=ratios.get)
        add(
            options.results, work, f"{seconds * 1e3:.0f} ms", f"{best} {shown(ratios[best])}", "20 ms", seconds <= 0.02)
        if options.full:
            files[10_000_000] = book("10000000", 10_000_000, 1)
        by_rows(ours, files, options.rounds, options.results)
        bench = [pulso, "bench", model, files[rows], "--threads", str(options.threads), "--json"]
        print(f"\n`pulso bench`: {json.dumps(json.loads(subprocess.check_output(bench)))}")


if __name__ == "__main__":
    main()
