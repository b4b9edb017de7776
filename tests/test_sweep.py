"""The master file of a sweep: what is in it, what it refuses, and how it is read."""

import os
import re
import shutil
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
import tables
from helpers import FIXTURES

import neuronvisio
from neuronvisio.cli import main
from neuronvisio.manager import BaseRef, Manager
from neuronvisio.notes import NeuronvisioWarning
from neuronvisio.results import Results
from neuronvisio.sweep import Run, RunError, runs_of, write_master

X = np.arange(5) * 0.5


def ref_of(group, section, values, own_x=None):
    ref = BaseRef()
    ref.group_id, ref.sec_name, ref.vecs, ref.detail = group, section, {"v": values}, ""
    return ref


def save_run(path, number, groups=("VecRef",), parameters=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    manager = Manager()
    for place, group in enumerate(groups):
        for section in range(3):
            values = 100.0 * number + 10 * place + section + X
            manager.add_ref(ref_of(group, f"dend[{section}]", values), X)
    manager.save_to_hdf(path, parameters={"amp": number / 10} if parameters is None else parameters)
    return path


@pytest.fixture
def runs(tmp_path):
    """Three runs in a folder; their names don't sort as their numbers do."""
    return [save_run(tmp_path / "runs" / f"run_{number}.h5", number) for number in (2, 1, 10)]


@pytest.fixture
def master(tmp_path, runs):
    path = tmp_path / "sweep.h5"
    write_master(path, runs, parameters={"what": "a test"})
    return path


def open_files(folder):
    """The files below a folder that HDF5 has open."""
    found = h5py.h5f.get_obj_ids(h5py.h5f.OBJ_ALL, h5py.h5f.OBJ_FILE)
    paths = [Path(os.fsdecode(h5py.h5f.get_name(file))) for file in found]
    return sorted({path.name for path in paths if folder in path.parents})


def save_parallel(folder, stem="storage", token="0a1b2c3d"):
    """A run of two ranks, as the ranks of a parallel run save it."""
    folder.mkdir(parents=True, exist_ok=True)
    master = folder / f"{stem}.h5"
    with h5py.File(master, "w") as h5file:
        h5file.attrs["parts"] = np.bytes_("2")
        group = h5file.create_group("results/VecRef")
        for rank in range(2):
            part = folder / f"{stem}_rank_{rank}.{token}.h5"
            save_run(part, rank + 5, parameters={})
            group[f"rank_{rank}_dend_0"] = h5py.ExternalLink(part.name, "/results/VecRef/dend_0")
        group["x"] = h5py.ExternalLink(part.name, "/results/VecRef/x")
    return master


def test_the_master_has_one_link_a_run_and_the_parameters_beside_it(master):
    with h5py.File(master) as h5file:
        for number in (1, 2, 10):
            link = h5file["results"].get(f"run_{number}", getlink=True)
            assert (link.filename, link.path) == (f"runs/run_{number}.h5", "/results/VecRef")
            note = h5file[f"neuronvisio/runs/run_{number}"].attrs
            assert note["TITLE"] == f"amp = {number / 10}".encode()
            assert note["run"] == f"run_{number}".encode()
            assert note["file"] == f"runs/run_{number}.h5".encode()
            assert note["parameters"] == f'{{"amp": {number / 10}}}'.encode()
        assert h5file.attrs["runs"] == b"3"
    assert master.stat().st_size < 20_000


def test_the_runs_are_read_as_groups_in_natural_order(master):
    with neuronvisio.open(master) as results:
        assert list(results) == ["run_1", "run_2", "run_10"]
        assert list(results["run_10"]) == ["dend_0", "dend_1", "dend_2"]
        v = results["run_10"]["dend[1]"]["v"]
        np.testing.assert_array_equal(v, 1001 + X)
        np.testing.assert_array_equal(v.x, X)
        assert results.parameters == {"what": "a test"}


def test_what_the_master_tells_of_its_runs_opens_none_of_them(master, tmp_path):
    with Results(master) as results:
        assert results.facts["runs"] == "3"
        assert {name: run.parameters for name, run in results.runs.items()} == {
            "run_1": {"amp": 0.1},
            "run_2": {"amp": 0.2},
            "run_10": {"amp": 1.0},
        }
        run = results.runs["run_2"]
        assert (run.file, run.groups) == ("runs/run_2.h5", ["run_2"])
        assert open_files(tmp_path) == ["sweep.h5"]
        assert results["run_2"]["dend_0"]["v"][0] == 200
        assert open_files(tmp_path) == ["run_2.h5", "sweep.h5"]


def test_a_hundred_runs_are_read_with_a_bounded_number_of_files_open(tmp_path):
    first = save_run(tmp_path / "runs" / "run_0.h5", 0)
    files = [first]
    for number in range(1, 100):
        files.append(first.with_name(f"run_{number}.h5"))
        shutil.copy(first, files[-1])
        with h5py.File(files[-1], "r+") as h5file:
            h5file["results/VecRef/dend_2/v"][0] = number
    write_master(tmp_path / "sweep.h5", files)
    with Results(tmp_path / "sweep.h5") as results:
        firsts = [results[f"run_{number}"]["dend_2"]["v"][0] for number in range(1, 100)]
        assert firsts == list(range(1, 100))
        assert 2 <= len(open_files(tmp_path)) <= 65
        # A file that was closed for others is opened anew.
        assert results["run_1"]["dend_2"]["v"][0] == 1
    assert open_files(tmp_path) == []


def test_pytables_opens_the_master_and_follows_its_links(master):
    with tables.open_file(str(master)) as h5file:
        link = h5file.root.results.run_10
        assert link.target == "runs/run_10.h5:/results/VecRef"
        group = link()
        assert group.dend_2.v.read().tolist() == (1002 + X).tolist()
        group._v_file.close()
        assert h5file.root.neuronvisio.runs.run_10._v_title == "amp = 1.0"


def test_the_manager_loads_a_sweep(master):
    with Manager() as manager:
        manager.load_from_hdf(master)
        assert sorted(manager.refs) == ["run_1", "run_10", "run_2"]
        assert manager["run_2"]["dend_0"]["v"].read().tolist() == (200 + X).tolist()


def test_names_and_parameters_can_be_given(tmp_path, runs):
    given = [
        Run(runs[0], "a/b", {"amp": np.float64(2.5), "channels": ["hh", "pas"]}),
        Run(runs[1], "weak", {}),
        Run(runs[2]),
    ]
    ids = write_master(tmp_path / "sweep.h5", given)
    assert ids == {"a/b": ["a_b"], "weak": ["weak"], "run_10": ["run_10"]}
    with Results(tmp_path / "sweep.h5") as results:
        assert results.runs["a/b"].parameters == {"amp": 2.5, "channels": ["hh", "pas"]}
        assert results.runs["weak"].parameters == {}
        assert results["a_b"]["dend_0"]["v"][0] == 200


def test_files_of_one_name_are_named_by_their_folders(tmp_path):
    files = [save_run(tmp_path / f"Sim_{n}" / "storage.h5", n) for n in range(2)]
    files.append(save_run(tmp_path / "Sim_0_storage.h5", 2))
    ids = write_master(tmp_path / "sweep.h5", files)
    assert len(ids) == 3
    with Results(tmp_path / "sweep.h5") as results:
        firsts = {results[group]["dend_0"]["v"][0] for group in results}
        assert firsts == {0, 100, 200}
        assert results["Sim_1_storage"]["dend_0"]["v"][0] == 100


def test_two_runs_of_one_name_are_refused(tmp_path, runs):
    with pytest.raises(RunError, match="2 runs are called same"):
        write_master(tmp_path / "sweep.h5", [Run(runs[0], "same"), Run(runs[1], "same")])


def test_a_run_with_several_groups_has_an_id_for_each(tmp_path, runs):
    save_run(tmp_path / "runs" / "both.h5", 7, groups=("VecRef", "Calcium"))
    save_run(tmp_path / "runs" / "both_VecRef.h5", 8)
    files = [tmp_path / "runs" / name for name in ("both.h5", "both_VecRef.h5")]
    ids = write_master(tmp_path / "sweep.h5", files)
    assert ids == {"both": ["both_Calcium", "both_VecRef"], "both_VecRef": ["both_VecRef_2"]}
    with Results(tmp_path / "sweep.h5") as results:
        assert results["both_Calcium"]["dend_0"]["v"][0] == 710
        assert results["both_VecRef"]["dend_0"]["v"][0] == 700
        assert results["both_VecRef_2"]["dend_0"]["v"][0] == 800
        assert results.runs["both"].groups == ["both_Calcium", "both_VecRef"]


def test_sections_with_times_of_their_own_are_shown_in_their_group(tmp_path):
    manager = Manager()
    manager.add_ref(ref_of("Own", "one", X), X)
    manager.add_ref(ref_of("Own", "two", X[:3]), X[:3])
    with pytest.warns(NeuronvisioWarning):
        manager.save_to_hdf(tmp_path / "own.h5")
    write_master(tmp_path / "sweep.h5", [tmp_path / "own.h5"])
    with Results(tmp_path / "sweep.h5") as results:
        assert list(results) == ["own_Own", "own_Own_two"]
        assert sorted(results["own_Own"]) == ["one", "two"]
        assert len(results["own_Own"]["two"]["v"].x) == 3


def test_a_parallel_run_is_linked_by_one_hop(tmp_path, runs):
    parallel = save_parallel(tmp_path / "runs" / "par")
    write_master(tmp_path / "sweep.h5", [*runs, Run(parallel, "par", {"ranks": 2})])
    with h5py.File(tmp_path / "sweep.h5") as h5file:
        group = h5file["results/par"]
        link = group.get("rank_1_dend_0", getlink=True)
        assert link.filename == "runs/par/storage_rank_1.0a1b2c3d.h5"
        assert link.path == "/results/VecRef/dend_0"
        assert group.attrs["TITLE"] == b"ranks = 2"
    with Results(tmp_path / "sweep.h5") as results:
        np.testing.assert_array_equal(results["par"]["rank_1_dend_0"]["v"], 600 + X)
        np.testing.assert_array_equal(results["par"].x, X)
        assert results.runs["par"].file == "runs/par/storage.h5"


def test_the_master_is_made_again_with_more_runs_and_the_runs_stay_as_they_are(master, tmp_path):
    before = {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in tmp_path.rglob("run*")
        if path.is_file()
    }
    more = save_run(tmp_path / "runs" / "run_11.h5", 11)
    write_master(master, [*runs_of(master), more])
    with Results(master) as results:
        assert list(results) == ["run_1", "run_2", "run_10", "run_11"]
        assert results.runs["run_10"].parameters == {"amp": 1.0}
    for path, (time, content) in before.items():
        assert (path.stat().st_mtime_ns, path.read_bytes()) == (time, content)


def test_the_folder_can_be_moved(master, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(tmp_path / "runs", moved / "runs")
    shutil.copy(master, moved)
    shutil.rmtree(tmp_path / "runs")
    with Results(moved / "sweep.h5") as results:
        assert results["run_2"]["dend_0"]["v"][0] == 200


def test_a_run_whose_file_is_gone_costs_itself_only(master, tmp_path):
    (tmp_path / "runs" / "run_2.h5").unlink()
    with Results(master) as results:
        assert list(results) == ["run_1", "run_2", "run_10"]
        assert list(results["run_2"]) == []
        assert results["run_10"]["dend_0"]["v"][0] == 1000


def text_file(path):
    path.write_text("no HDF5")
    return path


def bare_file(path):
    with h5py.File(path, "w") as h5file:
        h5file["other"] = [1]
    return path


def outside(path):
    return save_run(path.parent.parent.parent / "up.h5", 1)


def linked_outside(path):
    path.symlink_to(outside(path))
    return path


def hidden(path):
    return save_run(path.parent / ".hidden" / "run.h5", 1)


def other_extension(path):
    return save_run(path.with_suffix(".hdf"), 1)


def of_a_sweep(path):
    inner = save_run(path.parent / "inner.h5", 1)
    write_master(path, [inner])
    return path


def empty(path):
    with h5py.File(path, "w") as h5file:
        h5file.create_group("results")
    return path


def soft(path):
    with h5py.File(path, "w") as h5file:
        h5file["real/VecRef/soma/v"] = [1.0]
        h5file["results"] = h5py.SoftLink("/real")
    return path


def second_hop(path):
    with h5py.File(path, "w") as h5file:
        h5file["results/VecRef"] = h5py.ExternalLink("other.h5", "/results/VecRef")
    return path


def without_part(path):
    parallel = save_parallel(path.parent / "par")
    next(path.parent.glob("par/*_rank_1.*")).unlink()
    return parallel


def part_above(path):
    with h5py.File(path, "w") as h5file:
        h5file.attrs["parts"] = np.bytes_("1")
        h5file["results/VecRef/soma"] = h5py.ExternalLink("../../up.h5", "/results/VecRef/soma")
    return path


BAD = [
    (lambda path: path, "There is no file .*bad.h5"),
    (lambda path: path.parent, "is a folder"),
    (text_file, "is not an HDF5 file"),
    (bare_file, "has no results in it"),
    (outside, "does not lie in the folder of the master or below"),
    (linked_outside, "does not lie in the folder of the master or below"),
    (hidden, "has a name that the viewer does not follow"),
    (other_extension, "has a name that the viewer does not follow"),
    (of_a_sweep, "is the master of a sweep itself"),
    (empty, "without any group"),
    (soft, "behind a link"),
    (second_hop, "no group /results/VecRef of its own"),
    (without_part, "parallel run without its file runs/par/storage_rank_1"),
    (part_above, "links to runs/../../up.h5"),
]


@pytest.mark.parametrize(("make", "sentence"), BAD)
def test_a_run_that_cannot_be_linked_to_is_told_and_nothing_is_written(tmp_path, make, sentence):
    folder = tmp_path / "sweep"
    good = save_run(folder / "runs" / "good.h5", 3)
    bad = make(folder / "runs" / "bad.h5")
    with pytest.raises(RunError, match=sentence):
        write_master(folder / "sweep.h5", [good, bad])
    assert not (folder / "sweep.h5").exists()


@pytest.mark.parametrize(("make", "sentence"), BAD)
def test_it_is_left_out_on_demand_with_a_warning_and_a_note(tmp_path, make, sentence):
    folder = tmp_path / "sweep"
    good = save_run(folder / "runs" / "good.h5", 3)
    bad = make(folder / "runs" / "bad.h5")
    with pytest.warns(NeuronvisioWarning, match=sentence):
        ids = write_master(folder / "sweep.h5", [good, bad], leave_out=True)
    assert ids == {"good": ["good"]}
    with Results(folder / "sweep.h5") as results:
        assert list(results) == ["good"]
        assert re.search(sentence, results.facts["left_out"])


def test_a_failure_leaves_the_old_master(master, runs):
    before = master.read_bytes()
    with pytest.raises(RunError):
        write_master(master, [*runs, master.with_name("gone.h5")])
    assert master.read_bytes() == before


def test_the_master_itself_and_files_of_ranks_are_no_runs(master, tmp_path, runs):
    with pytest.raises(RunError, match="is the master itself"):
        write_master(master, [*runs, master])
    parallel = save_parallel(tmp_path / "runs" / "par")
    files = sorted(parallel.parent.glob("*.h5"))
    assert len(files) == 3
    with pytest.warns(NeuronvisioWarning, match="part of the parallel run runs/par/storage.h5"):
        ids = write_master(master, files, leave_out=True)
    assert list(ids) == ["storage"]


def test_no_run_at_all_is_an_error(tmp_path):
    with pytest.raises(RunError, match="no run"):
        write_master(tmp_path / "sweep.h5", [])
    with pytest.raises(RunError, match="There is no file"):
        write_master(tmp_path / "sweep.h5", [tmp_path / "gone.h5"], leave_out=True)
    with pytest.raises(TypeError, match="a list of runs"):
        write_master(tmp_path / "sweep.h5", "run.h5")


def test_files_of_the_original_layout_can_be_runs(tmp_path):
    shutil.copy(FIXTURES / "small.h5", tmp_path / "old.h5")
    [groups] = write_master(tmp_path / "sweep.h5", [tmp_path / "old.h5"]).values()
    with Results(tmp_path / "old.h5") as old, Results(tmp_path / "sweep.h5") as sweep:
        assert len(sweep) == len(old) == len(groups) > 1
        for group in old:
            assert list(sweep[f"old_{group}"]) == list(old[group]) != []
            for name, section in old[group].items():
                for variable in section:
                    values = sweep[f"old_{group}"][name][variable]
                    np.testing.assert_array_equal(values, section[variable])


def test_parameters_too_long_for_the_master_are_told(tmp_path, runs):
    with pytest.warns(NeuronvisioWarning, match="too long for the master.*: long"):
        write_master(tmp_path / "sweep.h5", [Run(runs[0], "long", {"text": "é" * 40_000})])
    with Results(tmp_path / "sweep.h5") as results:
        assert results.runs["long"].parameters == {}
        assert len(results["long"]) == 3


def test_the_command_makes_a_master(tmp_path, runs, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = [os.path.relpath(path) for path in runs]
    assert main(["sweep", "sweep.h5", *names]) == 0
    assert capsys.readouterr().out == "sweep.h5: 3 runs, 3 groups\n"
    assert main(["info", "--no-ranges", "sweep.h5"]) == 0
    text = capsys.readouterr().out
    assert "runs: 3\n" in text
    assert 'run_10  "amp = 1.0"\n' in text
    assert main(["sweep", "sweep.h5", *names, "gone.h5"]) == 1
    told = capsys.readouterr()
    assert told.err == "neuronvisio: There is no file gone.h5: check the name, or run it again.\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert main(["sweep", "--leave-out", "sweep.h5", names[0], "gone.h5"]) == 0
    told = capsys.readouterr()
    assert told.out == "sweep.h5: 1 run, 1 group\n"
    assert "left out" in told.err and "gone.h5" in told.err
    assert main(["sweep", "sweep.h5"]) == 2
