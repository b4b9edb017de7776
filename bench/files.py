"""Make the files of the benchmark, once in the original's layout and once by our Manager.

Usage: python bench/files.py FOLDER [--only NAME ...]

Files that stand there already are kept. All values are the same at each run.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import h5py
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

DT = 0.025
GROUP = "VecRef"
Values = NDArray[np.float64]
Sections = Iterator[tuple[str, dict[str, Values]]]


def text_attribute(node: h5py.HLObject, name: str, text: str) -> None:
    """Write a text as PyTables does."""
    if text:
        node.attrs.create(name, np.bytes_(text.encode()))
    else:
        node.attrs.create(name, h5py.Empty("S1"))


def as_group(node: h5py.Group) -> h5py.Group:
    """Give a group the attributes that PyTables gives it."""
    for name, text in {"CLASS": "GROUP", "TITLE": "", "VERSION": "1.0"}.items():
        text_attribute(node, name, text)
    return node


def array(parent: h5py.Group, name: str, values: Values) -> None:
    """Write an array with the attributes that PyTables gives it."""
    node = parent.create_dataset(name, data=values)
    attributes = {"CLASS": "ARRAY", "FLAVOR": "numpy", "TITLE": "", "VERSION": "2.4"}
    for attribute, text in attributes.items():
        text_attribute(node, attribute, text)


def original(path: Path, x: Values, sections: Sections) -> None:
    """Write a file section by section, as the original did."""
    with h5py.File(path, "w") as h5file:
        as_group(h5file)
        group = as_group(as_group(h5file.create_group("results")).create_group(GROUP))
        array(group, "x", x)
        for name, variables in sections:
            section = as_group(group.create_group(name))
            for variable, values in variables.items():
                array(section, variable, values)


def manager(path: Path, x: Values, sections: Sections) -> None:
    """Save a file by our Manager."""
    from neuronvisio.manager import BaseRef, Manager

    saver = Manager()
    for name, variables in sections:
        ref = BaseRef()
        ref.sec_name, ref.group_id, ref.vecs = name, GROUP, variables
        saver.add_ref(ref, x)
    saver.save_to_hdf(path)


LAYOUTS: dict[str, Callable[[Path, Values, Sections], None]] = {
    "original": original,
    "manager": manager,
}


def cell(count: int, samples: int) -> Sections:
    """Give `v` and `cai` of the sections of a cell: smooth curves with spikes."""
    rng = np.random.default_rng(20240917)
    t = np.arange(samples) * DT
    for index in range(count):
        wave = np.sin(rng.uniform(0.02, 0.3) * t + rng.uniform(0, 2 * np.pi))
        v = -65.0 + 4.0 * wave + 90.0 * np.maximum(wave - 0.97, 0) / 0.03
        name = "soma" if index == 0 else f"{('apical', 'dend')[index % 2]}_{index // 2}"
        yield name, {"v": v, "cai": 5e-5 + 1e-6 * (v + 65.0) ** 2}


def long_run(samples: int) -> Sections:
    """Give a noisy `v` with single spikes."""
    rng = np.random.default_rng(20240917)
    t = np.arange(samples) * DT
    v = -65 + 3 * np.sin(t / 50) + rng.normal(0, 0.05, samples)
    v[rng.integers(0, samples, 500)] += 95
    yield "soma", {"v": v}


def tiny(count: int) -> Sections:
    """Give sections with so few samples that their names are most of the file."""
    for index in range(count):
        yield f"dend_{index}", {"v": np.full(4, index, dtype=float)}


def sparse(path: Path, samples: int) -> None:
    """Write x and `v` of which almost nothing takes room on a disk: the rest are zeros."""
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    properties.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
    space = h5py.h5s.create_simple((samples,))
    with h5py.File(path, "w") as h5file:
        group = h5file.create_group(f"results/{GROUP}")
        section = group.create_group("soma")
        for parent, name in ((group, "x"), (section, "v")):
            kind = h5py.h5t.IEEE_F64LE
            node = h5py.h5d.create(parent.id, name.encode(), kind, space, properties)
            values = h5py.Dataset(node)
            values[:100] = np.arange(100) * DT
            values[-1] = samples * DT if name == "x" else 1.0


def jobs() -> dict[str, Callable[[Path], None]]:
    """Give each file's name and what makes it."""
    made: dict[str, Callable[[Path], None]] = {}
    for layout, write in LAYOUTS.items():
        for name, count, samples in (
            ("small", 10, 15_000),
            ("tree", 4_500, 2_000),
            ("big", 5_000, 15_000),
        ):
            made[f"{name}-{layout}"] = lambda path, write=write, count=count, samples=samples: (
                write(path, np.arange(samples) * DT, cell(count, samples))
            )
        made[f"long-{layout}"] = lambda path, write=write: write(
            path, np.arange(10_000_000) * DT, long_run(10_000_000)
        )
    for count in (100, 1_000, 10_000, 100_000):
        made[f"sections-{count}"] = lambda path, count=count: manager(
            path, np.arange(4) * DT, tiny(count)
        )
    for power in range(4, 9):
        made[f"samples-1e{power}"] = lambda path, power=power: sparse(path, 10**power)
    return made


def main() -> None:
    """Make what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, make in jobs().items():
        path = options.folder / f"{name}.h5"
        if path.exists() or (options.only and name not in options.only):
            continue
        partial = path.with_suffix(".part.h5")
        make(partial)
        os.replace(partial, path)
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
