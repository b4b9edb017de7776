"""Measure what h5py needs for the same, as JSON in milliseconds: the median of five.

Usage: python bench/limits.py FOLDER
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

GROUP = "results/VecRef"


def timed(work: Callable[[], object]) -> float:
    """Give the median of five times, in milliseconds."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def names(path: Path) -> int:
    """List the sections of a file."""
    with h5py.File(path) as h5file:
        return len(list(h5file[GROUP]))


def line(path: Path, section: str) -> float:
    """Read a variable and its x."""
    with h5py.File(path) as h5file:
        x, v = h5file[f"{GROUP}/x"][:], h5file[f"{GROUP}/{section}/v"][:]
        return float(np.max(x) + np.max(v))


def main() -> None:
    """Measure, and print."""
    folder = Path(sys.argv[1])
    result: dict[str, float] = {}
    for layout in ("original", "manager"):
        for name in ("tree", "big"):
            path = folder / f"{name}-{layout}.h5"
            result[f"names-{name}-{layout}"] = timed(lambda path=path: names(path))
        for name, section in (("big", "dend_1000"), ("small", "dend_1"), ("long", "soma")):
            path = folder / f"{name}-{layout}.h5"
            result[f"line-{name}-{layout}"] = timed(
                lambda path=path, section=section: line(path, section)
            )
    print(json.dumps(result))


if __name__ == "__main__":
    main()
