"""The bundle that JupyterLab's renderer draws from."""

import base64
import json
import os
import sys
from types import SimpleNamespace

import h5py
import jsonschema
import numpy as np
import pytest
from helpers import FIXTURES, ROOT

import neuronvisio
from neuronvisio import display
from neuronvisio.display import MIME_TYPE
from neuronvisio.display.source import notebook_folder
from neuronvisio.manager import BaseRef, Manager

SCHEMA = json.loads((ROOT / "docs" / "refs.schema.json").read_text())
BUNDLES = FIXTURES / "bundles"


def bundle_of(thing):
    data = thing._repr_mimebundle_()
    bundle = json.loads(json.dumps(data[MIME_TYPE], allow_nan=False))
    jsonschema.validate(bundle, SCHEMA, jsonschema.Draft202012Validator)
    assert len(json.dumps(data)) <= display.settings.budget + 100
    return bundle


def numbers(text):
    return np.frombuffer(base64.b64decode(text), "<f8")


def saved(path, *refs, x=(0.0, 1.0)):
    manager = Manager()
    for number, vecs in enumerate(refs):
        ref = BaseRef()
        ref.sec_name, ref.vecs = f"section_{number}", vecs
        manager.add_ref(ref, list(x))
    return manager.save_to_hdf(path)


@pytest.fixture
def many(tmp_path):
    with h5py.File(tmp_path / "many.h5", "w") as h5file:
        for number in range(5000):
            h5file[f"results/VecRef/dendrite_{number}/v"] = [1.0, 2.0]
        h5file["results/VecRef/x"] = [0.0, 1.0]
    return neuronvisio.open(tmp_path / "many.h5")


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted(BUNDLES.glob("*.json")), ids=lambda path: path.stem)
def test_canned_bundles_are_good_or_bad_as_their_names_say(path):
    bundle = json.loads(path.read_text())
    good = jsonschema.Draft202012Validator(SCHEMA).is_valid(bundle)
    # An odd one is well-formed, but its parts don't fit each other.
    assert good == path.stem.startswith(("good-", "odd-"))


def test_it_holds_the_tree_the_file_and_the_samples(cell, manager, run, tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "notes.ipynb"))
    manager.add_all_vecRef("v")
    run(1)
    os.mkdir(tmp_path / "Sims")
    results = manager.save_to_hdf(tmp_path / "Sims" / "storage.h5")
    bundle = bundle_of(results.show(["VecRef/soma/v"]))
    assert bundle["version"] == 1
    assert bundle["file"]["path"] == "Sims/storage.h5"
    assert bundle["file"]["size"] == os.path.getsize(results.path)
    assert bundle["file"]["modified"].endswith("Z")
    [group] = bundle["groups"]
    assert group["x"] == {"name": "x", "shape": [41], "dtype": "float64", "units": "ms"}
    assert group["sectionCount"] == len(group["sections"]) == 4
    assert group["sections"][0]["originalName"] == "dend[0]"
    v = {"name": "v", "shape": [41], "dtype": "float64", "units": "mV"}
    assert group["sections"][0]["variables"] == [v]
    [drawn] = bundle["drawn"]
    assert (drawn["path"], drawn["reduced"]) == ("VecRef/soma/v", False)
    np.testing.assert_array_equal(numbers(drawn["ys"]), manager.get_vector(cell[0], "v"))
    np.testing.assert_array_equal(numbers(drawn["xs"]), manager.get_time())
    assert drawn["extent"] == [0, numbers(drawn["xs"])[-1]]


def test_what_is_not_saved_has_no_file(cell, manager, run):
    manager.add_all_vecRef("v")
    run(1)
    assert "file" not in bundle_of(manager)
    assert bundle_of(manager["VecRef"]["soma"])["drawn"][0]["path"] == "VecRef/soma/v"


def test_groups_and_sections_of_a_file_know_it(tmp_path):
    with saved(tmp_path / "a.h5", {"v": [1.0, 2.0]}) as results:
        for thing in (results["BaseRef"], results["BaseRef"]["section_0"]):
            assert bundle_of(thing)["file"]["size"] == os.path.getsize(results.path)


def test_a_large_tree_has_all_its_names_and_is_cut_where_the_budget_ends(many, monkeypatch):
    [group] = bundle_of(many)["groups"]
    assert group["sectionCount"] == 5000
    assert len(group["sections"]) == 100
    assert group["more"][-1] == "dendrite_4999"
    assert len(group["sections"]) + len(group["more"]) == 5000
    monkeypatch.setattr(display.settings, "budget", 50_000)
    [group] = bundle_of(many)["groups"]
    assert group["sectionCount"] == 5000
    assert 100 < len(group["sections"]) + len(group["more"]) < 5000


