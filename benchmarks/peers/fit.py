"""Fits, ours and the peers' in turn on the same data in memory: A B C A B C …, medians and ratios.

    python peers/fit.py RUNNER [--full] [--threads 2] [--rounds 5] [--results FILE] [--only fit:1000000x30 …]

Objective: mean logistic loss + λ/2 ‖β‖², the intercept free, columns as they are, λ = 1e-4. Before anything is
timed every solution's excess over the best objective is computed here, the same way for all; ours must be within
1e-10. Data are what numpy's default generator makes from seed 1 (see data.py), in a file that ours reads.

Ratios are to ours at a tolerance of 1e-6, as the peers have it: the loosest that keeps the excess below 1e-10.
"""

import argparse
import math
import os
import statistics
import sys
import tempfile
import time
import warnings

import threads
from summary import add, times as shown

arguments = argparse.ArgumentParser()
arguments.add_argument("runner")
arguments.add_argument("--full", action="store_true")
arguments.add_argument("--only", nargs="+", metavar="fit|raw|cv|linearity:NxP", default=[])
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--rounds", type=int, default=5)
arguments.add_argument("--results", help="where rows of the summary go")
options = arguments.parse_args()
pinned = threads.pin(options.threads)

import numpy as np  # noqa: E402  (after the thread counts)

import data  # noqa: E402
from ours import Runner  # noqa: E402

warnings.filterwarnings("ignore")


def objective(x, y, lam, intercept, slopes):
    eta = x @ np.asarray(slopes) + intercept
    return np.mean(np.logaddexp(0, eta) - y * eta) + 0.5 * lam * np.dot(slopes, slopes)


def scikit_learn(solver, tolerance):
    from sklearn.linear_model import LogisticRegression

    def fit(x, y, lam):
        penalty = np.inf if lam == 0 else 1 / (lam * len(y))
        model = LogisticRegression(C=penalty, solver=solver, tol=tolerance, max_iter=2000 if lam else 500)
        begin = time.perf_counter()
        model.fit(x, y)
        return time.perf_counter() - begin, model.intercept_[0], model.coef_[0]

    return fit


def glum(x, y, lam):
    from glum import GeneralizedLinearRegressor

    model = GeneralizedLinearRegressor(
        family="binomial", alpha=lam, l1_ratio=0, gradient_tol=1e-6, solver="irls-ls"
    )
    begin = time.perf_counter()
    model.fit(x, y)
    return time.perf_counter() - begin, model.intercept_, model.coef_


def intelex(x, y, lam):
    import daal4py
    from sklearnex.linear_model import LogisticRegression

    daal4py.daalinit(options.threads)
    model = LogisticRegression(
        C=np.inf if lam == 0 else 1 / (lam * len(y)), solver="lbfgs", tol=1e-6, max_iter=2000
    )
    begin = time.perf_counter()
    model.fit(x, y)
    return time.perf_counter() - begin, np.ravel(model.intercept_)[0], np.ravel(model.coef_)


# At 1,000,000 × 30 a looser tolerance that keeps an excess below 1e-10 saves newton-cholesky and glum no step and
# intelex nothing; sag and saga take longer at 10,000 × 100 and 100,000 × 30, and liblinear penalises the intercept.
ours = "ours, tol 1e-6"
scikit_learn_solvers = {
    "lbfgs, tol 1e-6": scikit_learn("lbfgs", 1e-6),
    "newton-cholesky": scikit_learn("newton-cholesky", 1e-6),
    "newton-cg": scikit_learn("newton-cg", 1e-6),
}
peers = {
    "lbfgs, tol 1e-4": scikit_learn("lbfgs", 1e-4), **scikit_learn_solvers, "glum": glum, "intelex lbfgs": intelex
}
# Of each cell of the grid, how many times as long as ours the fastest peer took.
ahead = {}


def in_turn(sides, rounds):
    """Seconds of each side. Threads of a library that wait for more work, spinning, are given time to stop."""
    times = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            time.sleep(0.1)
            times[name].append(side()[0])
    return times


