"""Make a sweep to look at: FOLDER RUNS SECTIONS.

Sample i of v of section s of run n is 1000 n + s + i, its x is i / 2.
"""

import sys
from pathlib import Path

import h5py
import numpy as np

from neuronvisio.sweep import Run, write_master

SAMPLES = 50


def write_run(path, number, sections):
    steps = np.arange(SAMPLES, dtype=float)
    with h5py.File(path, "w") as h5file:
        group = h5file.create_group("results/VecRef")
        group["x"] = steps / 2
        for section in range(sections):
            group[f"cable_{section}/v"] = 1000.0 * number + section + steps


def main(folder, runs, sections):
    (folder / "runs").mkdir()
    found = []
    for number in range(runs):
        path = folder / "runs" / f"run_{number}.h5"
        write_run(path, number, sections)
        found.append(Run(path, parameters={"amp": number / 100}))
    write_master(folder / "sweep.h5", found)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
