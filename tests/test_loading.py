"""Files of every release, loaded with and without NEURON."""

import gc
import os
import sqlite3
import zlib

import h5py
import numpy as np
import pytest
import tables
from helpers import FIXTURES, run_python

from neuronvisio.loading import LoadedRef
from neuronvisio.manager import BaseRef, Manager, NeuronvisioWarning, SynVecRef, VecRef
from neuronvisio.reader import ResultFile, UnreadableNodeError
from neuronvisio.results import NotAResultFileError, Results


def open_files():
    return [os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")]


@pytest.fixture
def saved(cell, manager, run, tmp_path):
    """A file with recorded sections, a synapse and an own ref; and its Manager."""
    manager.add_all_vecRef("v")
    manager.add_vecRef("ina", cell[0])
    synapse = type("Synapse", (), {})()
    synapse.chan_type, synapse.section = "ampa", cell[1]
    synapse.vecs = {"g": np.linspace(0, 1, 41)}
    manager.add_synVecRef(synapse)
    ref = BaseRef()
    ref.group_id, ref.sec_name, ref.detail = "Own", "spine", "café"
    ref.vecs, ref.units = {"ca": np.array([1.0, 2.0])}, {"ca": "mM"}
    manager.add_ref(ref, [0.0, 5.0])
    run(1)
    manager.save_to_hdf(tmp_path / "storage.h5")
    return tmp_path / "storage.h5"


def test_refs_groups_values_units_and_details_come_back(saved, manager):
    loaded = Manager()
    loaded.load_from_hdf(saved)
    assert sorted(loaded.refs) == ["Own", "SynVecRef", "VecRef"]
    np.testing.assert_array_equal(loaded.get_time(), manager.get_time().as_numpy())
    np.testing.assert_array_equal(loaded.groups["Own"], [0.0, 5.0])
    assert loaded.groups["t"] is loaded.groups["VecRef"]
    names = {ref.sec_name for ref in loaded.refs["VecRef"]}
    assert names == {"soma", "dend[0]", "dend[1]", "dend[2]"}
    for name in names:
        expected = manager.get_vector(name, "v").as_numpy()
        np.testing.assert_array_equal(loaded.get_vector(name, "v"), expected)
    [own] = loaded.refs["Own"]
    assert (own.sec_name, own.detail, own.group_id) == ("spine", "café", "Own")
    assert (own.vecs["ca"].units, own.vecs["ca"].detail) == ("mM", "café")
    assert loaded.refs["SynVecRef"][0].detail == "ampa"
    assert str(own) == "section: spine, detail: café, vars recorded: ['ca']"


def test_live_sections_are_found_for_the_refs(saved, cell, manager):
    manager.load_from_hdf(saved)
    loaded = {ref.sec_name: ref.sec for ref in manager.refs["VecRef"] if ref.loaded}
    assert loaded == {section.name(): section for section in cell}
    assert all(isinstance(ref, VecRef) for ref in manager.refs["VecRef"])


def test_without_a_model_refs_have_the_names_of_the_file(saved, h, cell):
    for section in cell:
        h.delete_section(sec=section)
    loaded = Manager()
    loaded.load_from_hdf(saved)
    refs = {ref.sec_name: ref.sec for ref in loaded.refs["VecRef"]}
    assert refs == {"soma": None, "dend_0": None, "dend_1": None, "dend_2": None}
    assert list(h.allsec()) == []
    for name in ("dend_1", "dend[1]"):
        assert len(loaded.get_vector(name, "v")) == 41
    # Another cell's section is another section.
    for name in ("dend[7]", "Cell[0].dend[1]"):
        assert loaded.get_vector(name, "v") is None


def test_without_neuron_all_of_a_file_can_be_had(saved, tmp_path):
    code = """
import sys
sys.modules["neuron"] = None
import numpy as np
from neuronvisio.manager import Manager
with Manager() as manager:
    results = manager.load_from_hdf(sys.argv[1])
    assert len(manager.get_vector("soma", "v")) == 41
    assert manager["VecRef"]["dend[0]"]["v"].x.units == "ms"
    assert results.sections["L"].tolist() == [20.0, 100.0, 100.0, 100.0]
    assert results.sections["parent"].tolist() == [-1, 0, 1, 1]
    manager.save_to_hdf(sys.argv[2])
assert "h5py" in sys.modules and "matplotlib" not in sys.modules and "pandas" not in sys.modules
"""
    run_python(code, saved, tmp_path / "again.h5", cwd=tmp_path)
    with h5py.File(saved) as one, h5py.File(tmp_path / "again.h5") as two:

        def same(path, node):
            if path.startswith("results") and isinstance(node, h5py.Dataset):
                np.testing.assert_array_equal(node[()], two[path][()])
                for name in ("units", "TITLE", "original_name"):
                    assert node.attrs.get(name) == two[path].attrs.get(name), (path, name)

        one.visititems(same)
        assert len(two["results/VecRef"]) == 5


def test_a_second_file_is_added_and_keeps_its_own_time(saved, tmp_path, h, cell, run):
    other = Manager()
    other.add_vecRef("v", cell[0])
    run(2)
    other.save_to_hdf(tmp_path / "longer.h5")
    both = Manager()
    both.load_from_hdf(saved)
    both.load_from_hdf(tmp_path / "longer.h5")
    assert len(both.refs["VecRef"]) == 5
    lengths = [(len(ref.vecs["v"]), len(ref.own_x)) for ref in both.refs["VecRef"]]
    assert lengths == [(41, 41)] * 4 + [(81, 81)]
    with pytest.warns(NeuronvisioWarning, match="time steps of their own"):
        both.save_to_hdf(tmp_path / "both.h5")
    with Results(tmp_path / "both.h5") as results:
        for group in results.values():
            for section in group.values():
                for variable in section.values():
                    assert len(variable) == len(variable.x)


def test_recording_after_loading_makes_refs_and_a_time_of_its_own(saved, cell, manager, run):
    loaded = Manager()
    loaded.load_from_hdf(saved)
    assert loaded.add_vecRef("v", cell[0])
    run(2)
    assert len(loaded.get_vector(cell[0], "v")) == len(loaded.get_time()) == 81


def test_a_saved_file_can_be_replaced_while_it_is_loaded(saved):
    loaded = Manager()
    loaded.load_from_hdf(saved)
    before = np.asarray(loaded.get_vector("soma", "v"))
    loaded.save_to_hdf(saved)
    np.testing.assert_array_equal(loaded.get_vector("soma", "v"), before)
    again = Manager()
    again.load_from_hdf(saved)
    np.testing.assert_array_equal(again.get_vector("soma", "v"), before)


def test_no_file_stays_open_after_close_a_with_or_the_end_of_the_manager(saved):
    name = os.path.realpath(saved)
    manager = Manager()
    manager.load_from_hdf(saved)
    variable = manager.get_vector("soma", "v")
    assert name in open_files()
    manager.close()
    manager.close()
    assert name not in open_files()
    with pytest.raises(ValueError, match="was closed"):
        variable.read()
    with Manager() as manager, manager.load_from_hdf(saved):
        assert name in open_files()
    assert name not in open_files()
    manager = Manager()
    manager.load_from_hdf(saved)
    list(manager.refs["VecRef"])[0].vecs  # noqa: B018 - lists the variables
    del manager, variable
    gc.collect()
    assert name not in open_files()


def test_loading_reads_no_values_and_lists_no_variables(saved, monkeypatch):
    calls = []
    read = ResultFile.read

    def noted(file, path, *arguments, **options):
        calls.append(path)
        return read(file, path, *arguments, **options)

    monkeypatch.setattr(ResultFile, "read", noted)
    monkeypatch.setattr(ResultFile, "variables", lambda *_: calls.append("list"))
    Manager().load_from_hdf(saved)
    assert [path for path in calls if not path.startswith("neuronvisio/sections/")] == []


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("**/*.h5")), ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore")
def test_every_fixture_loads_or_says_what_it_is(path):
    manager = Manager()
    try:
        results = manager.load_from_hdf(path)
    except (NotAResultFileError, OSError) as error:
        assert str(path) in str(error)
        assert os.path.realpath(path) not in open_files()
        return
    for refs in manager.refs.values():
        for ref in refs:
            assert isinstance(ref, LoadedRef)
            for variable in ref.vecs.values():
                if variable.nbytes < 1 << 24:
                    try:
                        variable.read()
                    except UnreadableNodeError as error:
                        assert str(error)
    assert isinstance(results.parameters, dict)
    manager.close()


