"""Sweep a parameter over many runs with Dask, and join their files by one master.

Each run drives a cable of 100 sections with a current step of another amplitude, in a process
of its own, and saves its own file, `runs/run_<n>.h5`. Then `sweep.h5` is written, which links
to all of them; its path is printed. Started again, it makes only the runs that are not there.

    python examples/sweep.py                              # 100 runs on this machine
    python examples/sweep.py --scheduler tcp://head:8786  # on the workers of a cluster

A cluster's workers need one thread each (`dask worker --nthreads 1`), as NEURON has one model
a process, and the same folder.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import dask

from neuronvisio.results import Results
from neuronvisio.sweep import Run, write_master

SECTIONS = 100
STOP = 10.0  # ms
FIRST, LAST = 0.05, 0.5  # nA


def simulate(amplitude: float) -> Any:
    """Run the model; the Manager that has recorded it."""
    from neuron import h  # in the process that runs it

    from neuronvisio.manager import Manager

    h.load_file("stdrun.hoc")
    cable = [h.Section(name=f"cable[{i}]") for i in range(SECTIONS)]
    for section in cable:
        section.L, section.diam, section.Ra = 20, 2, 100
        section.insert("hh")
    for section, before in zip(cable[1:], cable, strict=False):
        section.connect(before(1))
    clamp = h.IClamp(cable[0](0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 1, amplitude

    manager = Manager()
    manager.add_all_vecRef("v")
    h.celsius = 6.3
    h.finitialize(-65)
    h.continuerun(STOP)
    return manager


def one_run(path: str, parameters: dict[str, Any]) -> str:
    """Simulate and save; what went wrong, '' if nothing did, as the other runs go on."""
    try:
        simulate(parameters["amplitude"]).save_to_hdf(path, parameters=parameters)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def is_done(path: Path, parameters: dict[str, Any]) -> bool:
    """Whether a run was saved with these parameters; a save is all or nothing."""
    try:
        with Results(path) as results:
            return results.parameters == parameters
    except OSError:
        return False


def compute(tasks: list[Any], workers: int | None, scheduler: str | None) -> list[str]:
    """Have Dask work on the tasks, here or on a cluster."""
    if scheduler is None:
        done = dask.compute(*tasks, scheduler="processes", num_workers=workers, chunksize=1)
        return list(done)
    from distributed import Client

    with Client(scheduler) as client:
        if any(threads > 1 for threads in client.nthreads().values()):
            sys.exit("NEURON needs workers with one thread: dask worker --nthreads 1")
        return list(dask.compute(*tasks, scheduler=client))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100, help="how many (100)")
    parser.add_argument("--output", default="Sweep", help="folder of the master (Sweep)")
    parser.add_argument("--workers", type=int, help="processes at a time (one per core)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a cluster's scheduler")
    arguments = parser.parse_args()

    folder = Path(arguments.output).resolve()
    (folder / "runs").mkdir(parents=True, exist_ok=True)
    step = (LAST - FIRST) / max(1, arguments.runs - 1)
    sweep: dict[Path, dict[str, Any]] = {
        folder / "runs" / f"run_{number:03}.h5": {"amplitude": round(FIRST + number * step, 6)}
        for number in range(arguments.runs)
    }
    todo = {path: values for path, values in sweep.items() if not is_done(path, values)}
    print(f"{len(sweep) - len(todo)} runs are there, {len(todo)} to do", file=sys.stderr)
    tasks = [dask.delayed(one_run)(str(path), values) for path, values in todo.items()]
    problems = compute(tasks, arguments.workers, arguments.scheduler)
    failed = {path: problem for path, problem in zip(todo, problems, strict=True) if problem}
    for path, problem in failed.items():
        print(f"{path.stem} failed and is left out: {problem}", file=sys.stderr)

    # A file of an earlier sweep under this name is none of this one.
    runs = [Run(path, parameters=values) for path, values in sweep.items() if path not in failed]
    if not runs:
        sys.exit("All runs failed, so there is no master.")
    master = folder / "sweep.h5"
    write_master(master, runs, parameters={"sections": SECTIONS, "stop": STOP})
    print(master)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
