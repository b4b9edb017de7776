"""Results that others look at while the simulation runs."""

import os

import h5py
import numpy as np
import pytest
import tables
from helpers import read_like_the_original, start_python

from neuronvisio.manager import Manager, NeuronvisioWarning

RUN = """
import sys
from neuron import h
from neuronvisio.manager import Manager
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.insert("hh")
manager = Manager()
manager.add_all_vecRef("v")
h.finitialize(-65)
for step in range(1, 41):
    h.continuerun(step / 2)
    manager.flush(sys.argv[1])
"""


def recording(manager, h):
    manager.add_all_vecRef("v")
    manager.add_vecRef("ina", next(iter(h.allsec())))
    h.finitialize(-65)


def samples(path):
    """The x and the v of the soma, which h5py and PyTables see alike."""
    with h5py.File(path) as h5file:
        x = h5file["results/VecRef/x"][:]
        v = h5file["results/VecRef/soma/v"][:]
    with tables.open_file(str(path)) as h5file:
        np.testing.assert_array_equal(h5file.get_node("/results/VecRef/x").read(), x)
        np.testing.assert_array_equal(h5file.get_node("/results/VecRef/soma/v").read(), v)
    return x, v


@pytest.fixture
def variable_steps(h):
    """Variable time steps, of each cell its own if asked for; and the fixed ones back after."""
    dt, steps = h.dt, h.steps_per_ms

    def variable_steps(local=False):
        h.cvode.active(True)
        h.cvode.use_local_dt(local)

    yield variable_steps
    h.cvode.use_local_dt(False)
    h.cvode.active(False)
    h.dt, h.steps_per_ms = dt, steps


@pytest.mark.parametrize("interval", [None, 0.1], ids=["each step", "interval"])
@pytest.mark.parametrize("variable", [False, True], ids=["fixed steps", "variable steps"])
def test_each_flush_holds_the_run_so_far(
    manager, h, cell, tmp_path, variable_steps, interval, variable
):
    if variable:
        variable_steps()
    manager.add_all_vecRef("v", interval)
    h.finitialize(-65)
    path = tmp_path / "storage.h5"
    before = 0
    for stop in (1.0, 2.5, 5.0):
        h.continuerun(stop)
        assert manager.flush(path) is not None
        x, v = samples(path)
        assert len(x) == len(v) > before
        assert x[-1] <= h.t
        np.testing.assert_array_equal(v, manager.get_vector(cell[0], "v").as_numpy())
        before = len(x)
    assert os.listdir(tmp_path) == ["storage.h5"]


def test_cells_with_steps_of_their_own_have_each_their_x(
    manager, h, cell, tmp_path, variable_steps
):
    other = h.Section(name="other")
    other.insert("hh")
    variable_steps(local=True)
    manager.add_all_vecRef("v")
    h.finitialize(-65)
    for stop in (1.0, 3.0):
        h.continuerun(stop)
        with pytest.warns(NeuronvisioWarning):
            manager.flush(tmp_path / "storage.h5")
        with h5py.File(tmp_path / "storage.h5") as h5file:
            groups = list(h5file["results"].values())
            assert len(groups) == 2
            for group in groups:
                lengths = {len(group[name]["v"]) for name in group if name != "x"}
                assert lengths == {len(group["x"])}


def test_the_run_goes_on_as_if_nothing_had_been_saved(h, cell, tmp_path):
    values = []
    for flushed in (True, False):
        manager = Manager()
        recording(manager, h)
        for stop in np.arange(0.5, 5.5, 0.5):
            h.continuerun(float(stop))
            if flushed:
                manager.flush(tmp_path / "storage.h5")
        values.append(manager.get_vector(cell[0], "v").as_numpy().copy())
    np.testing.assert_array_equal(*values)


def test_the_last_save_takes_the_place_of_the_flushes(manager, h, cell, tmp_path):
    recording(manager, h)
    path = tmp_path / "storage.h5"
    h.continuerun(1)
    manager.flush(path)
    h.continuerun(5)
    manager.save_to_hdf(path)
    assert len(samples(path)[0]) == len(manager.get_time())
    assert set(read_like_the_original(path)["groups"]) == {"VecRef"}
    assert os.listdir(tmp_path) == ["storage.h5"]


def test_a_file_is_named_once(manager, h, cell, tmp_path, monkeypatch):
    recording(manager, h)
    with pytest.raises(ValueError, match=r"name it once, as in flush\('storage.h5'\)"):
        manager.flush()
    monkeypatch.chdir(tmp_path)
    h.continuerun(1)
    manager.flush("storage.h5", parameters={"note": "so far"}, compression="gzip")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    h.continuerun(5)
    results = manager.flush()
    assert results.parameters == {"note": "so far"}
    assert os.listdir() == []
    with h5py.File(tmp_path / "storage.h5") as h5file:
        assert h5file["results/VecRef/soma/v"].compression == "gzip"
        assert len(h5file["results/VecRef/x"]) == len(manager.get_time())
    assert manager.flush(parameters={"note": "later"}).parameters == {"note": "later"}


def test_a_save_names_it_too(manager, h, cell, tmp_path):
    recording(manager, h)
    manager.save_to_hdf(tmp_path / "storage.h5")
    h.continuerun(2)
    manager.flush()
    assert len(samples(tmp_path / "storage.h5")[0]) == len(manager.get_time())


def test_with_nothing_recorded_there_is_a_warning_and_no_file(manager, tmp_path):
    with pytest.warns(NeuronvisioWarning, match="nothing was recorded") as told:
        assert manager.flush(tmp_path / "storage.h5") is None
    assert told[0].filename == __file__
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("options", "error"),
    [({"compression": "zip"}, ValueError), ({"parameters": [1]}, TypeError)],
)
def test_what_is_wrong_with_a_call_leaves_the_file(manager, h, cell, tmp_path, options, error):
    recording(manager, h)
    path = tmp_path / "storage.h5"
    manager.flush(path)
    before = path.read_bytes()
    with pytest.raises(error):
        manager.flush(**options)
    assert path.read_bytes() == before
    h.continuerun(1)
    manager.flush()
    assert path.read_bytes() != before


def test_whoever_looks_meanwhile_finds_a_whole_file(tmp_path):
    path = tmp_path / "storage.h5"
    lengths = []
    with start_python(RUN, path, cwd=tmp_path) as process:
        while process.poll() is None:
            if path.exists():
                with h5py.File(path) as h5file:
                    group = h5file["results/VecRef"]
                    assert len(group["x"]) == len(group["soma/v"])
                    lengths.append(len(group["x"]))
        assert process.returncode == 0
    assert lengths == sorted(lengths)
    assert len(samples(path)[0]) == 801
