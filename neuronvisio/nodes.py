"""Write single HDF5 nodes in the form in which PyTables writes them, close together and fast.

Names get their room first (`linkroom.py`), then all nodes are made, and their values written
afterwards: so names, types and titles lie side by side at the start of the file, where a reader
gets them by few reads. h5py's own calls take longer than the writing itself when a file has
thousands of nodes; nodes are made by its low-level calls instead, and nodes of one kind by
copying one of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import h5py
import numpy as np
from h5py import h5a, h5d, h5g, h5o, h5p, h5s, h5t

from neuronvisio import layout
from neuronvisio.linkroom import LinkRoom, link_properties
from neuronvisio.values import Kind, to_array

_MAX_TEXT_BYTES = 60000  # HDF5 keeps an attribute in an object header of at most 64 KiB
_MAX_TEMPLATES = 64
_CHUNK_BYTES = 1 << 19
_MIN_COMPRESSED_BYTES = 1 << 10
_GZIP_LEVEL = 4

_DIGITS = 12


def fits_attribute(text: str) -> bool:
    """Tell whether an attribute can hold the whole text."""
    return len(text.encode("utf-8", "backslashreplace")) <= _MAX_TEXT_BYTES


def write_text_attribute(node: Any, name: str, text: str) -> None:
    r"""Write one text as a fixed-size attribute.

    It is exactly as long as the text, with no terminator; an empty text has no value at all.

    Args:
        node: h5py group, dataset or file, or the low-level id of one.
        name: name of the attribute.
        text: the text; what is beyond 60000 bytes of UTF-8 is left out. NUL, which ends a text
            in a file, becomes ``\x00``.
    """
    raw = text.replace("\0", "\\x00").encode("utf-8", "backslashreplace")
    if len(raw) > _MAX_TEXT_BYTES:  # not in the middle of a character
        raw = raw[:_MAX_TEXT_BYTES].decode("utf-8", "ignore").encode()
    kind = _text_type(len(raw), h5t.CSET_UTF8)
    if isinstance(node, h5py.HLObject):
        node = node.id
    if raw:
        attribute = h5a.create(node, name.encode(), kind, h5s.create(h5s.SCALAR))
        attribute.write(np.array(raw, dtype=f"S{len(raw)}"), mtype=kind)
    else:
        h5a.create(node, name.encode(), kind, h5s.create(h5s.NULL))


class NodeWriter:
    """Makes the nodes of one file."""

    def __init__(self, h5file: Any, compression: str | None = None) -> None:
        """Write into an open file.

        Args:
            h5file: h5py file, open for writing.
            compression: None, or ``'gzip'`` for arrays of more than a few samples.
        """
        self._file = h5file.id
        self._compression = compression
        self._group_template: Any = None
        # The templates by kind; None for a kind that was met once.
        self._templates: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._pending: list[tuple[str, Any, Kind]] = []
        self._room = LinkRoom(h5g.open(self._file, b"/"))

    def mark_root(self, facts: Mapping[str, str]) -> None:
        """Give the root the attributes that make the file one of PyTables', and its own.

        Args:
            facts: what the file says of itself, attribute name -> text.
        """
        root = h5g.open(self._file, b"/")
        write_text_attribute(root, layout.CLASS, layout.CLASS_GROUP)
        write_text_attribute(root, layout.FORMAT_VERSION, layout.VERSION_FORMAT)
        write_text_attribute(root, layout.TITLE, "")
        write_text_attribute(root, layout.VERSION, layout.VERSION_GROUP)
        for name, text in facts.items():
            write_text_attribute(root, name, text)

    def reserve_reach(self) -> None:
        """Make room at the start of the file for what `mark_reach` writes."""
        root = h5g.open(self._file, b"/")
        for attribute in (layout.NAMES_BYTES, layout.METADATA_BYTES):
            write_text_attribute(root, attribute, "0" * _DIGITS)
        # Where attributes are many, their values get their place only when they are written.
        h5py.h5f.flush(self._file)

    def mark_reach(self, attribute: str) -> None:
        """Write on the root how far what was made so far reaches into the file.

        A reader far from the file fetches it with one request.

        Args:
            attribute: the attribute to write, one that `reserve_reach` made.
        """
        root = h5g.open(self._file, b"/")
        # Some nodes get their place in the file only when they are written.
        h5py.h5f.flush(self._file)
        size = self._file.get_filesize()
        text = f"{size:0{_DIGITS}d}".encode()
        kind = _text_type(len(text), h5t.CSET_UTF8)
        made = h5a.open(root, attribute.encode())
        made.write(np.array(text, dtype=f"S{len(text)}"), mtype=kind)

    def require_group(self, parent: Any, name: str) -> Any:
        """Give the subgroup of that name, made if there is none.

        Args:
            parent: h5py group.
            name: one legal name.

        Returns:
            The h5py group.
        """
        if name.encode() in parent.id:
            return parent[name]
        return self.create_group(parent, name)

    def keep_room(self, group: Any, names: Iterable[str]) -> None:
        """Keep room in a group for nodes that are to be made in it, see `LinkRoom.keep`."""
        self._room.keep(group, names)

    def create_group(self, parent: Any, name: str, original: str | None = None) -> Any:
        """Make a group.

        Args:
            parent: h5py group.
            name: one legal name that is not in use there.
            original: the name it had before it was changed for the file, None if it wasn't.

        Returns:
            The h5py group.
        """
        if self._group_template is None:
            self._group_template = h5g.create(self._file, None, gcpl=_group_properties())
            write_text_attribute(self._group_template, layout.CLASS, layout.CLASS_GROUP)
        self._room.make_way(_path(parent, name))
        raw = name.encode()
        h5o.copy(self._group_template, b".", parent.id, raw, lcpl=link_properties(raw))
        group = h5g.open(parent.id, raw)
        if original is not None:
            write_text_attribute(group, layout.ORIGINAL_NAME, original)
        return h5py.Group(group)

    def add_array(
        self,
        parent: Any,
        name: str,
        value: Any,
        kind: Kind,
        title: str = "",
        *,
        unit: str = "",
        original: str | None = None,
    ) -> None:
        """Make an array, whose values `write_values` is to write.

        Args:
            parent: h5py group.
            name: one legal name that is not in use there.
            value: what the values are taken from; must stay as it is until then.
            kind: its kind, as `kind_of` gives it.
            title: text for the TITLE attribute.
            unit: unit of the values, '' if unknown.
            original: the name it had before it was changed for the file, None if it wasn't.
        """
        attributes = {
            layout.CLASS: layout.CLASS_ARRAY,
            layout.FLAVOR: kind.flavor,
            layout.TITLE: title,
            layout.VERSION: layout.VERSION_ARRAY,
            layout.UNITS: unit,
        }
        attributes = {key: text for key, text in attributes.items() if text}
        if original is not None:
            attributes[layout.ORIGINAL_NAME] = original
        path = _path(parent, name)
        self._room.make_way(path)
        self._create(parent.id, name.encode(), kind, attributes)
        if kind.size:
            self._pending.append((path, value, kind))

    def write_values(self, wrote: Callable[[int], None] = lambda size: None) -> None:
        """Write the values of all arrays that were made.

        Args:
            wrote: called after each with the number of bytes; may raise.

        Raises:
            RuntimeError: a value changed its type or shape meanwhile.
        """
        self.end_nodes()
        for path, value, kind in self._pending:
            array = to_array(value, path)
            if (array.dtype, array.shape) != (kind.dtype, kind.shape):
                raise RuntimeError(f"{path} changed while it was saved")
            dataset = h5d.open(self._file, path.encode())
            given = _types(kind.dtype)[1]
            dataset.write(h5s.ALL, h5s.ALL, np.ascontiguousarray(array), mtype=given)
            wrote(array.nbytes)
        self._pending = []

    def end_nodes(self) -> None:
        """Let go of what was to be part of the file and is not: no node is made any more."""
        self._group_template = None
        self._templates.clear()
        self._room.clear()

    def _create(self, parent: Any, name: bytes, kind: Kind, attributes: dict[str, str]) -> None:
        """Make a dataset without values; from the second of its kind on it is a copy."""
        key = (kind.dtype.str, kind.shape, *attributes.items())
        if key in self._templates:
            template = self._templates.pop(key)
            if template is None:
                template = self._new_dataset(self._file, None, kind, attributes)
            self._templates[key] = template
            h5o.copy(template, b".", parent, name, lcpl=link_properties(name))
            return
        self._templates[key] = None
        if len(self._templates) > _MAX_TEMPLATES:
            self._templates.popitem(last=False)
        self._new_dataset(parent, name, kind, attributes)

    def _new_dataset(
        self, parent: Any, name: bytes | None, kind: Kind, attributes: dict[str, str]
    ) -> Any:
        space = h5s.create_simple(kind.shape) if kind.shape else h5s.create(h5s.SCALAR)
        properties = h5p.create(h5p.DATASET_CREATE)
        properties.set_obj_track_times(False)
        # Every value is written, so none has to be filled in first.
        properties.set_fill_time(h5d.FILL_TIME_NEVER)
        if self._compression and kind.shape and kind.nbytes >= _MIN_COMPRESSED_BYTES:
            properties.set_chunk(_chunk_shape(kind))
            properties.set_shuffle()
            properties.set_deflate(_GZIP_LEVEL)
        links = None if name is None else link_properties(name)
        dataset = h5d.create(parent, name, _types(kind.dtype)[0], space, properties, links)
        for attribute, text in attributes.items():
            write_text_attribute(dataset, attribute, text)
        return dataset


def _path(parent: Any, name: str) -> str:
    """Give the path of a node in a group."""
    return f"{parent.name}/{name}".replace("//", "/")


def _group_properties() -> Any:
    properties = h5p.create(h5p.GROUP_CREATE)
    properties.set_obj_track_times(False)
    return properties


def _types(dtype: np.dtype[Any]) -> tuple[Any, Any]:
    """Give the type of an array in the file, and the one in which it is handed over."""
    if dtype.kind == "S":
        kind = _text_type(dtype.itemsize, h5t.CSET_ASCII)
        return kind, kind
    if dtype.kind == "b":
        # PyTables keeps truth values as bit fields, where h5py would make an enumeration.
        return h5t.STD_B8LE, h5t.NATIVE_B8
    return h5t.py_create(dtype, logical=True), None


def _chunk_shape(kind: Kind) -> tuple[int, ...]:
    """Cut along the samples, in pieces of about half a megabyte."""
    samples = kind.shape[0]
    return (min(samples, max(1, _CHUNK_BYTES * samples // kind.nbytes)), *kind.shape[1:])


def _text_type(size: int, charset: int) -> Any:
    kind = h5t.C_S1.copy()
    kind.set_size(max(1, size))
    kind.set_strpad(h5t.STR_NULLTERM)
    kind.set_cset(charset)
    return kind
