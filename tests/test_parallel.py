"""Parallel runs with real MPI, and what is seen of them afterwards."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
from helpers import ROOT

from neuronvisio.manager import Manager
from neuronvisio.results import Results

MPIEXEC = Path(sys.prefix) / "bin" / "mpiexec"
MPI = Path(sys.prefix) / "lib" / "libmpi.so.12"

RUN = """
import os, sys
from neuron import h
h.nrnmpi_init()
from neuronvisio.manager import BaseRef, Manager
pc = h.ParallelContext()
rank = int(pc.id())
h.load_file("stdrun.hoc")
h('''
begintemplate Cell
public soma, dend
create soma, dend[2]
proc init() {
    soma { insert hh L = 20 diam = 20 }
    dend[0] { insert pas }
    dend[1] { insert pas }
    connect dend[0](0), soma(1)
    connect dend[1](0), dend[0](1)
}
endtemplate Cell
''')
cells = [h.Cell() for _ in range(2 + rank)]
clamp = h.IClamp(cells[0].soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 0, 1, 0.1 * rank
manager = Manager()
folder = manager.create_new_dir()
folders = pc.py_allgather(folder)
assert len(set(folders)) == 1, folders
if rank == 0:
    print(folder, flush=True)
manager.add_all_vecRef("v")
pc.set_maxstep(10)
h.finitialize(-65)
pc.psolve(2)
"""
END = """
import numpy as np
np.save(os.path.join(folder, f"soma_{rank}.npy"), manager.get_vector(cells[0].soma, "v").as_numpy())
pc.barrier()
h.quit()
"""
SAVE = "manager.save_to_hdf(os.path.join(folder, 'storage.h5'), parameters={'ranks': pc.nhost()})\n"
FLUSH = """
path = os.path.join(folder, "storage.h5")
manager.flush(path, parameters={"ranks": pc.nhost()})
pc.psolve(4)
manager.flush()
pc.psolve(6)
manager.save_to_hdf(path)
"""
FAIL = """
if rank == 2:
    ref = BaseRef()
    ref.vecs = {"bad": [object()]}
    manager.add_ref(ref, [1.0])
try:
    manager.save_to_hdf(os.path.join(folder, "storage.h5"))
except Exception as error:
    with open(os.path.join(folder, f"told_{rank}.txt"), "w") as file:
        print(type(error).__name__, error, file=file)
"""
AGAIN = """
import warnings
again = Manager()
again.load_from_hdf(os.path.join(folder, "storage.h5"))
again.parameters["rank"] = rank
with warnings.catch_warnings(record=True) as got:
    warnings.simplefilter("always")
    again.save_to_hdf(os.path.join(folder, "again.h5"))
with open(os.path.join(folder, f"told_{rank}.txt"), "w") as file:
    print(*(item.message for item in got), sep="\\n", file=file)
"""
APART = "manager.save_to_hdf(os.path.join(folder, f'own_{rank}.h5'))\n"


@pytest.fixture(scope="module")
def mpi_run(tmp_path_factory):
    """Run code on four ranks; the folder they made."""
    if sys.platform != "linux":
        pytest.skip("the package of MPI that the tests install is made for Linux only")

    def mpi_run(code):
        folder = tmp_path_factory.mktemp("parallel")
        script = folder / "run.py"
        script.write_text(RUN + code + END)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPI_LIB_NRN_PATH": str(MPI)}
        done = subprocess.run(
            [MPIEXEC, "-n", "4", sys.executable, "-W", "ignore", script],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        made = next(line for line in done.stdout.splitlines() if "Sim_" in line)
        return folder / made

    return mpi_run


@pytest.fixture(scope="module")
def saved(mpi_run):
    return mpi_run(SAVE + SAVE)


def test_a_run_that_goes_on_leaves_the_files_of_its_last_save(mpi_run):
    folder = mpi_run(FLUSH)
    assert len(list(folder.glob("storage*.h5"))) == 5
    with Results(folder / "storage.h5") as results:
        for rank in range(4):
            recorded = np.load(folder / f"soma_{rank}.npy")
            assert len(recorded) > 200
        group = results["VecRef"]
        assert {len(section["v"]) for section in group.values()} == {len(recorded)}


def test_all_ranks_get_one_folder_and_leave_one_master_and_a_file_each(saved):
    assert saved.name == "Sim_0"
    names = sorted(path.name for path in saved.glob("*.h5"))
    assert len(names) == 5
    assert names[0] == "storage.h5"
    assert [name.split(".")[0] for name in names[1:]] == [f"storage_rank_{n}" for n in range(4)]
    assert not [name for name in os.listdir(saved) if name.endswith(".tmp")]


def test_the_master_is_read_as_one_result(saved):
    with Results(saved / "storage.h5") as results:
        assert list(results) == ["VecRef"]
        group = results["VecRef"]
        assert len(group) == 3 * (2 + 3 + 4 + 5)
        assert results.parameters == {"ranks": 4}
        for rank in range(4):
            section = group[f"rank_{rank}_Cell_0_soma"]
            assert section.original_name == "Cell[0].soma"
            np.testing.assert_array_equal(section["v"], np.load(saved / f"soma_{rank}.npy"))
            assert len(section["v"].x) == len(section["v"])
            assert (section["v"].units, section["v"].x.units) == ("mV", "ms")
    starts = [np.load(saved / f"soma_{rank}.npy")[-1] for rank in range(4)]
    assert len(set(starts)) == 4


def test_the_model_of_all_ranks_is_in_the_master(saved, h):
    with Results(saved / "storage.h5") as results:
        table = results.sections
        assert len(table["name"]) == len(set(table["name"])) == 42
        roots = np.flatnonzero(table["parent"] < 0)
        assert len(roots) == 14
        names = dict(enumerate(table["name"]))
        for row, parent in enumerate(table["parent"]):
            if parent >= 0:
                assert (
                    names[row].rpartition("_dend")[0]
                    == names[parent].split("_soma")[0].split("_dend")[0]
                )
        recorded = set(results["VecRef"])
        assert recorded == set(table["name"])
    built = Manager().load_neuroml(saved / "storage.h5")
    assert sum(section.parentseg() is None for section in built) == 14


def test_the_master_is_small_and_names_only_files_beside_it(saved):
    with h5py.File(saved / "storage.h5") as h5file:
        group = h5file["results/VecRef"]
        files = {group.get(name, getlink=True).filename for name in group}
    assert files == {path.name for path in saved.glob("storage_rank_*.h5")}


def test_a_moved_folder_opens_as_before_and_a_missing_file_costs_its_sections(saved, tmp_path):
    moved = tmp_path / "elsewhere"
    shutil.copytree(saved, moved)
    next(moved.glob("storage_rank_1.*")).unlink()
    manager = Manager()
    manager.load_from_hdf(moved / "storage.h5")
    refs = {ref.file_name: ref for ref in manager.refs["VecRef"]}
    assert refs["rank_1_Cell_0_soma"].vecs == {}
    assert "storage_rank_1" in refs["rank_1_Cell_0_soma"].problem
    assert len(refs["rank_2_Cell_0_soma"].vecs["v"]) > 10
    manager.close()


def test_a_failure_on_one_rank_is_an_error_on_all_and_leaves_the_old_files(mpi_run):
    folder = mpi_run(SAVE + FAIL)
    told = [(folder / f"told_{rank}.txt").read_text() for rank in range(4)]
    assert [line.split()[0] for line in told] == ["OSError", "OSError", "TypeError", "OSError"]
    assert "rank 2 failed" in told[0]
    assert "bad" in told[0]
    assert len(list(folder.glob("*.h5"))) == 5
    with Results(folder / "storage.h5") as results:
        np.testing.assert_array_equal(
            results["VecRef"]["rank_3_Cell_0_soma"]["v"], np.load(folder / "soma_3.npy")
        )


def same_sections(old, new):
    """The same sections with the same values; those of several ranks under the same name."""
    assert len(new) == len(old) == 42
    whole = [
        sorted((section.original_name, section["v"].read().tobytes()) for section in group.values())
        for group in (old, new)
    ]
    assert whole[0] == whole[1]
    for name, section in new.items():
        assert list(section) == ["v"]
        if name in old:
            np.testing.assert_array_equal(section["v"], old[name]["v"])
    assert {name for name in old if name.startswith("rank_")} <= set(new)


def test_a_master_that_one_process_loads_and_saves_keeps_its_sections_apart(saved, tmp_path):
    with Manager() as manager:
        manager.load_from_hdf(saved / "storage.h5")
        manager.save_to_hdf(tmp_path / "again.h5")
    with Results(saved / "storage.h5") as old, Results(tmp_path / "again.h5") as new:
        same_sections(old["VecRef"], new["VecRef"])


def test_a_master_that_all_ranks_load_is_saved_again_with_each_section_once(mpi_run):
    folder = mpi_run(SAVE + AGAIN)
    with Results(folder / "storage.h5") as old, Results(folder / "again.h5") as new:
        same_sections(old["VecRef"], new["VecRef"])
        assert (new.facts["parts"], new.parameters) == ("4", {"ranks": 4, "rank": 0})
    told = [(folder / f"told_{rank}.txt").read_text() for rank in range(4)]
    assert "parameters differ among the ranks" in told[0]
    assert "own: rank\n" in told[0]
    assert not any("parameters differ" in text for text in told[1:])
    assert [("were saved once: VecRef" in text) for text in told] == [False, True, True, True]
    [part] = folder.glob("again_rank_3.*.h5")
    with Results(part) as results:
        assert results.parameters == {"ranks": 4, "rank": 3}


def test_ranks_that_name_different_files_save_apart(mpi_run):
    folder = mpi_run(APART)
    assert sorted(path.name for path in folder.glob("*.h5")) == [f"own_{n}.h5" for n in range(4)]
    with Results(folder / "own_3.h5") as results:
        assert len(results["VecRef"]) == 15


def test_one_process_saves_one_file(cell, manager, run, h, tmp_path):
    assert h.ParallelContext().nhost() == 1
    manager.add_all_vecRef("v")
    run(1)
    manager.save_to_hdf(tmp_path / "storage.h5")
    assert os.listdir(tmp_path) == ["storage.h5"]


OUTSIDE = [
    *("../up.h5", "/etc/passwd", "link.h5", "sub/link.h5", "away/up.h5"),
    *("sub/../../up.h5", "sub//part.h5", "./part.h5", ".hidden/part.h5", "sub/../sub/part.h5"),
    *(".", ".."),
]


def master_of(tmp_path, name):
    """A folder whose master links to a file, with files in it, below it and above it."""
    folder = tmp_path / "run"
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    places = ("part.h5", "sub/part.h5", "sub/deep/part.h5", ".hidden/part.h5", "../up.h5")
    for place in places:
        with h5py.File(folder / place, "w") as h5file:
            h5file["results/VecRef/soma/v"] = [1.0]
    (folder / "link.h5").symlink_to(tmp_path / "up.h5")
    (folder / "sub" / "link.h5").symlink_to(tmp_path / "up.h5")
    (folder / "away").symlink_to(tmp_path)
    with h5py.File(folder / "storage.h5", "w") as h5file:
        h5file.attrs["parts"] = np.bytes_("1")
        h5file["results/VecRef/soma"] = h5py.ExternalLink(name, "/results/VecRef/soma")
    return folder / "storage.h5"


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_master_leads_to_no_file_outside_its_folder(tmp_path, name):
    manager = Manager()
    manager.load_from_hdf(master_of(tmp_path, name))
    [ref] = manager.refs["VecRef"]
    assert ref.vecs == {}
    assert "out of the folder" in ref.problem


@pytest.mark.parametrize("name", ["part.h5", "sub/part.h5", "sub/deep/part.h5"])
def test_a_master_leads_to_files_in_its_folder_and_below(tmp_path, name):
    with Results(master_of(tmp_path, name)) as results:
        assert results["VecRef"]["soma"]["v"].read().tolist() == [1.0]
