"""What can be known of a dataset or an attribute before its values are trusted."""

from __future__ import annotations

import math
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from neuronvisio.outline import UnreadableNodeError

MAX_BYTES = 1 << 30
"""Largest array that is read whole unless asked for more."""

_MAX_TEXT_BYTES = 1 << 16
_MAX_ROW_BYTES = 1 << 24
_SLACK = 1 << 16
# Deflate gives at most 1032 bytes for one; who claims more than that holds nothing to read.
_MAX_RATIO = 1100
_NUMERIC = (h5py.h5t.INTEGER, h5py.h5t.FLOAT, h5py.h5t.BITFIELD)


class Rows:
    """A numeric array that is read in pieces along its first dimension.

    Attributes:
        shape: lengths of its dimensions.
        chunk: the number of rows that lie together on the disk, 1 if all of them do.
    """

    def __init__(self, dataset: Any, path: str) -> None:
        """Keep an open array.

        Args:
            dataset: h5py dataset, checked.
            path: its path, for messages.
        """
        self.shape: tuple[int, ...] = dataset.shape
        self.chunk: int = dataset.chunks[0] if dataset.chunks else 1
        self._dataset = dataset
        self._path = path

    @property
    def row_bytes(self) -> int:
        """The size of one row."""
        return int(math.prod(self.shape[1:])) * int(self._dataset.dtype.itemsize)

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Read some rows.

        Args:
            start: the first row.
            stop: the row after the last; rows beyond the end are left out.

        Returns:
            The values in the type of the file; those of a single value as one row.

        Raises:
            UnreadableNodeError: they can't be decoded.
        """
        try:
            if not self.shape:
                return values_of(self._dataset, ()).reshape(1)[start:stop]
            return values_of(self._dataset, slice(start, stop))
        except Exception as error:
            raise UnreadableNodeError(f"{self._path}: can't be decoded: {error}") from error


def unsafe(dataset: Any, max_bytes: float | None) -> str:
    """Say why the values must not be read whole.

    Args:
        dataset: h5py dataset.
        max_bytes: largest size to read, None to look at where the values lie only.

    Returns:
        What is wrong, `''` if nothing is.
    """
    properties = dataset.id.get_create_plist()
    if properties.get_layout() == h5py.h5d.VIRTUAL:
        return "has its values in other files"
    if properties.get_layout() == h5py.h5d.CONTIGUOUS and properties.get_external_count():
        return "has its values in other files"
    if max_bytes is None or dataset.shape is None:
        return ""
    size = _claimed(dataset)
    if size > max_bytes:
        return f"is larger than {max_bytes} bytes"
    if _stores_too_much(dataset):
        return "stores more than it declares"
    return _large_chunks(dataset, max_bytes)


def unsafe_in_pieces(dataset: Any) -> str:
    """Say why the values must not be read row by row.

    Args:
        dataset: h5py dataset.

    Returns:
        What is wrong, `''` if nothing is.
    """
    problem = unsafe(dataset, None)
    if problem:
        return problem
    if dataset.shape is None:
        return "has no values"
    size, stored = _claimed(dataset), dataset.id.get_storage_size()
    if _stores_too_much(dataset):
        return "stores more than it declares"
    if size > MAX_BYTES and size > _MAX_RATIO * stored:
        return "claims far more values than the file holds"
    if size and math.prod(dataset.shape[1:]) * dataset.id.get_type().get_size() > _MAX_ROW_BYTES:
        return f"has rows larger than {_MAX_ROW_BYTES} bytes"
    return _large_chunks(dataset, MAX_BYTES)


def _claimed(dataset: Any) -> int:
    size = int(dataset.id.get_type().get_size())
    for length in dataset.shape:
        size *= int(length)
    return size


def _stores_too_much(dataset: Any) -> bool:
    """Tell whether a chunk may hold far more than it declares, which would be unpacked whole."""
    declared = _claimed(dataset)
    if dataset.chunks:
        # Chunks at the edges are stored whole.
        counts = [
            -(-int(length) // int(chunk))
            for length, chunk in zip(dataset.shape, dataset.chunks, strict=True)
        ]
        one = int(dataset.id.get_type().get_size())
        declared = math.prod(counts) * math.prod(map(int, dataset.chunks)) * one
    return int(dataset.id.get_storage_size()) > 2 * declared + _SLACK


def _large_chunks(dataset: Any, max_bytes: float) -> str:
    one = dataset.id.get_type().get_size()
    if dataset.chunks and math.prod(dataset.chunks) * one > max_bytes:
        return f"has chunks larger than {max_bytes} bytes"
    return ""


def is_real(dataset: Any) -> bool:
    """Tell whether a dataset holds real numbers or truth values.

    Args:
        dataset: h5py dataset.

    Returns:
        False for text, complex numbers and everything else.
    """
    kind = dataset.id.get_type().get_class()
    return kind in _NUMERIC or bool(kind == h5py.h5t.ENUM and dataset.dtype == bool)


def is_numeric(dataset: Any) -> bool:
    """Tell whether a dataset holds numbers, real or complex, or truth values.

    Args:
        dataset: h5py dataset.
    """
    return is_real(dataset) or bool(dataset.dtype.kind == "c")


def is_text(dataset: Any) -> bool:
    """Tell whether a dataset holds texts.

    Args:
        dataset: h5py dataset.
    """
    return bool(dataset.id.get_type().get_class() == h5py.h5t.STRING)


def is_truth(dataset: Any) -> bool:
    """Tell whether a dataset holds truth values, as PyTables stores them: bit fields of a byte.

    Args:
        dataset: h5py dataset.
    """
    kind = dataset.id.get_type()
    return bool(kind.get_class() == h5py.h5t.BITFIELD and kind.get_size() == 1)


def values_of(dataset: Any, part: Any) -> NDArray[Any]:
    """Read a part of the values as what they are.

    Args:
        dataset: h5py dataset, checked.
        part: which part, as in ``array[part]``.

    Returns:
        The values; h5py alone makes small numbers of truth values, and cuts bytes at a NUL.
    """
    kind = dataset.id.get_type()
    if kind.get_class() == h5py.h5t.STRING and not kind.is_variable_str():
        if kind.get_strpad() != h5py.h5t.STR_NULLTERM or dataset.shape is None:
            return np.asarray(dataset[part])
        whole = np.zeros(dataset.shape, dtype=f"S{kind.get_size()}")
        if whole.size:
            # Read as the type of the file, so that HDF5 has nothing to convert.
            dataset.id.read(h5py.h5s.ALL, h5py.h5s.ALL, whole, mtype=kind)
        return np.asarray(whole[part])
    values = np.asarray(dataset[part])
    return values != 0 if is_truth(dataset) else values


def dtype_name(dataset: Any) -> str:
    """Name the type of a dataset.

    Args:
        dataset: h5py dataset.

    Returns:
        numpy's name, e.g. ``'<f8'``; ``'string<n>'`` and ``'vlen-string'`` for text.
    """
    kind = dataset.id.get_type()
    if kind.get_class() == h5py.h5t.STRING:
        return "vlen-string" if kind.is_variable_str() else f"string{kind.get_size()}"
    dtype = np.dtype(bool) if is_truth(dataset) else dataset.dtype
    return str(dtype.str if dtype.names is None and dtype.subdtype is None else dtype)


def text_attribute(node: Any, name: str) -> str | None:
    """Read an attribute if it is one text of sensible size.

    Args:
        node: h5py group or dataset.
        name: name of the attribute.

    Returns:
        The text, None if there is none that can be read.
    """
    try:
        raw = name.encode()
        if not h5py.h5a.exists(node.id, raw):
            return None
        attribute = h5py.h5a.open(node.id, raw)
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
