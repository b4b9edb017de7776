"""Open the nodes of a file that may be hostile: by links that stay in it, within limits."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from typing import Any

import h5py

_MAX_TEXT_BYTES = 1 << 16
_MAX_LINKS = 16
_NUMERIC = (h5py.h5t.INTEGER, h5py.h5t.FLOAT, h5py.h5t.BITFIELD)


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


def unsafe(dataset: Any, max_bytes: float | None) -> str:
    """Say why the values must not be read, or ''."""
    properties = dataset.id.get_create_plist()
    if properties.get_layout() == h5py.h5d.VIRTUAL:
        return "has its values in other files"
    if properties.get_layout() == h5py.h5d.CONTIGUOUS and properties.get_external_count():
        return "has its values in other files"
    if max_bytes is None or dataset.shape is None:
        return ""
    size = one = dataset.id.get_type().get_size()
    for length in dataset.shape:
        size *= int(length)
    # A chunk that stores far more than it declares would be unpacked whole.
    if size > max_bytes or dataset.id.get_storage_size() > 2 * size + (1 << 20):
        return f"is larger than {max_bytes} bytes"
    if dataset.chunks and math.prod(dataset.chunks) * one > max_bytes:
        return f"has chunks larger than {max_bytes} bytes"
    return ""


def is_numeric(dataset: Any) -> bool:
    """Tell whether a dataset holds numbers or truth values."""
    kind = dataset.id.get_type().get_class()
    if kind == h5py.h5t.ENUM:
        return bool(dataset.dtype == bool)
    return kind in _NUMERIC or bool(dataset.dtype.kind == "c")


def dtype_name(dataset: Any) -> str:
    """Name the type of a dataset as numpy does; texts as `Variable.dtype` says."""
    kind = dataset.id.get_type()
    if kind.get_class() == h5py.h5t.STRING:
        return "vlen-string" if kind.is_variable_str() else f"string{kind.get_size()}"
    dtype = dataset.dtype
    return str(dtype.str if dtype.names is None and dtype.subdtype is None else dtype)


def text_attribute(node: Any, name: str) -> str | None:
    """Read an attribute if it is one text of sensible size, else give None."""
    try:
        attribute = h5py.h5a.open(node.id, name.encode())
        kind, space = attribute.get_type(), attribute.get_space()
        if kind.get_class() != h5py.h5t.STRING or attribute.get_storage_size() > _MAX_TEXT_BYTES:
            return None
        if space.get_simple_extent_type() == h5py.h5s.NULL:
            return ""
        if space.get_simple_extent_type() != h5py.h5s.SCALAR:
            return None
        value = node.attrs[name]
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    except Exception:  # no such text, or one that can't be decoded: the values still count
        return None
