"""Groups, sections and variables by name, of a file and of what is in memory."""

import numpy as np
import pytest

import neuronvisio.manager
from neuronvisio.manager import BaseRef, Manager, NeuronvisioWarning
from neuronvisio.results import Results


@pytest.fixture
def live(cell, manager, run):
    manager.add_all_vecRef("v")
    manager.add_vecRef("ina", cell[0])
    run(1)
    return manager


@pytest.fixture(params=["memory", "file"])
def group(request, live, tmp_path):
    """The recorded group, once as it is in memory and once as it comes from a file."""
    if request.param == "memory":
        yield live["VecRef"]
        return
    live.save_to_hdf(tmp_path / "storage.h5")
    with Results(tmp_path / "storage.h5") as results:
        yield results["VecRef"]


def test_a_variable_comes_with_its_x_units_and_detail(group, live, cell):
    variable = group["soma"]["v"]
    expected = live.get_vector(cell[0], "v").as_numpy()
    np.testing.assert_array_equal(variable, expected)
    np.testing.assert_array_equal(variable.x, live.get_time().as_numpy())
    assert (variable.units, variable.x.units, variable.detail) == ("mV", "ms", "")
    assert (variable.shape, variable.dtype, variable.ndim, len(variable)) == ((41,), "f8", 1, 41)
    assert group["soma"]["ina"].units == "mA/cm2"


def test_sections_are_found_by_their_name_in_neuron_and_by_the_short_one(group, cell):
    for key in ("dend[1]", "dend_1", cell[2]):
        assert list(group[key]) == ["v"]
    with pytest.raises(KeyError, match="VecRef has no section 'axon'"):
        group["axon"]
    with pytest.raises(KeyError, match="soma has no variable 'cai'"):
        group["soma"]["cai"]


def test_a_group_and_a_section_are_mappings(group):
    assert len(group) == 4
    assert set(group["soma"]) == {"v", "ina"}
    assert "v" in group["soma"]
    assert "soma" in group
    assert repr(group["soma"]).startswith("<soma: ")


def test_a_variable_is_used_like_an_array(group, live, cell):
    variable, values = group["soma"]["v"], live.get_vector(cell[0], "v").as_numpy()
    assert variable[3] == values[3]
    assert variable[-1] == values[-1]
    np.testing.assert_array_equal(variable[2:9], values[2:9])
    np.testing.assert_array_equal(variable * 2 + 1, values * 2 + 1)
    np.testing.assert_array_equal(np.exp(variable), np.exp(values))
    assert np.mean(variable) == values.mean()
    assert list(variable)[:2] == list(values[:2])
    np.testing.assert_array_equal(variable.read(), values)
    assert variable.nbytes == values.nbytes


def test_a_table_has_x_as_index_and_a_column_for_each_variable(group):
    table = group.to_dataframe()
    assert table.shape == (41, 5)
    assert table.index.name == "x (ms)"
    assert table.columns.names == ["section", "variable"]
    name = next(name for name in group if name.startswith("dend"))
    np.testing.assert_array_equal(table[name, "v"], group[name]["v"])


def test_a_dataset_has_units_and_x_as_coordinate(group):
    dataset = group.to_xarray()
    np.testing.assert_array_equal(dataset["soma/ina"], group["soma"]["ina"])
    np.testing.assert_array_equal(dataset["x"], group.x)
    assert dataset["soma/ina"].attrs == {"units": "mA/cm2"}
    assert dataset["x"].attrs == {"units": "ms"}


def test_what_does_not_fit_x_is_left_out_of_a_table_with_a_warning():
    ref = BaseRef()
    ref.sec_name = "soma"
    ref.vecs = {"short": [1.0], "ok": [1.0, 2.0], "two": np.arange(4.0).reshape(2, 2)}
    manager = Manager()
    manager.add_ref(ref, [0.0, 1.0])
    with pytest.warns(NeuronvisioWarning, match="BaseRef/soma/short$"):
        table = manager["BaseRef"].to_dataframe()
    assert list(table.columns) == [("soma", "ok"), ("soma", "two[0]"), ("soma", "two[1]")]
    assert table["soma", "two[1]"].tolist() == [1.0, 3.0]
    with pytest.warns(NeuronvisioWarning, match="BaseRef/soma/short$"):
        dataset = manager["BaseRef"].to_xarray()
    assert dataset["soma/two"].shape == (2, 2)


def test_refs_of_one_section_that_share_a_variable_are_numbered(manager):
    for value in (1.0, 2.0):
        ref = BaseRef()
        ref.sec_name, ref.vecs = "soma", {"g": [value]}
        manager.add_ref(ref, [0.0])
    group = manager["BaseRef"]
    assert [group[name]["g"][0] for name in ("soma", "soma_2")] == [1.0, 2.0]


def test_an_unknown_group_is_a_key_error(manager):
    with pytest.raises(KeyError):
        manager["VecRef"]


def named(section, **vecs):
    ref = BaseRef()
    ref.sec_name, ref.vecs = section, vecs
    return ref


def test_a_view_of_what_is_in_memory_is_sorted_anew_only_after_a_change(manager, monkeypatch):
    made = []
    real = neuronvisio.manager.Sections
    monkeypatch.setattr(neuronvisio.manager, "Sections", lambda refs: made.append(1) or real(refs))
    refs = [named("Cell[0].a", v=[1.0]), named("b", v=[2.0]), named("b", i=[3.0])]
    for ref in refs:
        manager.add_ref(ref, [0.0])
    for _ in range(3):
        assert list(manager["BaseRef"]) == ["Cell[0].a", "b"]
        assert manager["BaseRef"]["a"]["v"][0] == 1
    assert len(made) == 1
    before = manager["BaseRef"]
    refs[0].vecs["v"] = [5.0, 6.0]
    assert manager["BaseRef"]["a"]["v"].shape == (2,)
    assert len(made) == 1
    refs[2].vecs["v"] = [4.0]  # now it has a variable of the other b
    assert list(manager["BaseRef"]) == ["Cell[0].a", "b", "b_2"]
    refs[0].sec_name = "c"
    assert list(manager["BaseRef"]) == ["c", "b", "b_2"]
    assert "a" not in manager["BaseRef"]
    manager.add_ref(named("d", v=[1.0]), [0.0])
    assert manager["BaseRef"]["d"]["v"][0] == 1
    manager.refs["BaseRef"][3] = named("d", v=[7.0])
    assert manager["BaseRef"]["d"]["v"][0] == 7
    manager.refs["BaseRef"] = [named("e", v=[1.0])]
    assert list(manager["BaseRef"]) == ["e"]
    assert list(before) == ["Cell[0].a", "b"]
