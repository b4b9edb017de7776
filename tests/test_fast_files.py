"""Names, types and titles lie together; gzip; progress; nothing is copied more than once."""

import sys

import h5py
import numpy as np
import pytest
import tables
from helpers import ROOT

from neuronvisio import progress
from neuronvisio.manager import BaseRef, Manager

sys.path.insert(0, str(ROOT / "bench"))
from save import blocks_of_metadata  # noqa: E402 - the benchmark counts the same


def manager_of(sections, samples, detail="", units=None):
    manager = Manager()
    x = np.arange(float(samples))
    for number in range(sections):
        ref = BaseRef()
        ref.sec_name, ref.group_id, ref.detail = f"dend[{number}]", "VecRef", detail
        ref.vecs = {"v": x + number, "ina": x - number}
        ref.units = units or {}
        manager.add_ref(ref, x)
    return manager


def test_5000_sections_are_listed_by_few_reads(tmp_path):
    path = tmp_path / "storage.h5"
    manager_of(5000, 500, "dendrite", {"v": "mV", "ina": "mA/cm2"}).save_to_hdf(path)
    blocks = blocks_of_metadata(path)
    assert blocks["4 KiB"] <= 1000
    assert blocks["1 MiB"] <= 10
    with tables.open_file(str(path)) as h5file:
        node = h5file.get_node("/results/VecRef/dend_4321/ina")
        assert (node.read()[3], node.title) == (3 - 4321, "dendrite")


@pytest.mark.parametrize("sections", [1, 3, 30])
def test_a_small_file_is_hardly_larger_than_its_values(tmp_path, sections):
    path = tmp_path / "storage.h5"
    manager_of(sections, 1000).save_to_hdf(path)
    values = 8000 * (2 * sections + 1)
    bare = tmp_path / "bare.h5"
    with h5py.File(bare, "w") as h5file:
        for number in range(sections):
            for name in ("v", "ina"):
                h5file[f"results/VecRef/dend_{number}/{name}"] = np.zeros(1000)
        h5file["results/VecRef/x"] = np.zeros(1000)
    assert path.stat().st_size <= bare.stat().st_size + (64 << 10)
    assert path.stat().st_size >= values


@pytest.mark.parametrize("value", [np.linspace(0, 1, 100_000), np.zeros((5000, 30), "<i4")])
def test_gzip_makes_a_smaller_file_that_pytables_reads_as_before(tmp_path, value):
    manager = Manager()
    ref = BaseRef()
    ref.sec_name, ref.vecs = "soma", {"v": value, "short": value[:3]}
    ref.own_x = None
    manager.add_ref(ref, np.arange(len(value)))
    with pytest.warns(match="the length differs"):
        manager.save_to_hdf(tmp_path / "plain.h5")
    with pytest.warns(match="the length differs"):
        manager.save_to_hdf(tmp_path / "small.h5", compression="gzip")
    plain, small = ((tmp_path / name).stat().st_size for name in ("plain.h5", "small.h5"))
    assert small < plain / 2
    with tables.open_file(str(tmp_path / "small.h5")) as h5file:
        leaves = list(h5file.iter_nodes("/results/BaseRef/soma", classname="Array"))
        assert [leaf.name for leaf in leaves] == ["short", "v"]
        np.testing.assert_array_equal(leaves[1].read(), value)
        assert leaves[1].dtype == value.dtype


def test_an_unknown_compression_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ValueError, match="None or 'gzip', not 'zip'"):
        manager_of(1, 10).save_to_hdf(tmp_path / "a.h5", compression="zip")
    assert list(tmp_path.iterdir()) == []


class Terminal:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass

    def isatty(self):
        return True


def test_a_long_save_shows_how_far_it_is_and_a_short_one_nothing(tmp_path, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    manager_of(3, 1000).save_to_hdf(tmp_path / "short.h5")
    assert terminal.text.strip() == ""
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    manager_of(3, 1000).save_to_hdf(tmp_path / "long.h5")
    assert "long.h5" in terminal.text
    assert "100%" in terminal.text


def test_nothing_is_shown_where_nobody_looks(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    manager_of(3, 1000).save_to_hdf(tmp_path / "long.h5")
    assert capfd.readouterr().err == ""


def test_a_value_that_changes_during_the_save_leaves_the_old_file(tmp_path):
    class Growing(list):
        def __array__(self, dtype=None, copy=None):
            self.append(0.0)
            return np.arange(float(len(self)))

    path = tmp_path / "storage.h5"
    manager_of(1, 10).save_to_hdf(path)
    before = path.read_bytes()
    manager = manager_of(1, 10)
    manager.refs["VecRef"][0].vecs["v"] = Growing([1.0])
    with pytest.raises(RuntimeError, match="dend_0/v changed while it was saved"):
        manager.save_to_hdf(path)
    assert path.read_bytes() == before


def test_a_node_can_be_written_into_a_pytables_file_as_scripts_did(tmp_path, manager):
    with tables.open_file(str(tmp_path / "a.h5"), "w") as h5file:
        with pytest.warns(match="PyTables can.t write empty.*empty$"):
            vecs = {"v": [1.0, 2.0], "w": np.ones(2), "empty": []}
            manager.save_node(h5file, "/results/Own", "soma", vecs, "note")
        v, w = h5file.iter_nodes("/results/Own/soma")
        assert (v.read(), v.title, v.flavor) == ([1.0, 2.0], "note", "python")
        assert (w.title, w.flavor) == ("note", "numpy")
