"""Read result files of any release, trusting nothing in them.

Only what lies in the file itself is read: links into other files, virtual datasets and
external storage are reported, not followed. Nothing is unpickled. The walk has a fixed depth,
so that cycles of links can't trap it, and a node that can't be read costs only itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout
from neuronvisio.datasets import (
    MAX_BYTES,
    Rows,
    UnreadableNodeError,
    dtype_name,
    is_numeric,
    text_attribute,
    unsafe,
    unsafe_in_pieces,
)

__all__ = ["MAX_BYTES", "Group", "ResultFile", "Section", "UnreadableNodeError", "Variable"]

_MAX_LINKS = 16


@dataclass(frozen=True)
class Variable:
    """One array of the file, without its values.

    Attributes:
        name: its name, bytes that are no UTF-8 as surrogates.
        path: its path in the file.
        shape: lengths of its dimensions; None for one without any values.
        dtype: numpy's name of the type, e.g. ``'<f8'``; ``'string<n>'`` and
            ``'vlen-string'`` for text.
        title: the detail; `''` if there is none that can be read.
        problem: why there is nothing to read, `''` if there is something.
        units: the unit that the file names, `''` if it names none.
        original_name: the name before it was changed for the file, `''` if it wasn't.
    """

    name: str
    path: str
    shape: tuple[int, ...] | None = None
    dtype: str = ""
    title: str = ""
    problem: str = ""
    units: str = ""
    original_name: str = ""


@dataclass(frozen=True)
class Section:
    """One section of a group and its variables, in the order of the file."""

    name: str
    variables: list[Variable] = field(default_factory=list)
    problem: str = ""
    original_name: str = ""


@dataclass(frozen=True)
class Group:
    """One group of results.

    Attributes:
        name: its name.
        x: the independent variable, None if there is none.
        sections: its sections.
        direct: variables that lie in the group itself.
        problem: why there is nothing in it, `''` if there could be.
        original_name: the name before it was changed for the file, `''` if it wasn't.
    """

    name: str
    x: Variable | None = None
    sections: list[Section] = field(default_factory=list)
    direct: list[Variable] = field(default_factory=list)
    problem: str = ""
    original_name: str = ""


class ResultFile:
    """An open result file.

    Use it in a ``with`` statement, or call `close`.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open a file for reading.

        Args:
            path: path of the file.

        Raises:
            OSError: it can't be opened or isn't an HDF5 file.
        """
        self._file = h5py.File(os.fspath(path), "r")

    def __enter__(self) -> ResultFile:
        """Give the file itself."""
        return self

    def __exit__(self, *args: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._file.close()

    def groups(self) -> list[Group] | None:
        """List the groups of results, with all sections and variables but no values.

        Returns:
            The groups, None if the file has no results.
        """
        results, _ = _child(self._file, layout.RESULTS)
        if not isinstance(results, h5py.Group):
            return None
        return [_group(results, name) for name in _names(results)]

    def read(self, path: str, max_bytes: int = MAX_BYTES) -> NDArray[Any]:
        """Read the values of a numeric array.

        Args:
            path: path in the file, as `Variable.path` gives it.
            max_bytes: largest size to read.

        Returns:
            The values, in the type, byte order and shape of the file.

        Raises:
            UnreadableNodeError: there is no such array here, it isn't numeric, it is larger
                than `max_bytes`, or it can't be decoded.
        """
        dataset = self._numeric(path, lambda found: unsafe(found, max_bytes))
        try:
            return np.asarray(dataset[()])
        except Exception as error:
            raise UnreadableNodeError(f"{path}: can't be decoded: {error}") from error

    def rows(self, path: str) -> Rows:
        """Open a numeric array to read it in pieces.

        Args:
            path: path in the file, as `Variable.path` gives it.

        Returns:
            The array, of any length, without values yet.

        Raises:
            UnreadableNodeError: there is no such array here, it isn't numeric, or it can't
                be read in pieces of sensible size.
        """
        return Rows(self._numeric(path, unsafe_in_pieces), path)

    def _numeric(self, path: str, check: Callable[[Any], str]) -> Any:
        dataset, problem = _find(self._file, path)
        if not isinstance(dataset, h5py.Dataset):
            raise UnreadableNodeError(f"{path}: {problem or 'is not an array'}")
        problem = check(dataset)
        if not problem and not is_numeric(dataset):
            problem = "is not numeric"
        if problem:
            raise UnreadableNodeError(f"{path}: {problem}")
        return dataset

    def facts(self) -> dict[str, str]:
        """Read what the file says of how it was made.

        Returns:
            Name -> text of the known attributes of the root that are texts.
        """
        texts = {name: text_attribute(self._file, name) for name in layout.FACTS}
        return {name: text for name, text in texts.items() if text}

    def geometry(self, max_bytes: int = MAX_BYTES) -> bytes | None:
        """Read the text of the morphology, as it is; it may be ill-formed or hostile XML.

        Args:
            max_bytes: largest size to read.

        Returns:
            The first text of the node, None if there is no such text.
        """
        dataset, _ = _find(self._file, f"{layout.GEOMETRY}/{layout.GEOMETRY_NODE}")
        if not isinstance(dataset, h5py.Dataset) or unsafe(dataset, max_bytes):
            return None
        if dataset.id.get_type().get_class() != h5py.h5t.STRING or not dataset.size:
            return None
        try:
            first = np.ravel(dataset[()])[0]
        except Exception:
            return None
        return first.encode("utf-8", "surrogateescape") if isinstance(first, str) else bytes(first)


def _group(results: Any, name: str) -> Group:
    node, problem = _child(results, name)
    if not isinstance(node, h5py.Group):
        return Group(name, problem=problem or "is not a group")
    x, _ = _child(node, layout.X)
    path = f"/{layout.RESULTS}/{name}"
    has_x = isinstance(x, h5py.Dataset)
    group = Group(
        name,
        _variable(node, path, layout.X) if has_x else None,
        original_name=text_attribute(node, layout.ORIGINAL_NAME),
    )
    for key in _names(node):
        child, problem = _child(node, key)
        if isinstance(child, h5py.Group):
            below = f"{path}/{key}"
            variables = [_variable(child, below, variable) for variable in _names(child)]
            original = text_attribute(child, layout.ORIGINAL_NAME)
            group.sections.append(Section(key, variables, original_name=original))
        elif not (key == layout.X and has_x):
            group.direct.append(_variable(node, path, key))
    return group


def _names(group: Any) -> Iterator[str]:
    try:
        for name in group:
            # h5py gives names that are no UTF-8 as they are.
            yield name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name
    except Exception:  # a damaged list of names ends here
        return


def _variable(parent: Any, above: str, name: str) -> Variable:
    path = f"{above}/{name}"
    node, problem = _child(parent, name)
    if isinstance(node, h5py.Group):
        return Variable(name, path, problem="is a group")
    if not isinstance(node, h5py.Dataset):
        return Variable(name, path, problem=problem or "is not an array")
    try:
        return Variable(
            name,
            path,
            node.shape,
            dtype_name(node),
            text_attribute(node, layout.TITLE),
            unsafe(node, None),
            text_attribute(node, layout.UNITS),
            text_attribute(node, layout.ORIGINAL_NAME),
        )
    except Exception as error:
        return Variable(name, path, problem=f"can't be read: {error}")


def _child(group: Any, name: str, budget: list[int] | None = None) -> tuple[Any, str]:
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
            return _find(group.file if path.startswith("/") else group, path, budget)
        if kind != h5py.h5l.TYPE_HARD:
            return None, "is a link into another file"
        return _wrapped(h5py.h5o.open(group.id, raw)), ""
    except Exception as error:
        return None, f"can't be opened: {error}"


def _wrapped(node: Any) -> Any:
    if isinstance(node, h5py.h5g.GroupID):
        return h5py.Group(node)
    return h5py.Dataset(node) if isinstance(node, h5py.h5d.DatasetID) else node


def _find(group: Any, path: str, budget: list[int] | None = None) -> tuple[Any, str]:
    """Open a node by its path step by step, since HDF5 itself would leave the file."""
    budget = [_MAX_LINKS] if budget is None else budget
    node = group
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if not isinstance(node, h5py.Group):
            return None, "does not exist"
        node, problem = _child(node, part, budget)
        if node is None:
            return None, problem
    return node, ""
