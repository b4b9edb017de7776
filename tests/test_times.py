"""Cells that take time steps of their own keep their own times."""

import gc
import warnings
import weakref

import h5py
import numpy as np
import pytest
from helpers import read_like_the_original

from neuronvisio.manager import BaseRef, Manager, NeuronvisioWarning
from neuronvisio.results import Results


class Cell:
    """Soma and dendrite; a current makes it take other steps than a quiet one."""

    def __init__(self, h, name, current):
        self.name = name
        self.soma, self.dend = h.Section(name="soma", cell=self), h.Section(name="dend", cell=self)
        self.dend.connect(self.soma(1))
        self.soma.L = self.soma.diam = 20
        self.soma.insert("hh")
        self.dend.insert("pas")
        self.clamp = h.IClamp(self.soma(0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 1, 3, current

    def __str__(self):
        return self.name


@pytest.fixture
def cells(h):
    return [Cell(h, "quiet", 0), Cell(h, "busy", 1)]


@pytest.fixture
def variable_steps(h):
    def switch(on, local):
        h.cvode.active(on)
        h.cvode.use_local_dt(local)

    yield switch
    switch(0, 0)
    h.dt = 0.025  # which variable steps have changed


def run_variable(h):
    h.finitialize(-65)
    h.cvode.solve(5)


def reference(h, cell):
    """Time and voltage as NEURON's own variable-step recording gives them."""
    values, times = h.Vector(), h.Vector()
    h.cvode.record(cell.soma(0.5)._ref_v, values, times, sec=cell.soma)
    return times, values


@pytest.mark.parametrize("switched", ["before", "after"])
@pytest.mark.filterwarnings("ignore:sections of one short name")
def test_each_cell_has_the_times_of_its_own_steps(
    h, cells, manager, variable_steps, tmp_path, switched
):
    if switched == "before":
        variable_steps(1, 1)
    manager.add_all_vecRef("v")
    references = {cell.name: reference(h, cell) for cell in cells}
    variable_steps(1, 1)
    run_variable(h)
    for cell in cells:
        times, values = references[cell.name]
        view = manager["VecRef"][cell.soma]["v"]
        np.testing.assert_array_equal(view, values.as_numpy())
        np.testing.assert_array_equal(view.x, times.as_numpy())
        assert view.x.units == "ms"
    path = tmp_path / "storage.h5"
    with pytest.warns(NeuronvisioWarning, match="groups of their own: VecRef_busy"):
        manager.save_to_hdf(path)
    with Results(path) as results:
        for group, cell in zip(("VecRef", "VecRef_busy"), cells, strict=True):
            times, values = references[cell.name]
            variable = results[group][cell.soma.name()]["v"]
            np.testing.assert_array_equal(variable, values.as_numpy())
            np.testing.assert_array_equal(variable.x, times.as_numpy())
            assert variable.x.units == "ms"
    for time, refs in read_like_the_original(path)["groups"].values():
        assert {len(vecs["v"]) for _, _, vecs in refs} == {len(time)}
    loaded = Manager()
    loaded.load_from_hdf(path)
    assert list(loaded.refs) == ["VecRef"]
    np.testing.assert_array_equal(loaded.get_vector(cells[1].soma, "v"), values.as_numpy())


@pytest.mark.filterwarnings("ignore:sections of one short name")
def test_steps_that_all_cells_share_make_one_group(h, cells, manager, variable_steps, tmp_path):
    variable_steps(1, 1)
    manager.add_all_vecRef("v")
    variable_steps(0, 0)
    h.finitialize(-65)
    h.continuerun(1)
    manager.save_to_hdf(tmp_path / "storage.h5")
    with Results(tmp_path / "storage.h5") as results:
        assert list(results) == ["VecRef"]
        assert len(results["VecRef"]) == 4


def test_global_variable_steps_need_no_time_of_their_own(h, cells, manager, variable_steps):
    variable_steps(1, 0)
    manager.add_all_vecRef("v")
    run_variable(h)
    assert {ref.own_x for ref in manager.refs["VecRef"]} == {None}
    assert len(manager.get_time()) == len(manager.get_vector(cells[1].soma, "v"))


def test_watching_the_steps_does_not_keep_the_manager_alive(h, cells):
    manager = Manager()
    manager.add_all_vecRef("v")
    gone = weakref.ref(manager)
    del manager
    gc.collect()
    assert gone() is None
    h.finitialize(-65)


@pytest.fixture
def local_run(h, cells, manager, variable_steps, tmp_path):
    """A file of two cells with steps of their own, and the Manager that recorded it."""
    variable_steps(1, 1)
    manager.add_all_vecRef("v")
    run_variable(h)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NeuronvisioWarning)
        manager.save_to_hdf(tmp_path / "storage.h5")
    return tmp_path / "storage.h5"


def test_a_group_of_a_file_shows_the_sections_of_all_cells_each_with_its_times(
    local_run, manager, cells
):
    with Results(local_run) as results:
        group = results["VecRef"]
        assert len(group) == 4
        assert list(results) == ["VecRef", "VecRef_busy"]
        for ref in manager.refs["VecRef"]:
            variable = group[ref.sec_name]["v"]
            np.testing.assert_array_equal(variable, ref.vecs["v"].as_numpy())
            np.testing.assert_array_equal(variable.x, ref.own_x.as_numpy())
        with pytest.warns(NeuronvisioWarning, match="x of their own.*VecRef_busy/busy_soma/v"):
            table = group.to_dataframe()
        assert len(table) == len(group.x)
        assert {section for section, _ in table.columns} == {"quiet_soma", "quiet_dend"}
        assert len(results["VecRef_busy"].to_dataframe().columns) == 2
        text = repr(results.show(["VecRef/busy_soma/v"]))
        assert text.count("busy_soma") == 2  # in the tree, and drawn
        # A notebook lists the groups as they lie in the file.
        assert "VecRef  2 sections" in text and "VecRef_busy  2 sections" in text
        assert repr(group._display()).count("2 sections") == 2


def test_a_group_without_sections_of_its_own_is_found_too(local_run):
    with h5py.File(local_run, "a") as h5file:
        del h5file["results/VecRef"]
    with Results(local_run) as results:
        assert list(results["VecRef"]) == ["busy_dend", "busy_soma"]
        assert "VecRef" in results and "Nope" not in results


def test_a_table_leaves_out_what_has_another_x_of_the_same_length(manager):
    for section, x in (("a", [0.0, 1.0]), ("b", [0.0, 9.0]), ("c", [0.0, 1.0])):
        ref = BaseRef()
        ref.sec_name, ref.vecs = section, {"y": [1.0, 2.0]}
        manager.add_ref(ref, x)
    with pytest.warns(NeuronvisioWarning, match="x of their own.*: BaseRef/b/y$"):
        table = manager["BaseRef"].to_dataframe()
    assert [section for section, _ in table.columns] == ["a", "c"]


def test_a_file_whose_groups_belong_to_each_other_is_read(tmp_path):
    with h5py.File(tmp_path / "odd.h5", "w") as h5file:
        for name, whole in (("A", "B"), ("B", "A"), ("C", "C")):
            group = h5file.create_group(f"results/{name}")
            group.attrs["part_of"] = np.bytes_(whole)
            group["s/v"] = [1.0]
    with Results(tmp_path / "odd.h5") as results:
        assert {name: list(results[name]) for name in results} == {
            "A": ["s", "s_2"],
            "B": ["s", "s_2"],
            "C": ["s"],
        }
        assert results["A"]["s_2"]["v"].path == "B/s/v"
        shown = repr(results.show())
        assert all(line in shown for line in ("A  1 section", "B  1 section", "C  1 section"))


def test_unsaved_vectors_are_drawn_against_the_time_of_their_own_cell(
    h, cells, manager, variable_steps
):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    variable_steps(1, 1)
    manager.add_all_vecRef("v")
    run_variable(h)
    manager.plot_vecs(manager.get_vectors([cell.soma for cell in cells], "v"))
    lines = pyplot.gca().lines
    for line, ref in zip(lines, manager.refs["VecRef"][::2], strict=True):
        np.testing.assert_array_equal(line.get_xdata(), ref.own_x.as_numpy())
    assert len(lines[0].get_xdata()) != len(lines[1].get_xdata())
    pyplot.close("all")


def test_values_of_a_ref_are_drawn_against_the_x_of_their_group_without_a_recorded_time(manager):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    ref = BaseRef()
    ref.vecs = {"y": np.array([1.0, 2.0])}
    manager.add_ref(ref, [0.0, 9.0])
    manager.plot_vecs(ref.vecs)
    assert pyplot.gca().lines[0].get_xdata().tolist() == [0.0, 9.0]
    pyplot.close("all")
    with pytest.raises(KeyError, match="time"):
        manager.plot_vecs({"unknown": [1.0, 2.0]})
    pyplot.close("all")
