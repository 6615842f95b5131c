"""How every script here holds itself, and all it starts, to a number of threads: pinned to as many processors, which
the kernel sees to, and the libraries told, so that none starts more. To be called before they are imported."""

import os


def pin(threads):
    processors = sorted(os.sched_getaffinity(0))[:threads]
    if len(processors) < threads:
        raise SystemExit(f"{threads} threads need as many processors; here are {len(processors)}: THREADS={len(processors)}")
    os.sched_setaffinity(0, processors)
    for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):
        os.environ[f"{library}_NUM_THREADS"] = str(threads)
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    return f"{threads} threads for each side, pinned to processors {', '.join(map(str, processors))}"
