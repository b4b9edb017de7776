"""What a saved file says of where its names, types and titles lie."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import tables

from neuronvisio import layout
from neuronvisio.manager import BaseRef, Manager
from neuronvisio.nodes import NodeWriter

BLOCK = 4096


def save_refs(path: Path, samples: int, refs: Iterable[tuple[str, str, dict[str, Any]]]) -> None:
    """Save refs, each a group, a section and its variables, against one x of so many samples."""
    manager, x = Manager(), np.arange(float(samples))
    for group, section, variables in refs:
        ref = BaseRef()
        ref.group_id, ref.sec_name, ref.vecs = group, section, variables
        manager.add_ref(ref, x)
    manager.save_to_hdf(path)


def saved(path: Path, sections: int) -> None:
    """Save a file of many sections."""
    x = np.arange(500.0)
    save_refs(path, 500, (("VecRef", f"dend[{i}]", {"v": x + i}) for i in range(sections)))


def test_all_values_lie_behind_the_bytes_that_the_root_names(tmp_path: Path) -> None:
    """A reader that has these bytes needs no others but the values."""
    path = tmp_path / "many.h5"
    saved(path, 300)
    with h5py.File(path) as h5file:
        told = int(h5file.attrs[layout.METADATA_BYTES])
        offsets: list[int] = []

        def visit(_name: str, node: object) -> None:
            if isinstance(node, h5py.Dataset) and node.size > 100:
                offsets.append(node.id.get_offset())

        h5file.visititems(visit)
        assert len(offsets) == 301
        assert min(offsets) >= told
        assert told < path.stat().st_size / 2


def test_the_bytes_alone_list_every_section(tmp_path: Path) -> None:
    """Names and shapes are there when all behind them is lost."""
    path, head = tmp_path / "many.h5", tmp_path / "head.h5"
    saved(path, 300)
    with h5py.File(path) as h5file:
        told = int(h5file.attrs[layout.METADATA_BYTES])
    whole = path.read_bytes()
    head.write_bytes(whole[:told] + bytes(len(whole) - told))
    with h5py.File(head) as h5file:
        group = h5file["results/VecRef"]
        shapes = [group[f"dend_{index}/v"].shape for index in range(300)]
        assert shapes == [(500,)] * 300


def test_the_first_bytes_tell_of_the_file_and_its_groups(tmp_path: Path) -> None:
    """A reader far away shows the groups after one request, however many sections there are."""
    path, head = tmp_path / "many.h5", tmp_path / "head.h5"
    saved(path, 2000)
    with h5py.File(path) as h5file:
        known = {name: h5file.attrs[name] for name in h5file.attrs if name != "TITLE"}
    first = 64 << 10
    whole = path.read_bytes()
    assert int(known[layout.METADATA_BYTES]) > 2 * first
    head.write_bytes(whole[:first] + bytes(len(whole) - first))
    with h5py.File(head) as h5file:
        assert {name: h5file.attrs[name] for name in known} == known
        assert set(h5file["results"]) == {"VecRef"}


class Counted(io.FileIO):
    """A file that notes which blocks of it are read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.blocks: set[int] = set()

    def readinto(self, buffer: Any) -> int:
        at, length = self.tell(), memoryview(buffer).nbytes
        self.blocks.update(range(at // BLOCK, (at + length - 1) // BLOCK + 1))
        return super().readinto(buffer)


def listed(path: Path, group: str) -> tuple[list[str], int]:
    """List a group: its names, and how many blocks behind the names are read for that."""
    with Counted(path) as counted:
        with h5py.File(counted) as h5file:
            told = int(h5file.attrs[layout.NAMES_BYTES])
            names = list(h5file[group])
            last = (told - 1) // BLOCK
            return names, sum(block > last for block in counted.blocks)


@pytest.mark.parametrize("sections", [1, 7, 256, 260, 300, 312, 364, 522, 1254, 2000])
def test_the_names_lie_in_the_bytes_that_the_root_tells_of(tmp_path: Path, sections: int) -> None:
    """A reader that has these bytes lists all sections, where they are very few or many."""
    path = tmp_path / "many.h5"
    saved(path, sections)
    names, behind = listed(path, "results/VecRef")
    assert sorted(names) == sorted(["x", *(f"dend_{index}" for index in range(sections))])
    assert behind == 0
    with h5py.File(path) as h5file:
        told, all_told = (
            int(h5file.attrs[name]) for name in (layout.NAMES_BYTES, layout.METADATA_BYTES)
        )
        assert told < all_told / 4 + 4096
        group = h5file["results/VecRef"]
        kinds = {type(group.get(name, getlink=True)) for name in group}
        assert kinds == {h5py.HardLink}
        assert [group[name]["v"][0] for name in (f"dend_{i}" for i in range(sections))] == list(
            range(sections)
        )
    with tables.open_file(str(path)) as h5file:
        assert len(h5file.list_nodes("/results/VecRef")) == sections + 1


def test_the_names_in_all_groups_lie_together(tmp_path: Path) -> None:
    """The second group's names do not wait for the sections of the first."""
    path, groups = tmp_path / "two.h5", ("VecRef", "SynVecRef")
    vecs = {"v": np.arange(50.0)}
    save_refs(path, 50, ((group, f"dend[{i}]", vecs) for group in groups for i in range(300)))
    for group in groups:
        names, behind = listed(path, f"results/{group}")
        assert (len(names), behind) == (301, 0)


def test_sections_of_many_variables_are_saved_with_few_groups_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HDF5 goes through all open groups at each name that gives way."""
    vecs = {f"state_{number}": np.arange(3.0) for number in range(12)}
    opened: list[int] = []
    mark = NodeWriter.mark_reach

    def counted(nodes: NodeWriter, attribute: str) -> None:
        opened.append(h5py.h5f.get_obj_count(nodes._file, h5py.h5f.OBJ_GROUP))
        mark(nodes, attribute)

    monkeypatch.setattr(NodeWriter, "mark_reach", counted)
    save_refs(tmp_path / "many.h5", 3, (("VecRef", f"dend[{i}]", vecs) for i in range(300)))
    assert len(opened) == 2
    assert max(opened) < 10


@pytest.mark.parametrize(
    "name", ["Cell[3].dend[{}]", "µ{}", "~{}", "a_name_of_some_length_{}", "{}"]
)
def test_names_of_any_kind_lie_together(tmp_path: Path, name: str) -> None:
    """Long ones, those that are no ASCII, and those that look like what keeps their room."""
    for sections in (12, 260, 400):
        names = [name.format("~" * index if name == "{}" else index) for index in range(sections)]
        path = tmp_path / f"{sections}.h5"
        save_refs(path, 5, (("VecRef", own, {"v": np.arange(5.0)}) for own in names[1:]))
        found, behind = listed(path, "results/VecRef")
        expected = {own.rpartition(".")[2].replace("[", "_").rstrip("]") for own in names[1:]}
        assert set(found) == {"x", *expected}
        assert behind == 0 or sections < 256
        with h5py.File(path) as h5file:
            group = h5file["results/VecRef"]
            assert all(isinstance(group.get(own, getlink=True), h5py.HardLink) for own in group)


def test_no_name_is_left_of_what_has_no_value(tmp_path: Path) -> None:
    """Room is kept for no variable that has no value."""
    vecs = {f"state_{index}": None if index % 3 == 1 else np.arange(4.0) for index in range(12)}
    path = tmp_path / "some.h5"
    with pytest.warns(match="have no value"):
        save_refs(path, 4, [("VecRef", "soma", vecs)])
    with h5py.File(path) as h5file:
        section = h5file["results/VecRef/soma"]
        assert sorted(section) == sorted(f"state_{i}" for i in range(12) if i % 3 != 1)
        assert all(isinstance(section.get(name, getlink=True), h5py.HardLink) for name in section)


def test_names_beyond_ascii_are_utf_8_in_the_file(tmp_path: Path) -> None:
    """Many variables whose names are no ASCII, or become equal when they are made legal."""
    names = [f"µ_{index}" for index in range(10)] + ["a/b", "a_b"]
    vecs = {name: np.full(3, float(index)) for index, name in enumerate(names)}
    path = tmp_path / "utf.h5"
    with pytest.warns(match="names that a file can't hold"):
        save_refs(path, 3, [("VecRef", "soma", vecs)])
    with h5py.File(path) as h5file:
        section = h5file["results/VecRef/soma"]
        assert sorted(section) == sorted([*names[:10], "a_b", "a_b_2"])
        info = section.id.links.get_info("µ_3".encode())
        assert info.cset == h5py.h5t.CSET_UTF8
        assert section["µ_3"][0] == 3
    with tables.open_file(str(path)) as h5file:
        assert h5file.get_node("/results/VecRef/soma/µ_3").read()[0] == 3
