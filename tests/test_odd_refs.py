"""Refs and models that are not as they mostly are."""

import h5py
import matplotlib
import numpy as np
import pytest

from neuronvisio.manager import BaseRef, Manager, NeuronvisioWarning, VecRef
from neuronvisio.results import Results

matplotlib.use("Agg")


def ref_of(vecs, section="soma", group="Own"):
    ref = BaseRef()
    ref.sec_name, ref.group_id, ref.vecs = section, group, vecs
    return ref


def test_a_section_deleted_before_a_run_with_local_steps_stops_nothing(h, cell, manager):
    manager.add_all_vecRef("v")
    h.delete_section(sec=cell[3])
    h.cvode.active(1)
    h.cvode.use_local_dt(1)
    try:
        h.finitialize(-65)
        h.cvode.solve(1)
    finally:
        h.cvode.use_local_dt(0)
        h.cvode.active(0)
        h.dt = 0.025
    view = manager["VecRef"]["soma"]["v"]
    assert len(view) == len(view.x) > 1


def test_sections_that_are_connected_anew_get_the_times_of_their_new_cell(h, cell, manager):
    clamp = h.IClamp(cell[0](0.5))
    clamp.dur, clamp.amp = 3, 0.5
    h.cvode.active(1)
    h.cvode.use_local_dt(1)
    try:
        manager.add_all_vecRef("v")
        h.finitialize(-65)
        h.disconnect(sec=cell[1])
        h.finitialize(-65)
        h.cvode.solve(3)
    finally:
        h.cvode.use_local_dt(0)
        h.cvode.active(0)
        h.dt = 0.025
    lengths = {ref.sec_name: (len(ref.vecs["v"]), len(ref.own_x)) for ref in manager.refs["VecRef"]}
    assert all(values == times for values, times in lengths.values())
    assert lengths["soma"] != lengths["dend[0]"]


def test_a_group_of_a_file_without_x_gets_none_from_another_file(tmp_path):
    for name, x in (("without", None), ("with", [5.0, 6.0])):
        manager = Manager()
        manager.add_ref(ref_of({name: [1.0, 2.0]}, name), x)
        if x is None:
            with pytest.warns(NeuronvisioWarning, match="without an x"):
                manager.save_to_hdf(tmp_path / f"{name}.h5")
        else:
            manager.save_to_hdf(tmp_path / f"{name}.h5")
    with Manager() as both:
        both.load_from_hdf(tmp_path / "without.h5")
        both.load_from_hdf(tmp_path / "with.h5")
        with pytest.warns(NeuronvisioWarning):
            both.save_to_hdf(tmp_path / "both.h5")
    with Results(tmp_path / "both.h5") as results:
        found = {
            section.name: section[section.name].x is None
            for group in results.values()
            for section in group.values()
        }
    assert found == {"without": True, "with": False}


def test_a_group_called_t_keeps_its_x_beside_the_recorded_time(cell, manager, run, tmp_path):
    manager.add_vecRef("v", cell[0])
    manager.add_ref(ref_of({"a": [1.0, 2.0]}, group="t"), [0.0, 7.0])
    run(1)
    manager.save_to_hdf(tmp_path / "storage.h5")
    with Results(tmp_path / "storage.h5") as results:
        assert results["t"].x.read().tolist() == [0.0, 7.0]
        assert results["VecRef"].x[-1] == pytest.approx(1)


def test_a_vecref_without_a_section_is_saved_like_any_ref(tmp_path, manager, cell, run):
    class Mine(VecRef):
        def __init__(self):
            self.sec_name, self.vecs, self.group_id = "mine", {"v": [1.0, 2.0]}, "VecRef"

    manager.add_ref(Mine(), [0.0, 1.0])
    assert manager.get_vector(cell[0], "v") is None
    manager.save_to_hdf(tmp_path / "storage.h5")
    with Results(tmp_path / "storage.h5") as results:
        assert results["VecRef"]["mine"]["v"].read().tolist() == [1.0, 2.0]


