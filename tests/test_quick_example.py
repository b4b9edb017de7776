"""The quick example of the original's documentation, run and read back."""

import numpy as np
import pytest
import tables
from helpers import read_like_the_original

from neuronvisio.manager import BaseRef, Manager


class MyRef(BaseRef):
    def __init__(self):
        BaseRef.__init__(self)
        self.group_id = "MyGroup"
        self.sec_name = "soma"
        self.vecs = {"weight": np.array([1.0, 2.0, 3.0])}
        self.detail = "café μM"


@pytest.fixture
def saved(cell, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    manager = Manager()
    manager.add_all_vecRef("v")
    x = [0.0, 10.0, 20.0]
    manager.add_ref(MyRef(), x)
    run()
    manager.save_to_hdf("storage.h5")
    return manager


def test_the_file_is_the_only_thing_left_in_the_folder(saved, tmp_path):
    assert [path.name for path in tmp_path.iterdir()] == ["storage.h5"]


def test_pytables_finds_every_section_with_its_recorded_values(saved):
    loaded = read_like_the_original("storage.h5")
    time, refs = loaded["groups"]["VecRef"]
    assert [name for name, _, _ in refs] == ["dend_0", "dend_1", "dend_2", "soma"]
    np.testing.assert_array_equal(time, saved.get_time().as_numpy())
    for name, detail, vecs in refs:
        section = name if name == "soma" else f"dend[{name[-1]}]"
        assert detail == ""
        assert list(vecs) == ["v"]
        np.testing.assert_array_equal(vecs["v"], saved.get_vector(section, "v").as_numpy())
    assert len(time) == 201
    assert np.ptp(refs[0][2]["v"]) > 0.01


def test_pytables_finds_the_users_own_ref_against_its_own_x(saved):
    x, [(name, detail, vecs)] = read_like_the_original("storage.h5")["groups"]["MyGroup"]
    assert x == [0.0, 10.0, 20.0]
    assert (name, detail) == ("soma", "café μM")
    assert vecs["weight"].tolist() == [1.0, 2.0, 3.0]


def test_nodes_have_the_classes_types_and_flavors_that_they_always_had(saved):
    with tables.open_file("storage.h5") as h5file:
        assert h5file.format_version == "2.1"
        for path in ("/", "/geometry", "/results", "/results/VecRef", "/results/VecRef/soma"):
            group = h5file.get_node(path)
            assert type(group) in (tables.Group, tables.group.RootGroup)
            assert group._v_attrs.CLASS == "GROUP"
            assert group._v_title == ""
        voltage = h5file.get_node("/results/VecRef/soma/v")
        assert type(voltage) is tables.Array
        assert voltage.dtype.str == "<f8"
        assert voltage.shape == (201,)
        assert (voltage.attrs.CLASS, voltage.attrs.VERSION) == ("ARRAY", "2.4")
        assert voltage.flavor == "numpy"
        assert h5file.get_node("/results/MyGroup/x").flavor == "python"
        geometry = h5file.get_node("/geometry/geom")
        assert (geometry.shape, geometry.flavor) == ((), "python")
        assert geometry.read().startswith(b"<?xml")


def test_an_own_ref_can_share_the_recorded_time(cell, run, manager, tmp_path):
    manager.add_vecRef("v", cell[0])
    ref = MyRef()
    manager.add_ref(ref, manager.groups["t"])
    run()
    ref.vecs["weight"] = manager.get_vector(cell[0], "v").as_numpy() * 2
    manager.save_to_hdf(tmp_path / "storage.h5")
    groups = read_like_the_original(tmp_path / "storage.h5")["groups"]
    np.testing.assert_array_equal(groups["MyGroup"][0], groups["VecRef"][0])
    assert len(groups["MyGroup"][1][0][2]["weight"]) == 201


def test_a_new_folder_is_made_for_each_run(manager, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    saving_dir = manager.create_new_dir()
    assert saving_dir.endswith("Sim_0")
    assert manager.create_new_dir().endswith("Sim_1")
    assert (tmp_path / saving_dir).is_dir()
    sims, day, run_name = (tmp_path / saving_dir).relative_to(tmp_path).parts
    assert (sims, run_name) == ("Sims", "Sim_0")
    assert [len(part) for part in day.split("-")] == [2, 2, 4]
