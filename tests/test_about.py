"""What a file says of itself, and the properties of the model's sections."""

import datetime
import json
import os

import h5py
import neuron
import numpy as np
import pytest
import tables
from helpers import nodes_of, run_python

import neuronvisio
from neuronvisio.manager import Manager, NeuronvisioWarning
from neuronvisio.results import Results


@pytest.fixture
def saved(cell, manager, run, tmp_path):
    def saved(**options):
        manager.add_vecRef("v", cell[0])
        run(1)
        manager.save_to_hdf(tmp_path / "storage.h5", **options)
        return tmp_path / "storage.h5"

    return saved


def test_a_file_says_what_made_it_and_when(saved):
    before = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    path = saved()
    after = datetime.datetime.now(datetime.timezone.utc)
    with tables.open_file(str(path)) as h5file:
        root = h5file.root._v_attrs
        assert root.creator == "jupyterlab-neuronvisio"
        assert root.creator_version == neuronvisio.__version__
        assert root.neuron_version == neuron.__version__
        assert root.format_version == "1.0"
        created = datetime.datetime.fromisoformat(str(root.created).replace("Z", "+00:00"))
        assert before <= created <= after
        assert h5file.root._v_title == ""


def test_the_script_is_named_where_there_is_one(tmp_path):
    code = """
from neuronvisio.manager import BaseRef, Manager
manager, ref = Manager(), BaseRef()
ref.sec_name = "soma"
manager.add_ref(ref, [1.0])
manager.save_to_hdf("{}.h5")
"""
    script = tmp_path / "simulate me.py"
    script.write_text(code.format("a"))
    run_python(f"import runpy; runpy.run_path({str(script)!r}, run_name='__main__')", cwd=tmp_path)
    run_python(code.format("b"), cwd=tmp_path)
    with Results(tmp_path / "a.h5") as a, Results(tmp_path / "b.h5") as b:
        assert a.facts["script"] == "simulate me.py"
        assert "script" not in b.facts
        assert "neuron_version" not in b.facts


def test_parameters_come_back_as_they_were(saved, manager):
    manager.parameters = {"gbar": 0.12, "cells": [1, 2], "note": "café ✓", "on": True}
    path = saved(parameters={"gbar": np.float64(0.5), "w": np.arange(3), "deep": {"a": (1, None)}})
    expected = {
        "gbar": 0.5,
        "cells": [1, 2],
        "note": "café ✓",
        "on": True,
        "w": [0, 1, 2],
        "deep": {"a": [1, None]},
    }
    with Results(path) as results:
        assert results.parameters == expected
    with tables.open_file(str(path)) as h5file:
        assert json.loads(h5file.root.neuronvisio.parameters.read()) == expected
    loaded = Manager()
    loaded.load_from_hdf(path)
    assert loaded.parameters == expected
    loaded.close()


def test_parameters_larger_than_an_attribute_are_kept_whole(saved):
    path = saved(parameters={"weights": list(range(50_000))})
    with Results(path) as results:
        assert results.parameters["weights"][-1] == 49_999


def test_what_json_can_not_hold_becomes_text_with_one_warning(saved, h):
    odd = {"section": h.Section(name="axon"), "bad": [1.0, float("nan")], "vec": h.Vector([1, 2])}
    with pytest.warns(NeuronvisioWarning, match=r"\['section'\], parameters\['bad'\]\[1\]$") as got:
        path = saved(parameters=odd)
    assert len(got) == 1
    with Results(path) as results:
        assert results.parameters == {"section": "axon", "bad": [1.0, "nan"], "vec": [1.0, 2.0]}


def test_without_parameters_there_is_no_node_for_them(saved):
    assert "/neuronvisio/parameters" not in nodes_of(saved())


def test_properties_of_the_sections_stand_beside_the_results(saved, cell):
    cell[1].Ra, cell[2].cm = 123.0, 2.0
    path = saved()
    with tables.open_file(str(path)) as h5file:
        table = {node.name: node.read() for node in h5file.root.neuronvisio.sections}
        assert h5file.root.neuronvisio.sections.Ra.attrs.units == "ohm-cm"
    names = [name.decode() for name in table["name"]]
    assert names == ["soma", "dend_0", "dend_1", "dend_2"]
    assert [name.decode() for name in table["original_name"]] == [s.name() for s in cell]
    assert table["L"].tolist() == [section.L for section in cell]
    assert table["diam"].tolist() == [section(0.5).diam for section in cell]
    assert table["nseg"].tolist() == [1, 3, 3, 3]
    assert table["Ra"].tolist() == [section.Ra for section in cell]
    assert table["cm"].tolist() == [1.0, 1.0, 2.0, 1.0]
    assert table["parent"].tolist() == [-1, 0, 1, 1]
    assert np.isnan(table["parent_x"][0])
    assert table["parent_x"][1:].tolist() == [1.0, 0.5, 1.0]
    assert table["attached_end"].tolist() == [0, 0, 0, 0]
    assert {b"hh", b"na_ion", b"k_ion"} <= set(table["mechanisms"][0].split())
    assert table["mechanisms"][1] == b"pas"


def test_what_is_ours_stays_out_of_the_results(saved):
    nodes = nodes_of(saved(parameters={"a": 1}))
    assert {node for node in nodes if node.startswith("/results")} == {
        "/results",
        "/results/VecRef",
        "/results/VecRef/x",
        "/results/VecRef/soma",
        "/results/VecRef/soma/v",
    }


def test_the_model_and_the_folder_are_left_alone(saved, cell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = [(s.n3d(), s.L, s(0.5).diam, s.nseg) for s in cell]
    saved()
    assert [(s.n3d(), s.L, s(0.5).diam, s.nseg) for s in cell] == before
    assert os.listdir(tmp_path) == ["storage.h5"]


def test_a_deep_or_broken_text_of_parameters_is_no_failure(saved):
    path = saved(parameters={"a": 1})
    for text in (b"[" * 100_000, b"{", b"[1]"):
        with h5py.File(path, "r+") as h5file:
            del h5file["neuronvisio/parameters"]
            h5file["neuronvisio/parameters"] = np.bytes_(text)
        with Results(path) as results:
            assert results.parameters == {}
