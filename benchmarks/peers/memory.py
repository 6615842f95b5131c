"""Probabilities from columns in memory, and of one account: ours and the peers' in turn, medians and ratios.

    python peers/memory.py RUNNER [--rows 1000000] [--columns 30] [--threads 2] [--rounds 25] [--results FILE]

Everyone has the same numbers in the layout that suits it (columns for ours and numpy, rows for scikit-learn and
ONNX Runtime); probabilities are checked equal to 1e-12 (single precision: 1e-6) before anything is timed. Right before
each turn the bandwidth is measured, by adding up the same columns with the same threads; its median counts. That also
wakes the processors, which take milliseconds for it on some machines, for all sides alike.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time

import threads as held
from summary import add, times as shown

arguments = argparse.ArgumentParser()
arguments.add_argument("runner")
arguments.add_argument("--rows", type=int, default=1_000_000)
arguments.add_argument("--columns", type=int, default=30)
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--rounds", type=int, default=25)
arguments.add_argument("--results", help="where rows of the summary go")
options = arguments.parse_args()
pinned = held.pin(options.threads)

import numpy as np  # noqa: E402  (after the thread counts)
import onnxruntime  # noqa: E402
from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

import data  # noqa: E402
from ours import Runner  # noqa: E402


def numpy_probabilities(x, slopes, intercept):
    eta = x @ slopes
    eta += intercept
    np.negative(eta, out=eta)
    np.exp(eta, out=eta)
    eta += 1
    return np.reciprocal(eta, out=eta)


def scikit_learn(slopes, intercept):
    model = LogisticRegression()
    model.classes_, model.coef_, model.intercept_ = np.array([0, 1]), slopes[None, :], np.array([intercept])
    return lambda x: model.predict_proba(x)[:, 1]


def onnx(slopes, intercept, kind, tensor, threads):
    """η and its sigmoid as a graph of three nodes."""
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "slopes"], ["product"]),
            helper.make_node("Add", ["product", "intercept"], ["eta"]),
            helper.make_node("Sigmoid", ["eta"], ["p"]),
        ],
        "logistic",
        [helper.make_tensor_value_info("x", tensor, [None, len(slopes)])],
        [helper.make_tensor_value_info("p", tensor, [None, 1])],
        [
            numpy_helper.from_array(slopes.astype(kind)[:, None], "slopes"),
            numpy_helper.from_array(np.array([intercept], kind), "intercept"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    # Its idle threads would else take a processor from whoever comes next.
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(model.SerializeToString(), settings, ["CPUExecutionProvider"])
    return lambda x: session.run(None, {"x": x})[0][:, 0]


def timed(side):
    begin = time.perf_counter()
    side()
    return time.perf_counter() - begin


speeds = []


def in_turn(sides):
    times = {name: [] for name in sides}
    for _ in range(options.rounds):
        for name, side in sides.items():
            time.sleep(0.05)  # until the threads of the side before have stopped to spin
            speeds.append(runner.bandwidth(threads))
            times[name].append(side())
    return times


def one_account(side, rows):
    """Nanoseconds of each call, p50 and p99."""
    times = []
    for k in range(2000):
        row = rows[k % len(rows)]
        begin = time.perf_counter_ns()
        side(row)
        times.append(time.perf_counter_ns() - begin)
    times.sort()
    return times[len(times) // 2], times[len(times) * 99 // 100]


runner = Runner(options.runner)
n, p, threads = options.rows, options.columns, options.threads
x, _ = data.design(n, p)
random = np.random.default_rng(2)
slopes, intercept = random.normal(scale=0.3, size=p), -1.4
by_row = np.ascontiguousarray(x)
singles, singles_by_row = np.asfortranarray(x, np.float32), np.ascontiguousarray(x, np.float32)
sklearn = scikit_learn(slopes, intercept)
runtime = onnx(slopes, intercept, np.float64, TensorProto.DOUBLE, threads)
runtime_single = onnx(slopes, intercept, np.float32, TensorProto.FLOAT, threads)
slopes_single = slopes.astype(np.float32)

with tempfile.TemporaryDirectory() as folder:
    data.write(f"{folder}/design.bin", x, np.arange(n) % 2.0)
    runner.load(f"{folder}/design.bin")
    runner.model(intercept, slopes)
    expected = numpy_probabilities(x, slopes, intercept)
    for kind, bound in (("double", 1e-12), ("single", 1e-6)):
        runner.score(kind, threads, f"{folder}/p.bin")
        assert np.abs(np.fromfile(f"{folder}/p.bin") - expected).max() < bound, kind
for name, found, bound in (
    ("scikit-learn", sklearn(by_row), 1e-12), ("onnx", runtime(by_row), 1e-12),
    ("onnx single", runtime_single(singles_by_row), 1e-5),
    ("numpy single", numpy_probabilities(singles, slopes_single, np.float32(intercept)), 1e-5),
):
    assert np.abs(found - expected).max() < bound, name

doubles = in_turn({
    "ours": lambda: runner.score("double", threads),
    "numpy": lambda: timed(lambda: numpy_probabilities(x, slopes, intercept)),
    "scikit-learn": lambda: timed(lambda: sklearn(by_row)),
    "ONNX Runtime": lambda: timed(lambda: runtime(by_row)),
})
floats = in_turn({
    "ours": lambda: runner.score("single", threads),
    "numpy": lambda: timed(lambda: numpy_probabilities(singles, slopes_single, np.float32(intercept))),
    "ONNX Runtime": lambda: timed(lambda: runtime_single(singles_by_row)),
})
speed = statistics.median(speeds)
print(
    f"{n:,} × {p}; {pinned}; {options.rounds} rounds in turn; memory read at {speed / 1e9:.1f} GB/s "
    f"({min(speeds) / 1e9:.1f} to {max(speeds) / 1e9:.1f})\n")
print("| work | who | median ms | best ms | × ours | |")
print("|---|---|---:|---:|---:|---|")
middle = {}
for work, times, width in (("doubles", doubles, 8), ("singles", floats, 4)):
    middle[work] = {who: statistics.median(seconds) for who, seconds in times.items()}
    for who, seconds in middle[work].items():
        share = f"{n * p * width / seconds / speed:.0%} of the bandwidth" if who == "ours" else ""
        ratio = seconds / middle[work]["ours"]
        print(f"| {work} | {who} | {seconds * 1e3:.1f} | {min(times[who]) * 1e3:.1f} | {ratio:.1f} | {share} |")
share = n * p * 8 / middle["doubles"]["ours"] / speed
gain = middle["doubles"]["ours"] / middle["singles"]["ours"]
print(f"\nOurs, single precision: {gain:.2f} × the speed of double precision.\n")


def best(found):
    """The fastest peer and how many times as long as ours it took."""
    who = min((who for who in found if who != "ours"), key=found.get)
    return f"{who} {shown(found[who] / found['ours'])}"


add(
    options.results, f"probabilities of {n:,} × {p} doubles",
    f"{middle['doubles']['ours'] * 1e3:.1f} ms, {share:.0%} of {speed / 1e9:.1f} GB/s", best(middle["doubles"]),
    "85 % of the bandwidth", share >= 0.85)
add(
    options.results, "the same in single precision",
    f"{middle['singles']['ours'] * 1e3:.1f} ms, {gain:.2f} × doubles", best(middle["singles"]), "1.8 × doubles",
    gain >= 1.8)

rows = [np.ascontiguousarray(row) for row in by_row[:1024]]
accounts = in_turn({
    "ours": lambda: runner.account(100_000),
    "numpy": lambda: one_account(lambda row: 1 / (1 + np.exp(-(row @ slopes + intercept))), rows),
    "ONNX Runtime": lambda: one_account(lambda row: runtime(row[None, :]), rows),
    "scikit-learn": lambda: one_account(lambda row: sklearn(row[None, :]), rows),
})
found = {who: [statistics.median(figures) for figures in zip(*turns)] for who, turns in accounts.items()}
print("| one account | p50 ns | p99 ns |\n|---|---:|---:|")
for who, (p50, p99) in found.items():
    print(f"| {who} | {p50:,.0f} | {p99:,.0f} |")
p50s = {who: p50 for who, (p50, _) in found.items()}
add(options.results, "one account, p50", f"{p50s['ours']:.0f} ns", best(p50s), "100 ns", p50s["ours"] <= 100)