def test_attributes_that_mean_something_else_do_no_harm(manager, tmp_path):
    class Mine:
        group_id, sec_name = "Mine", "soma"
        units, original_name, own_x, vecs = {"a": 5}, 7, True, {"a": [1.0, 2.0]}

    class Empty:
        group_id, sec_name, vecs, detail = "Mine", "none", None, ""

    manager.add_ref(Mine(), [0.0, 1.0])
    manager.add_ref(Empty(), [0.0, 1.0])
    assert manager.get_vector("none", "a", "Mine") is None
    assert manager["Mine"]["soma"]["a"].x.read().tolist() == [0.0, 1.0]
    manager.save_to_hdf(tmp_path / "storage.h5")
    with h5py.File(tmp_path / "storage.h5") as h5file:
        assert sorted(h5file["results/Mine"]) == ["none", "soma", "x"]
        assert "original_name" not in h5file["results/Mine/soma"].attrs


@pytest.mark.filterwarnings("ignore:names that a file can't hold")
def test_a_name_that_is_no_unicode_is_saved(manager, tmp_path):
    manager.add_ref(ref_of({"\udc80": [1.0]}, "\udc80", "\udc80"), [0.0])
    manager.save_to_hdf(tmp_path / "storage.h5")
    with h5py.File(tmp_path / "storage.h5") as h5file:
        assert h5file["results/\\udc80/\\udc80/\\udc80"][()].tolist() == [1.0]


def test_masked_numbers_are_not_saved_as_numbers(manager, tmp_path):
    masked = np.ma.array([1.0, 2.0], mask=[False, True])
    manager.add_ref(ref_of({"a": masked}), [0.0, 1.0])
    manager.save_to_hdf(tmp_path / "storage.h5")
    with Results(tmp_path / "storage.h5") as results:
        np.testing.assert_array_equal(results["Own"]["soma"]["a"], [1.0, np.nan])
    manager.refs["Own"][0].vecs["a"] = np.ma.array([1, 2], mask=[False, True])
    with pytest.raises(TypeError, match="Own/soma/a: can't save masked values"):
        manager.save_to_hdf(tmp_path / "storage.h5")


def test_a_parameter_that_can_not_be_written_does_not_stop_the_save(manager, tmp_path):
    class Odd:
        def __repr__(self):
            raise RuntimeError("no")

    circle = {}
    circle["a"] = circle
    manager.add_ref(ref_of({"a": [1.0]}), [0.0])
    with pytest.warns(NeuronvisioWarning, match="saved as text"):
        manager.save_to_hdf(tmp_path / "storage.h5", {"odd": Odd(), "circle": circle, "ok": 1})
    with Results(tmp_path / "storage.h5") as results:
        assert results.parameters == {
            "odd": "<Odd: RuntimeError>",
            "circle": "<dict: RecursionError>",
            "ok": 1,
        }


def test_vectors_of_two_files_are_drawn_each_against_its_own_time(h, cell, run, tmp_path):
    from matplotlib import pyplot

    for name, stop in (("short.h5", 1), ("long.h5", 2)):
        manager = Manager()
        manager.add_vecRef("v", cell[0], 0.01 * stop)
        run(stop)
        manager.save_to_hdf(tmp_path / name)
    with Manager() as both:
        for name in ("short.h5", "long.h5"):
            both.load_from_hdf(tmp_path / name)
        vectors = {str(i): ref.vecs["v"] for i, ref in enumerate(both.refs["VecRef"])}
        assert len({len(vector) for vector in vectors.values()}) == 1
        both.plot_vecs(vectors)
        ends = [line.get_xdata()[-1] for line in pyplot.gcf().axes[0].lines]
    pyplot.close("all")
    assert ends == pytest.approx([1, 2], rel=0.02)