def compare(runner, n, p, folder):
    lam = 1e-4
    x, y = load(runner, n, p, folder)
    # scikit-learn is given the order of storage that suits it.
    row_major = np.ascontiguousarray(x)
    sides = {
        "ours, tol 1e-12": lambda: runner.fit(lam, options.threads),
        ours: lambda: runner.fit(lam, options.threads, 1e-6),
        **{name: lambda peer=peer: peer(row_major, y, lam) for name, peer in peers.items()},
    }
    excess = excesses({name: side() for name, side in sides.items()}, x, y, lam)
    times = in_turn(sides, options.rounds)
    medians = report("fit", n, p, times, excess)
    ratios = {name: medians[name] / medians[ours] for name in peers}
    ahead[f"{n:,} × {p}"] = min((ratio, name) for name, ratio in ratios.items())
    if (n, p) == (1_000_000, 30):
        as_exact = {name: ratios[name] for name in scikit_learn_solvers if excess[name] <= 1e-10}
        best = min(as_exact or scikit_learn_solvers, key=ratios.get)
        add(
            options.results, f"fit {n:,} × {p}, λ given, excess ≤ 1e-10", f"{medians[ours] * 1e3:.0f} ms",
            f"{best} {shown(ratios[best])}; intelex {shown(ratios['intelex lbfgs'])}",
            "6 × scikit-learn, 3 × intelex", ratios[best] >= 6 and ratios["intelex lbfgs"] >= 3)


def raw(runner, n, p, folder):
    """Columns of all scales and no penalty, beside ours on the same columns scaled. The peers take minutes there and
    stop unfinished: once is enough for them."""
    x, y = load(runner, n, p, folder, raw=True)
    sides = {
        "ours, tol 1e-12": lambda: runner.fit(0, options.threads),
        ours: lambda: runner.fit(0, options.threads, 1e-6),
    }
    row_major = np.ascontiguousarray(x)
    found = {name: side() for name, side in sides.items()}
    found.update({name: peer(row_major, y, 0) for name, peer in peers.items() if name != "newton-cg"})
    excess = excesses(found, x, y, 0)
    # The same law: what is fitted differs by the units only.
    path = os.path.join(folder, "scaled.bin")
    data.write(path, (x - x.mean(axis=0)) / x.std(axis=0), y)
    other = Runner(options.runner)
    other.load(path)
    sides["ours, columns scaled"] = lambda: other.fit(0, options.threads, 1e-6)
    times = {name: [answer[0]] for name, answer in found.items()} | in_turn(sides, options.rounds)
    other.process.stdin.close()
    medians = report("raw, no penalty", n, p, times, excess)
    best = min((name for name in peers if name in medians), key=lambda name: (excess[name] > 1e-10, medians[name]))
    slower = medians[ours] / medians["ours, columns scaled"]
    add(
        options.results, f"raw columns, no penalty, {n:,} × {p}",
        f"{medians[ours] * 1e3:.0f} ms, {slower:.2f} × scaled columns, excess {excess[ours]:.0e}",
        f"{best} {shown(medians[best] / medians[ours])}, excess {excess[best]:.0e}",
        "right (excess ≤ 1e-10) at the same speed (≤ 1.15 × scaled)", excess[ours] <= 1e-10 and slower <= 1.15)


def excesses(found, x, y, lam):
    """How far each solution's objective is above the best of all."""
    reached = {name: objective(x, y, lam, intercept, slopes) for name, (_, intercept, slopes) in found.items()}
    best = min(reached.values())
    for name, value in reached.items():
        if name.startswith("ours") and value - best > 1e-10:
            raise SystemExit(f"{name} is {value - best:.2e} above the best objective")
    return {name: value - best for name, value in reached.items()}


def report(work, n, p, times, excess):
    """Prints a row a side; the medians."""
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, seconds in medians.items():
        note = f"excess objective {excess[name]:.0e}" if name in excess else ""
        row(work, n, p, name, times[name], seconds / medians[ours], note)
    return medians


def load(runner, n, p, folder, raw=False):
    x, y = data.design(n, p, raw=raw)
    path = os.path.join(folder, "design.bin")
    data.write(path, x, y)
    runner.load(path)
    return x, y


