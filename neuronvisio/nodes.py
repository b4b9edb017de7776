"""Write single HDF5 nodes in the form in which PyTables writes them."""

from __future__ import annotations

from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout

_MAX_TEXT_BYTES = 60000  # HDF5 keeps an attribute in an object header of at most 64 KiB


def fits_attribute(text: str) -> bool:
    """Tell whether an attribute can hold the whole text."""
    return len(text.encode("utf-8", "backslashreplace")) <= _MAX_TEXT_BYTES


def write_text_attribute(node: Any, name: str, text: str) -> None:
    """Write one text as a fixed-size attribute.

    It is exactly as long as the text, with no terminator; an empty text has no value at all.

    Args:
        node: h5py group, dataset or file.
        name: name of the attribute.
        text: the text; what is beyond 60000 bytes of UTF-8 is left out.
    """
    raw = text.encode("utf-8", "backslashreplace")
    if len(raw) > _MAX_TEXT_BYTES:  # not in the middle of a character
        raw = raw[:_MAX_TEXT_BYTES].decode("utf-8", "ignore").encode()
    kind = _text_type(len(raw), h5py.h5t.CSET_UTF8)
    if raw:
        space = h5py.h5s.create(h5py.h5s.SCALAR)
        attribute = h5py.h5a.create(node.id, name.encode(), kind, space)
        attribute.write(np.array(raw, dtype=f"S{len(raw)}"), mtype=kind)
    else:
        h5py.h5a.create(node.id, name.encode(), kind, h5py.h5s.create(h5py.h5s.NULL))


def mark_group(group: Any) -> None:
    """Give a group the attributes that make it one of PyTables'.

    Args:
        group: h5py group, or the file for its root.
    """
    write_text_attribute(group, layout.CLASS, layout.CLASS_GROUP)
    if group.name == "/":
        write_text_attribute(group, layout.FORMAT_VERSION, layout.VERSION_FORMAT)
    write_text_attribute(group, layout.TITLE, "")
    write_text_attribute(group, layout.VERSION, layout.VERSION_GROUP)


def require_group(parent: Any, name: str) -> Any:
    """Give the subgroup of that name, made and marked if there is none.

    Args:
        parent: h5py group.
        name: one legal name.

    Returns:
        The h5py group.
    """
    if name in parent:
        return parent[name]
    group = parent.create_group(name)
    mark_group(group)
    return group


def write_array(parent: Any, name: str, array: NDArray[Any], flavor: str, title: str = "") -> Any:
    """Write one contiguous array.

    Args:
        parent: h5py group.
        name: one legal name that is not in use there.
        array: numbers, truth values or fixed-size bytes, of any shape.
        flavor: what PyTables is to make of it, ``'numpy'`` or ``'python'``.
        title: text for the TITLE attribute.

    Returns:
        The h5py dataset.
    """
    if array.dtype.kind == "S":
        kind = _text_type(array.dtype.itemsize, h5py.h5t.CSET_ASCII)
        dataset = _write_as(parent, name, array, kind, kind)
    elif array.dtype.kind == "b":
        # PyTables keeps truth values as bit fields, where h5py would make an enumeration.
        bits = array.view(np.uint8)
        dataset = _write_as(parent, name, bits, h5py.h5t.STD_B8LE, h5py.h5t.NATIVE_B8)
    else:
        dataset = parent.create_dataset(name, data=array)
    write_text_attribute(dataset, layout.CLASS, layout.CLASS_ARRAY)
    write_text_attribute(dataset, layout.FLAVOR, flavor)
    write_text_attribute(dataset, layout.TITLE, title)
    write_text_attribute(dataset, layout.VERSION, layout.VERSION_ARRAY)
    return dataset


def _text_type(size: int, charset: int) -> Any:
    kind = h5py.h5t.C_S1.copy()
    kind.set_size(max(1, size))
    kind.set_strpad(h5py.h5t.STR_NULLTERM)
    kind.set_cset(charset)
    return kind


def _write_as(parent: Any, name: str, array: NDArray[Any], stored: Any, given: Any) -> Any:
    space = h5py.h5s.create_simple(array.shape) if array.shape else h5py.h5s.create(h5py.h5s.SCALAR)
    dataset = h5py.h5d.create(parent.id, name.encode(), stored, space)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(array), mtype=given)
    return h5py.Dataset(dataset)