@pytest.mark.parametrize("traces", [1, 10, 50])
@pytest.mark.parametrize("budget", [100_000, 512_000])
def test_long_traces_stay_under_the_budget_with_every_spike(tmp_path, monkeypatch, traces, budget):
    monkeypatch.setattr(display.settings, "budget", budget)
    y = np.random.default_rng(1).normal(size=200_000)
    y[150_001], y[3] = 50, -50
    x = np.arange(200_000) * 0.025
    results = saved(tmp_path / "a.h5", *[{"v": y}] * traces, x=x)
    bundle = bundle_of(results.show([f"BaseRef/section_{i}/v" for i in range(traces)]))
    with_points = [drawn for drawn in bundle["drawn"] if "ys" in drawn]
    assert len(with_points) == traces or budget < 512_000
    assert bundle["groups"][0]["sectionCount"] == traces
    for drawn in with_points:
        xs, ys = numbers(drawn["xs"]), numbers(drawn["ys"])
        assert drawn["reduced"]
        assert {50, -50} <= set(ys)
        np.testing.assert_array_equal(y[np.searchsorted(x, xs)], ys)
    assert len(ys) > 1000 or traces > 1 or budget < 512_000


def test_more_traces_than_are_drawn_are_counted(tmp_path):
    results = saved(tmp_path / "a.h5", *[{"v": [1.0, 2.0]}] * 60)
    bundle = bundle_of(results.show([f"BaseRef/section_{i}/v" for i in range(60)]))
    assert (len(bundle["drawn"]), bundle["notDrawn"]) == (50, 10)


def test_gaps_whole_numbers_and_what_has_no_line(tmp_path):
    vecs = {
        "gap": [1.0, np.nan],
        "large": [2**53 + 1, 2**62],
        "small": [1, 2],
        "text": ["a", "b"],
        "truth": np.array([True, False]),
        "long": np.array([1, 2], np.longdouble),
        "short": [5.0],
    }
    with pytest.warns(match="differs"):
        results = saved(tmp_path / "a.h5", vecs)
    drawn = bundle_of(results.show([f"BaseRef/section_0/{name}" for name in vecs]))["drawn"]
    of = {entry["variable"]["name"]: entry for entry in drawn}
    assert list(numbers(of["gap"]["ys"])) == [1]
    assert of["large"]["exact"] == [str(2**53 + 1), str(2**62)]
    assert "exact" not in of["small"]
    for name in ("text", "truth", "long"):
        assert "holds no real numbers" in of[name]["problem"]
        assert "ys" not in of[name]
    assert of["short"]["reason"] == "x-length"
    assert list(numbers(of["short"]["xs"])) == [0]


def test_a_line_that_breaks_says_so_in_both_coordinates(tmp_path):
    results = saved(tmp_path / "a.h5", {"v": [1.0, np.inf, 2.0, 3.0]}, x=[0, 1, 2, np.nan])
    [drawn] = bundle_of(results.show(["BaseRef/section_0/v"]))["drawn"]
    assert list(numbers(drawn["ys"])) == pytest.approx([1, np.nan, 2], nan_ok=True)
    assert list(numbers(drawn["xs"])) == pytest.approx([0, np.nan, 2], nan_ok=True)
    assert drawn["withoutX"] == 1


def test_long_names_and_texts_are_cut(tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as h5file:
        h5file["results/VecRef/soma/v"] = [1.0]
        h5file["results/VecRef/soma/v"].attrs["TITLE"] = "d" * 50_000
        h5file[f"results/VecRef/{'s' * 5000}/v"] = [1.0]
    [group] = bundle_of(neuronvisio.open(tmp_path / "a.h5"))["groups"]
    assert group["sectionCount"] == 2
    assert len(json.dumps(group)) < 10_000


def test_the_notebook_s_folder_is_not_where_a_script_went(tmp_path, monkeypatch):
    there = tmp_path / "elsewhere"
    there.mkdir()
    monkeypatch.chdir(there)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert notebook_folder() == str(there)
    shell = SimpleNamespace(user_ns={"_dh": [str(tmp_path)]})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert notebook_folder() == str(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "a" / "b.ipynb"))
    assert notebook_folder() == str(tmp_path)  # there is no such folder any more
    (tmp_path / "a").mkdir()
    assert notebook_folder() == str(tmp_path / "a")
    results = saved(there / "a.h5", {"v": [1.0, 2.0]})
    assert bundle_of(results)["file"]["path"] == "../elsewhere/a.h5"
