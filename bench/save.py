"""Measure a save of the Manager against bare h5py writing the same arrays to one file.

Usage: python bench/save.py [--sections 5000] [--samples 15000] [--rounds 3] [--folder DIR]

Prints, for each round: seconds of both, once ending with the file closed and once with it on the
disk (fsync), and their ratio; the memory that a save takes beyond the vectors; then how many
blocks of the file hold all names, shapes and titles, and how much a small file grows by keeping
them together. Every figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

VARIABLES = ("v", "ina")
UNITS = {"v": "mV", "ina": "mA/cm2"}


def vectors(sections: int, samples: int) -> dict[str, dict[str, np.ndarray]]:
    """Make different values for each variable of each section."""
    base = np.sin(np.linspace(0.0, 50.0, samples))
    return {
        f"dend[{section}]": {
            name: base * (section + 1 + index) for index, name in enumerate(VARIABLES)
        }
        for section in range(sections)
    }


def save_with_manager(path: Path, values: dict, samples: int) -> None:
    """Save refs as a script does."""
    from neuronvisio.manager import BaseRef, Manager

    manager = Manager()
    time_steps = np.arange(samples) * 0.025
    for name, vecs in values.items():
        ref = BaseRef()
        ref.sec_name, ref.group_id, ref.vecs, ref.units = name, "VecRef", vecs, UNITS
        manager.add_ref(ref, time_steps)
    manager.save_to_hdf(path)


def save_with_h5py(path: Path, values: dict, samples: int) -> None:
    """Write the same arrays, with the shortest code that does."""
    with h5py.File(path, "w") as h5file:
        group = h5file.create_group("results/VecRef")
        group["x"] = np.arange(samples) * 0.025
        for name, vecs in values.items():
            section = group.create_group(name.replace("[", "_").rstrip("]"))
            for variable, array in vecs.items():
                section[variable] = array


class PeakMemory:
    """The largest resident size of this process while the block runs, in MB above its start."""

    def __enter__(self) -> PeakMemory:
        self._stop = threading.Event()
        self._start = self._peak = self._now()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self.grown = (self._peak - self._start) / 1e6

    def _watch(self) -> None:
        while not self._stop.wait(0.02):
            self._peak = max(self._peak, self._now())

    @staticmethod
    def _now() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def measure(what: str, path: Path, sections: int, samples: int, sync: bool) -> dict:
    """Time one save in this process."""
    values = vectors(sections, samples)
    save = save_with_manager if what == "manager" else save_with_h5py
    import neuronvisio.manager  # noqa: F401 - its import is not what is measured

    with PeakMemory() as memory:
        start = time.perf_counter()
        save(path, values, samples)
        if sync and what == "h5py":  # the Manager always does
            handle = os.open(path, os.O_RDWR)
            os.fsync(handle)
            os.close(handle)
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "memory_mb": memory.grown, "bytes": path.stat().st_size}


class CountedReads:
    """A file that notes which places h5py reads."""

    def __init__(self, path: Path) -> None:
        self._file = open(path, "rb", buffering=0)
        self.reads: list[tuple[int, int]] = []

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def blocks(self, size: int) -> int:
        """Count the blocks of that size that were touched."""
        touched = set()
        for offset, length in self.reads:
            touched.update(range(offset // size, (offset + max(1, length) - 1) // size + 1))
        return len(touched)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        raise NotImplementedError  # h5py asks for the name, but uses readinto

    def readinto(self, buffer: memoryview) -> int:
        self.reads.append((self._file.tell(), len(buffer)))
        return self._file.readinto(buffer) or 0

    def write(self, data: bytes) -> int:
        raise OSError("read only")

    def truncate(self, size: int) -> int:
        raise OSError("read only")

    def flush(self) -> None:
        pass


def blocks_of_metadata(path: Path) -> dict[str, int]:
    """Walk all names, shapes and titles; count what had to be read."""
    reads = CountedReads(path)
    with h5py.File(reads, "r") as h5file:
        for group in h5file["results"].values():
            for section in group.values():
                for variable in section.values() if isinstance(section, h5py.Group) else ():
                    assert variable.shape is not None
                    variable.attrs.get("TITLE")
    reads.close()
    return {"4 KiB": reads.blocks(1 << 12), "1 MiB": reads.blocks(1 << 20)}


def in_a_process(*arguments: object) -> dict:
    """Run one measurement by itself."""
    command = [sys.executable, __file__, "--one", *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sections", type=int, default=5000)
    parser.add_argument("--samples", type=int, default=15000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--one", nargs=5, metavar="X", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        what, path, sections, samples, sync = options.one
        print(json.dumps(measure(what, Path(path), int(sections), int(samples), sync == "True")))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        ours, bare = Path(folder) / "ours.h5", Path(folder) / "bare.h5"
        size = (options.sections, options.samples)
        print(f"{size[0]} sections x {len(VARIABLES)} variables x {size[1]} samples")
        print("round  on disk  Manager s  h5py s  ratio  Manager +MB  h5py +MB")
        for number in range(options.rounds):
            for sync in (False, True):
                ours.unlink(missing_ok=True)
                bare.unlink(missing_ok=True)
                one = in_a_process("manager", ours, *size, sync)
                two = in_a_process("h5py", bare, *size, sync)
                print(
                    f"{number + 1:5}  {'both' if sync else 'ours':7}  {one['seconds']:9.2f}"
                    f"  {two['seconds']:6.2f}  {one['seconds'] / two['seconds']:5.2f}"
                    f"  {one['memory_mb']:11.0f}  {two['memory_mb']:8.0f}",
                    flush=True,
                )
        print(f"blocks of all names, shapes, titles: ours {blocks_of_metadata(ours)}, "
              f"bare h5py {blocks_of_metadata(bare)}")  # fmt: skip
        small_ours, small_bare = Path(folder) / "small.h5", Path(folder) / "small_bare.h5"
        one = in_a_process("manager", small_ours, 3, 1000, False)
        two = in_a_process("h5py", small_bare, 3, 1000, False)
        print(f"3 sections x 1000 samples: ours {one['bytes']} bytes, bare h5py {two['bytes']}")


if __name__ == "__main__":
    main()