def test_one_bad_node_costs_that_node(saved):
    with h5py.File(saved, "r+") as h5file:
        h5file["results/VecRef/dend_0/odd"] = h5py.ExternalLink("elsewhere.h5", "/v")
        h5file["results/VecRef/gone"] = h5py.SoftLink("/nowhere")
        h5file.move("results/Own/x", "results/Own/y")
    manager = Manager()
    manager.load_from_hdf(saved)
    odd = next(ref for ref in manager.refs["VecRef"] if ref.file_name == "dend_0").vecs
    assert odd["odd"].problem == "is a link into another file"
    with pytest.raises(UnreadableNodeError, match="link into another file"):
        np.asarray(odd["odd"])
    assert len(odd["v"]) == 41
    assert manager.groups["Own"] is None
    assert "gone" not in {ref.sec_name for ref in manager.refs["VecRef"]}


def test_a_text_in_an_attribute_is_never_unpickled(saved):
    code = b"cos\nsystem\n(S'touch " + str(saved).encode() + b".pwned'\ntR."
    with h5py.File(saved, "r+") as h5file:
        for path in ("/", "results/VecRef", "results/VecRef/soma/v"):
            for name in ("TITLE", "units", "created", "original_name", "extra"):
                h5file[path].attrs[name] = np.bytes_(code)
        del h5file["neuronvisio/sections"]
    manager = Manager()
    results = manager.load_from_hdf(saved)
    assert manager.get_vector("soma", "v").detail.startswith("cos")
    assert results.facts["created"].startswith("cos")
    assert not os.path.exists(f"{saved}.pwned")


