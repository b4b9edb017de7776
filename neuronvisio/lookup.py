"""Open the nodes of a file that may be hostile: by links that stay in it, within limits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import h5py

_MAX_LINKS = 16


def external_link(group: Any, name: str) -> tuple[str, str] | None:
    """Give the file and the path that a link into another file names, None for another kind."""
    try:
        raw = name.encode("utf-8", "surrogateescape")
        if group.id.links.get_info(raw).type != h5py.h5l.TYPE_EXTERNAL:
            return None
        file, path = group.id.links.get_val(raw)
        return os.fsdecode(file), path.decode("utf-8", "surrogateescape")
    except Exception:  # what is wrong is said where the node is opened
        return None


def is_hard_link(group: Any, name: str) -> bool:
    """Tell whether a name stands for a node itself, and not for a link."""
    try:
        raw = name.encode("utf-8", "surrogateescape")
        return bool(group.id.links.get_info(raw).type == h5py.h5l.TYPE_HARD)
    except Exception:  # what is wrong is said where the node is opened
        return False


def names_in(group: Any) -> Iterator[str]:
    """List the names in a group; a damaged list ends where the damage is."""
    try:
        for name in group:
            # h5py gives names that are no UTF-8 as they are.
            yield name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name
    except Exception:  # a damaged list of names ends here
        return


def open_child(group: Any, name: str, budget: list[int] | None = None) -> tuple[Any, str]:
    """Open a node by links that stay in the file; else None and what hinders.

    The budget is the number of soft links that one look-up may still follow. It is shared by
    all steps of it: links that name each other several times would else multiply.
    """
    budget = [_MAX_LINKS] if budget is None else budget
    try:
        raw = name.encode("utf-8", "surrogateescape")
        if not group.id.links.exists(raw):
            return None, "does not exist"
        kind = group.id.links.get_info(raw).type
        if kind == h5py.h5l.TYPE_SOFT:
            if not budget[0]:
                return None, "is a link that leads to no end"
            budget[0] -= 1
            path = group.id.links.get_val(raw).decode("utf-8", "surrogateescape")
            return open_path(group.file if path.startswith("/") else group, path, budget)
        if kind != h5py.h5l.TYPE_HARD:
            return None, "is a link into another file"
        return _wrapped(h5py.h5o.open(group.id, raw)), ""
    except Exception as error:
        return None, f"can't be opened: {error}"


def _wrapped(node: Any) -> Any:
    if isinstance(node, h5py.h5g.GroupID):
        return h5py.Group(node)
    return h5py.Dataset(node) if isinstance(node, h5py.h5d.DatasetID) else node


def open_path(group: Any, path: str, budget: list[int] | None = None) -> tuple[Any, str]:
    """Open a node by its path step by step, since HDF5 itself would leave the file."""
    budget = [_MAX_LINKS] if budget is None else budget
    node = group
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if not isinstance(node, h5py.Group):
            return None, "does not exist"
        node, problem = open_child(node, part, budget)
        if node is None:
            return None, problem
    return node, ""