def cross_validation(runner, n, p, folder):
    """5 folds × 20 λ, each side's wall time with `threads` threads; deviances held against each other first."""
    from sklearn.linear_model import LogisticRegressionCV
    from threadpoolctl import threadpool_limits

    x, y = load(runner, n, p, folder)
    lambdas = np.geomspace(1, 1e-6, 20)
    parts = [(np.flatnonzero(np.arange(n) % 5 != k), np.flatnonzero(np.arange(n) % 5 == k)) for k in range(5)]
    row_major = np.ascontiguousarray(x)

    def peer(jobs):
        # C is per training set: the same λ for each fold of n · 4/5 rows.
        model = LogisticRegressionCV(
            Cs=1 / (lambdas * n * 0.8), cv=parts, solver="lbfgs", scoring="neg_log_loss", refit=False, n_jobs=jobs,
            tol=1e-4, max_iter=1000, l1_ratios=(0,), use_legacy_attributes=False,
        )
        with threadpool_limits(max(1, options.threads // jobs)):
            begin = time.perf_counter()
            model.fit(row_major, y)
            return time.perf_counter() - begin, -np.asarray(model.scores_).reshape(5, 20).mean(axis=0)

    sides = {
        "ours": lambda: runner.cross_validate(5, options.threads, lambdas),
        "LogisticRegressionCV, a fold a thread": lambda: peer(options.threads),
        "LogisticRegressionCV, BLAS threads": lambda: peer(1),
    }
    first = {name: side() for name, side in sides.items()}
    deviances = np.asarray(first["ours"][1]) / 2
    gaps = {name: np.abs(losses - deviances).max() for name, (_, losses) in list(first.items())[1:]}
    # What is left is the peer's tolerance: at 1e-8 the gap is 1e-9, and the time double.
    if max(gaps.values()) > 1e-4:
        raise SystemExit(f"mean log losses of {n} × {p} differ: {gaps}")
    if n > 100_000:  # minutes a run: once is enough
        times = {name: [answer[0]] for name, answer in first.items()}
    else:
        times = in_turn(sides, max(1, options.rounds // 2))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, seconds in medians.items():
        note = f"mean log loss differs by {gaps[name]:.0e}" if name in gaps else ""
        row("5 folds × 20 λ", n, p, name, times[name], seconds / medians["ours"], note)
    best = min(gaps, key=medians.get)
    ratio = medians[best] / medians["ours"]
    add(
        options.results, f"5 folds × 20 λ, {n:,} × {p}", f"{medians['ours']:.2f} s", f"{best} {shown(ratio)}", "8 ×",
        ratio >= 8)


def linearity(runner, sizes, folder):
    """Ours alone, in rows; the power of n by which the time grows, from first to last."""
    medians = {}
    for n, p in sizes:
        load(runner, n, p, folder)
        seconds = in_turn({ours: lambda: runner.fit(1e-4, options.threads, 1e-6)}, options.rounds)[ours]
        medians[n] = statistics.median(seconds)
        row("linearity", n, p, "ours", seconds, 1, f"{medians[n] / n * 1e9:.0f} ns a row")
    first, last = min(medians), max(medians)
    if first < last:
        power = math.log(medians[last] / medians[first]) / math.log(last / first)
        add(
            options.results, f"fit, n = {first:.0e} … {last:.0e}", f"time grows as n^{power:.2f}", "–",
            "linear (n^1.1 at most)", power <= 1.1)


def row(work, n, p, who, seconds, ratio, note):
    print(
        f"| {work} | {n:,} × {p} | {who} | {statistics.median(seconds) * 1000:,.1f} | {min(seconds) * 1000:,.1f} "
        f"| {ratio:.1f} | {note} |",
        flush=True,
    )


def main():
    runner = Runner(options.runner)
    print(f"{pinned}; rounds: {options.rounds}, in turn\n")
    print("| work | rows × columns | who | median ms | best ms | × ours | |")
    print("|---|---|---|---:|---:|---:|---|")
    works = ["fit:1000000x30", "fit:10000x10", "fit:10000x100", "fit:100000x30", "raw:100000x30", "cv:100000x30"]
    sizes = [10_000, 100_000, 1_000_000]
    if options.full:
        works = ["fit:1000000x30"]
        works += [f"fit:{n}x{p}" for n in sizes for p in (10, 30, 100) if (n, p) != (1_000_000, 30)]
        works += ["raw:100000x30", "cv:100000x30", "cv:1000000x30"]
        sizes.append(10_000_000)
    works = [work.split(":") for work in options.only or works + [f"linearity:{n}x30" for n in sizes]]
    works = [(kind, tuple(map(int, size.split("x")))) for kind, size in works]
    with tempfile.TemporaryDirectory() as folder:
        for kind, (n, p) in works:
            if kind != "linearity":
                {"fit": compare, "raw": raw, "cv": cross_validation}[kind](runner, n, p, folder)
        if lengths := [size for kind, size in works if kind == "linearity"]:
            linearity(runner, lengths, folder)
    if ahead:
        (ratio, name), cell = min((closest, cell) for cell, closest in ahead.items())
        add(
            options.results, f"fit, {len(ahead)} cells of the grid" + ("" if len(ahead) == 9 else " of 9"),
            f"ahead in {sum(ratio > 1 for ratio, _ in ahead.values())}", f"{name} {shown(ratio)} at {cell}",
            "ahead in every cell, of lbfgs at tol 1e-4 too", ratio > 1)


main()