def test_what_is_not_a_result_file_is_told_with_its_path(tmp_path):
    (tmp_path / "text.h5").write_text("hello")
    with h5py.File(tmp_path / "other.h5", "w") as h5file:
        h5file["a"] = [1]
    with sqlite3.connect(tmp_path / "old.db") as database:
        database.execute("create table Vectors (id int)")
    database.close()
    for name, message in [
        ("text.h5", "is not an HDF5 file"),
        ("other.h5", "has no results in it"),
        ("old.db", "before 0.5"),
    ]:
        with pytest.raises(NotAResultFileError, match=message) as failure:
            Manager().load_from_hdf(tmp_path / name)
        assert str(tmp_path / name) in str(failure.value)
    with pytest.raises(FileNotFoundError, match=r"none\.h5"):
        Manager().load_from_hdf(tmp_path / "none.h5")
    with pytest.raises(IsADirectoryError):
        Manager().load_from_hdf(tmp_path)


def test_a_class_of_refs_is_kept_apart_by_its_group(saved):
    manager = Manager()
    manager.load_from_hdf(saved)
    assert not isinstance(manager.refs["SynVecRef"][0], (VecRef, SynVecRef))


def test_of_very_many_sections_none_is_opened_and_an_array_among_them_is_found(tmp_path):
    with h5py.File(tmp_path / "many.h5", "w") as h5file:
        group = h5file.create_group("results/VecRef")
        group["x"] = [0.0]
        for number in range(1200):
            group[f"dend_{number}/v"] = [float(number)]
        group["direct"] = [7.0]
    manager = Manager()
    manager.load_from_hdf(tmp_path / "many.h5")
    assert len(manager.refs["VecRef"]) == 1201
    assert manager.get_vector("dend_1100", "v").read().tolist() == [1100.0]
    assert manager.get_vector("direct", "direct").read().tolist() == [7.0]
    manager.close()


def test_recorded_sections_without_any_x_are_shown_all_the_same(tmp_path):
    with h5py.File(tmp_path / "bare.h5", "w") as h5file:
        h5file["results/VecRef/soma/v"] = [1.0, 2.0]
    manager = Manager()
    manager.load_from_hdf(tmp_path / "bare.h5")
    assert manager["VecRef"]["soma"]["v"].x is None
    assert manager["VecRef"]["soma"]["v"].read().tolist() == [1.0, 2.0]
    manager.close()


def test_a_large_chunk_of_few_samples_is_read_and_one_that_lies_is_not(tmp_path):
    path = tmp_path / "chunks.h5"
    with h5py.File(path, "w") as h5file:
        soma = h5file.create_group("results/VecRef/soma")
        few = soma.create_dataset("few", (3,), "f8", chunks=(1 << 18,), maxshape=(None,))
        few[:] = [1.0, 2.0, 3.0]
        lies = soma.create_dataset("lies", (16,), "f8", chunks=(16,), compression="gzip")
        lies.id.write_direct_chunk((0,), zlib.compress(bytes(1 << 28)))
    with Results(path) as results:
        assert results["VecRef"]["soma"]["few"].read().tolist() == [1.0, 2.0, 3.0]
        with pytest.raises(UnreadableNodeError, match="stores more than it declares"):
            results["VecRef"]["soma"]["lies"].read()


def x_ends(manager, group):
    """The last x of each section of a group, in memory and again after a save."""
    return {name: float(section[next(iter(section))].x[-1]) for name, section in group.items()}


