"""The example of a sweep, run with Dask on this machine and on a cluster of one worker."""

import os
import re
import subprocess
import sys

import numpy as np
import pytest
from distributed import LocalCluster
from helpers import ROOT

from neuronvisio.results import Results

EXAMPLE = ROOT / "examples" / "sweep.py"


def run_example(folder, *arguments, code=0):
    done = subprocess.run(
        [sys.executable, EXAMPLE, "--output", folder, *arguments],
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def times_of(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("runs/*.h5")}


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep") / "Sweep"
    done = run_example(folder, "--runs", "3", "--workers", "1")
    assert done.stdout == f"{folder / 'sweep.h5'}\n"
    assert "0 runs are there, 3 to do" in done.stderr
    return folder


def test_each_run_has_a_file_and_the_master_joins_them(swept):
    assert sorted(times_of(swept)) == ["run_000.h5", "run_001.h5", "run_002.h5"]
    with Results(swept / "sweep.h5") as results:
        assert list(results) == ["run_000", "run_001", "run_002"]
        assert [len(group) for group in results.values()] == [100, 100, 100]
        amplitudes = [run.parameters["amplitude"] for run in results.runs.values()]
        assert amplitudes == [0.05, 0.275, 0.5]
        peaks = [np.max(group["cable[0]"]["v"]) for group in results.values()]
        assert peaks[0] < -40 < 0 < peaks[1] < peaks[2]


def test_a_second_time_makes_only_what_is_not_whole(swept):
    before = times_of(swept)
    (swept / "runs" / "run_001.h5").write_bytes(b"half a file")
    done = run_example(swept, "--runs", "4", "--workers", "1")
    # The amplitudes of four runs are others, but for the first and the last.
    assert "1 runs are there, 3 to do" in done.stderr
    after = times_of(swept)
    assert [name for name in before if after[name] == before[name]] == ["run_000.h5"]
    done = run_example(swept, "--runs", "4", "--workers", "1")
    assert "4 runs are there, 0 to do" in done.stderr
    assert times_of(swept) == after


def test_a_run_that_fails_is_told_and_left_out(tmp_path):
    folder = tmp_path / "Sweep"
    (folder / "runs" / "run_001.h5").mkdir(parents=True)
    done = run_example(folder, "--runs", "3", "--workers", "2", code=1)
    assert re.search("run_001 failed and is left out: IsADirectoryError", done.stderr)
    with Results(folder / "sweep.h5") as results:
        assert list(results) == ["run_000", "run_002"]
    (folder / "runs" / "run_001.h5").rmdir()
    run_example(folder, "--runs", "3")
    with Results(folder / "sweep.h5") as results:
        assert list(results) == ["run_000", "run_001", "run_002"]


def test_a_cluster_of_workers_does_the_same(tmp_path, swept):
    folder = tmp_path / "Sweep"
    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        run_example(folder, "--runs", "2", "--scheduler", cluster.scheduler_address)
        with Results(folder / "sweep.h5") as results, Results(swept / "sweep.h5") as local:
            v = results["run_000"]["cable[9]"]["v"]
            np.testing.assert_array_equal(v, local["run_000"]["cable[9]"]["v"])


def test_workers_of_several_threads_are_refused(tmp_path):
    with LocalCluster(
        n_workers=1, threads_per_worker=2, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        folder = tmp_path / "Sweep"
        done = run_example(folder, "--scheduler", cluster.scheduler_address, code=1)
    assert "NEURON needs workers with one thread" in done.stderr
    assert times_of(folder) == {}
