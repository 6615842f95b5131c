"""Fits, ours and the peers' in turn on the same data in memory: A B C A B C …, medians and ratios.

    python peers/fit.py RUNNER [--full] [--threads 2] [--rounds 5] [--only fit:1000000x30 cv:100000x30 …]

Objective: mean logistic loss + λ/2 ‖β‖², the intercept free, columns as they are, λ = 1e-4. Before anything is
timed every solution's excess over the best objective is computed here, the same way for all; ours must be within
1e-10. Data are what numpy's default generator makes from seed 1 (see data.py), in a file that ours reads.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
import warnings

arguments = argparse.ArgumentParser()
arguments.add_argument("runner")
arguments.add_argument("--full", action="store_true")
arguments.add_argument("--only", nargs="+", metavar="fit|raw|cv|linearity:NxP")
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--rounds", type=int, default=5)
options = arguments.parse_args()
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TBB_NUM_THREADS"):
    os.environ[name] = str(options.threads)

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
    from sklearnex.linear_model import LogisticRegression

    model = LogisticRegression(
        C=np.inf if lam == 0 else 1 / (lam * len(y)), solver="lbfgs", tol=1e-6, max_iter=2000
    )
    begin = time.perf_counter()
    model.fit(x, y)
    return time.perf_counter() - begin, np.ravel(model.intercept_)[0], np.ravel(model.coef_)


peers = {
    "lbfgs, tol 1e-4": scikit_learn("lbfgs", 1e-4),
    "lbfgs, tol 1e-6": scikit_learn("lbfgs", 1e-6),
    "newton-cholesky": scikit_learn("newton-cholesky", 1e-6),
    "glum": glum,
    "intelex lbfgs": intelex,
}


def compare(runner, n, p, lam, raw, folder):
    x, y = data.design(n, p, raw=raw)
    path = os.path.join(folder, "design.bin")
    data.write(path, x, y)
    runner.load(path)
    # scikit-learn is given the order of storage that suits it.
    row_major = np.ascontiguousarray(x)
    sides = {
        "ours": lambda: runner.fit(lam, options.threads),
        "ours, tol 1e-6": lambda: runner.fit(lam, options.threads, 1e-6),
    }
    for name, peer in peers.items():
        sides[name] = lambda peer=peer: peer(row_major, y, lam)
    found, times = {}, {}
    for name, side in sides.items():
        try:
            seconds, intercept, slopes = side()
            found[name] = objective(x, y, lam, intercept, slopes)
            times[name] = [seconds]
        except Exception as error:  # a peer that refuses is shown as such
            found[name] = None
            print(f"  {name}: {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)
    best = min(value for value in found.values() if value is not None)
    for name in ("ours", "ours, tol 1e-6"):
        if found[name] - best > 1e-10:
            raise SystemExit(f"{name} is {found[name] - best:.2e} above the best objective")
    if not raw:  # there the peers take minutes and stop unfinished: once is enough
        times = {name: [] for name in times}
        for _ in range(options.rounds):
            for name in times:
                times[name].append(sides[name]()[0])
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, seconds in medians.items():
        note = f"excess objective {max(found[name] - best, 0):.0e}"
        row("raw, no penalty" if raw else "fit", n, p, name, times[name], seconds / medians["ours"], note)


def cross_validation(runner, n, p, folder):
    """5 folds × 20 λ, each side's wall time with `threads` threads; deviances held against each other."""
    from sklearn.linear_model import LogisticRegressionCV

    x, y = data.design(n, p)
    path = os.path.join(folder, "design.bin")
    data.write(path, x, y)
    runner.load(path)
    lambdas = np.geomspace(1, 1e-6, 20)
    parts = [(np.flatnonzero(np.arange(n) % 5 != k), np.flatnonzero(np.arange(n) % 5 == k)) for k in range(5)]
    row_major = np.ascontiguousarray(x)
    ours, peer = [], []
    for _ in range(max(1, options.rounds // 5)):
        seconds, deviances = runner.cross_validate(5, options.threads, lambdas)
        ours.append(seconds)
        # C is per training set: the same λ for each fold of n · 4/5 rows.
        model = LogisticRegressionCV(
            Cs=1 / (lambdas * n * 0.8), cv=parts, solver="lbfgs", scoring="neg_log_loss", refit=False,
            n_jobs=options.threads, tol=1e-4, max_iter=1000, use_legacy_attributes=False,
        )
        begin = time.perf_counter()
        model.fit(row_major, y)
        peer.append(time.perf_counter() - begin)
    losses = -np.asarray(model.scores_).reshape(5, 20).mean(axis=0)
    gap = np.abs(losses - np.asarray(deviances) / 2).max()
    ratio = statistics.median(peer) / statistics.median(ours)
    row("5 folds × 20 λ", n, p, "ours", ours, 1, "")
    row("5 folds × 20 λ", n, p, "LogisticRegressionCV", peer, ratio, f"mean log loss differs by {gap:.0e}")


def main():
    runner = Runner(options.runner)
    print(f"threads: {options.threads} for each side; rounds: {options.rounds}, in turn\n")
    print("| work | rows × columns | who | median ms | best ms | × ours | |")
    print("|---|---|---|---:|---:|---:|---|")
    works = ["fit:10000x10", "fit:10000x100", "fit:100000x30", "fit:1000000x30", "raw:100000x30", "cv:100000x30"]
    if options.full:
        works = [f"fit:{n}x{p}" for n in (10_000, 100_000, 1_000_000) for p in (10, 30, 100)]
        works += ["raw:100000x30", "cv:100000x30", "cv:1000000x30"]
        works += [f"linearity:{n}x30" for n in (10_000, 100_000, 1_000_000, 10_000_000)]
    with tempfile.TemporaryDirectory() as folder:
        for work in options.only or works:
            kind, size = work.split(":")
            n, p = map(int, size.split("x"))
            if kind == "cv":
                cross_validation(runner, n, p, folder)
            elif kind == "linearity":
                linearity(runner, n, p, folder)
            else:
                compare(runner, n, p, 0 if kind == "raw" else 1e-4, kind == "raw", folder)


def linearity(runner, n, p, folder):
    """Ours alone."""
    x, y = data.design(n, p)
    path = os.path.join(folder, "design.bin")
    data.write(path, x, y)
    del x, y
    runner.load(path)
    seconds = [runner.fit(1e-4, options.threads)[0] for _ in range(options.rounds)]
    row("linearity", n, p, "ours", seconds, 1, f"{statistics.median(seconds) / n * 1e9:.0f} ns a row")


def row(work, n, p, who, seconds, ratio, note):
    print(
        f"| {work} | {n:,} × {p} | {who} | {statistics.median(seconds) * 1000:,.1f} | {min(seconds) * 1000:,.1f} "
        f"| {ratio:.1f} | {note} |",
        flush=True,
    )


main()