def test_loading_does_not_change_the_x_of_what_was_recorded(cell, manager, run, tmp_path):
    manager.add_vecRef("v", cell[0])
    run(1)
    manager.save_to_hdf(tmp_path / "short.h5")
    later = Manager()
    later.add_vecRef("v", cell[1])
    run(3)
    later.load_from_hdf(tmp_path / "short.h5")
    assert later.get_time()[-1] == pytest.approx(3)
    assert x_ends(later, later["VecRef"]) == pytest.approx({"dend[0]": 3, "soma": 1})
    with pytest.warns(NeuronvisioWarning, match="time steps of their own"):
        later.save_to_hdf(tmp_path / "both.h5")
    with Results(tmp_path / "both.h5") as results:
        ends = {
            name: end for group in results.values() for name, end in x_ends(later, group).items()
        }
    assert ends == pytest.approx({"dend_0": 3, "soma": 1})


@pytest.mark.parametrize("order", ["added first", "loaded first"])
def test_an_own_ref_keeps_its_x_beside_a_loaded_group_of_the_same_id(tmp_path, order):
    def own(section, x):
        ref = BaseRef()
        ref.sec_name, ref.group_id, ref.vecs = section, "Ca", {"a": [1.0, 2.0]}
        return ref, x

    first = Manager()
    first.add_ref(*own("loaded", [0.0, 1.0]))
    first.save_to_hdf(tmp_path / "a.h5")
    manager = Manager()
    steps = [
        lambda: manager.add_ref(*own("added", [100.0, 200.0])),
        lambda: manager.load_from_hdf(tmp_path / "a.h5"),
    ]
    for step in steps if order == "added first" else reversed(steps):
        step()
    expected = {"loaded": 1.0, "added": 200.0}
    assert x_ends(manager, manager["Ca"]) == expected
    with pytest.warns(NeuronvisioWarning, match="another x than their group's"):
        manager.save_to_hdf(tmp_path / "b.h5")
    with Results(tmp_path / "b.h5") as results:
        ends = {n: end for group in results.values() for n, end in x_ends(manager, group).items()}
    assert ends == expected
    manager.close()


@pytest.mark.parametrize("listed", ["before", "after"])
def test_an_x_that_replaces_that_of_a_loaded_group_counts_everywhere(saved, tmp_path, listed):
    with Manager() as manager:
        manager.load_from_hdf(saved)
        if listed == "before":
            assert manager.get_vector("soma", "v").x[-1] == pytest.approx(1)
        seconds = np.arange(41.0)
        manager.groups["VecRef"] = seconds
        assert manager["VecRef"].x[-1] == 40
        assert manager["VecRef"]["soma"]["v"].x[-1] == 40
        assert manager.get_vector("soma", "v").x[-1] == 40
        assert manager.get_time() is seconds
        manager.save_to_hdf(tmp_path / "again.h5")
        manager.load_from_hdf(saved)
        assert manager["VecRef"]["soma"]["v"].x[-1] == 40
    with Results(tmp_path / "again.h5") as results:
        assert not [name for name in results if name.startswith("VecRef_")]
        assert results["VecRef"]["soma"]["v"].x[-1] == 40


def test_bytes_with_a_nul_among_them_are_read_whole(tmp_path):
    manager = Manager()
    ref = BaseRef()
    ref.sec_name, ref.vecs = "soma", {"raw": np.array([b"a\0b", b"cd"]), "one": b"e\0f"}
    manager.add_ref(ref, [0.0, 1.0])
    with pytest.warns(NeuronvisioWarning, match="single value"):
        manager.save_to_hdf(tmp_path / "storage.h5")
    with tables.open_file(str(tmp_path / "storage.h5")) as h5file:
        assert h5file.get_node("/results/BaseRef/soma/raw").read().tolist() == [b"a\0b", b"cd"]
    with Results(tmp_path / "storage.h5") as results:
        section = results["BaseRef"]["soma"]
        assert section["raw"].read().tolist() == [b"a\0b", b"cd"]
        assert section["raw"][1:].tolist() == [b"cd"]
        assert section["one"].read() == b"e\0f"


def test_truth_values_are_read_as_truth_values_and_saved_as_such_again(tmp_path):
    manager = Manager()
    ref = BaseRef()
    ref.sec_name, ref.vecs = "soma", {"on": np.array([True, False])}
    manager.add_ref(ref, [0.0, 1.0])
    for path in (tmp_path / "a.h5", tmp_path / "b.h5"):
        manager.save_to_hdf(path)
        manager = Manager()
        on = manager.load_from_hdf(path)["BaseRef"]["soma"]["on"]
        assert (on.dtype, on.read().dtype, on.read().tolist()) == (bool, bool, [True, False])
        assert on[0] is np.True_
