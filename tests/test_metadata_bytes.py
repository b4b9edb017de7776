"""What a saved file says of where its names, types and titles lie."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np

from neuronvisio import layout
from neuronvisio.manager import BaseRef, Manager


def saved(path: Path, sections: int) -> None:
    """Save a file of many sections."""
    manager = Manager()
    for index in range(sections):
        ref = BaseRef()
        ref.sec_name, ref.group_id = f"dend[{index}]", "VecRef"
        ref.vecs = {"v": np.arange(500.0) + index}
        manager.add_ref(ref, np.arange(500.0))
    manager.save_to_hdf(path)


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
