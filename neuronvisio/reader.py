"""Read result files of any release, trusting nothing in them.

Only what lies in the file itself is read: links into other files, virtual datasets and
external storage are reported, not followed, but for the links of our own master files.
Nothing is unpickled. The walk has a fixed depth, so that cycles of links can't trap it, and a
node that can't be read costs only itself.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout
from neuronvisio.datasets import (
    MAX_BYTES,
    Rows,
    dtype_name,
    is_numeric,
    is_real,
    is_text,
    text_attribute,
    unsafe,
    unsafe_in_pieces,
    values_of,
)
from neuronvisio.lookup import external_link, names_in, open_child
from neuronvisio.names import natural_key
from neuronvisio.outline import Group, Section, UnreadableNodeError, Variable
from neuronvisio.parts import Parts

_MAX_LOOKED_AT = 1000

__all__ = ["MAX_BYTES", "Group", "ResultFile", "Section", "UnreadableNodeError", "Variable"]


class ResultFile:
    """An open result file.

    Use it in a ``with`` statement, or call `close`.
    """

    def __init__(self, path: str | os.PathLike[str], results: str = layout.RESULTS) -> None:
        """Open a file for reading.

        Args:
            path: path of the file.
            results: name of the group that holds the results.

        Raises:
            OSError: it can't be opened or isn't an HDF5 file.
        """
        self._results = results
        self._path = os.fspath(path)
        self._file = h5py.File(self._path, "r")
        # Asked for with each of their sections; opening them anew each time takes long.
        self._group_nodes: dict[tuple[str, ...], Any] = {}
        self._is_sweep = bool(text_attribute(self._file, layout.RUNS))
        is_master = self._is_sweep or text_attribute(self._file, layout.PARTS)
        self._parts = Parts(path) if is_master else None

    def __enter__(self) -> ResultFile:
        """Give the file itself."""
        return self

    def __exit__(self, *args: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._group_nodes.clear()
        if self._parts is not None:
            self._parts.close()
        self._file.close()

    def group_names(self) -> list[str] | None:
        """List the names of the groups of results, None if the file has no results.

        They come in the order of the file; those of a sweep as a person counts.
        """
        results, _ = self._node(self._results)
        if not isinstance(results, h5py.Group):
            return None
        names = list(names_in(results))
        return sorted(names, key=natural_key) if self._is_sweep else names

    def part_of(self, group: str) -> str:
        """Give the id of the group that a group belongs to, `''` if it is none but its own.

        Args:
            group: name of the group.
        """
        if self._is_sweep:
            # The file of a run is not opened to be told that it has nothing to tell.
            return self.run_note(group, layout.PART_OF) or ""
        return self.text_attribute(f"{self._results}/{group}", layout.PART_OF) or ""

    def run_note(self, group: str, name: str) -> str | None:
        """Read what the master of a sweep says of the run that a group is from.

        Args:
            group: name of the group.
            name: name of the attribute.
        """
        return self.text_attribute(f"{layout.OURS}/{layout.RUN_NOTES}/{group}", name)

    def x(self, group: str) -> Variable | None:
        """Describe a group's independent variable, None if it has none.

        Args:
            group: name of the group.
        """
        node, _ = self._node(self._results, group)
        if not isinstance(node, h5py.Group):
            return None
        variable = self._variable(node, f"/{self._results}/{group}", layout.X)
        return None if variable.shape is None and not variable.dtype else variable

    def children(self, group: str) -> tuple[list[str], list[Variable]]:
        """List what is in a group beside its x, without looking into sections.

        Args:
            group: name of the group.

        Returns:
            The names of its sections, in the order of the file, and the variables that lie in
            the group itself.
        """
        node, _ = self._node(self._results, group)
        sections: list[str] = []
        direct: list[Variable] = []
        if not isinstance(node, h5py.Group):
            return sections, direct
        path = f"/{self._results}/{group}"
        names = list(names_in(node))
        # To look at each of thousands takes a read of the disk each; who is no section after
        # all is told, or is its own only variable, when it is asked for.
        sure = len(names) > _MAX_LOOKED_AT
        for name in names:
            if (sure and name != layout.X) or self._is_section(node, name):
                sections.append(name)
            elif name != layout.X:
                direct.append(self._variable(node, path, name))
        return sections, direct

    def variables(self, group: str, section: str) -> list[Variable]:
        """List the variables of one section.

        Args:
            group: name of the group.
            section: name of the section.

        Raises:
            UnreadableNodeError: there is no such section, or it can't be opened.
        """
        path = f"/{self._results}/{group}/{section}"
        node, problem = self._node(self._results, group, section)
        if isinstance(node, h5py.Dataset):
            above, _ = self._node(self._results, group)
            return [self._variable(above, f"/{self._results}/{group}", section)]
        if not isinstance(node, h5py.Group):
            raise UnreadableNodeError(f"{path}: {problem or 'is not a section'}")
        return [self._variable(node, path, name) for name in names_in(node)]

    def text_attribute(self, path: str, name: str) -> str | None:
        """Read one attribute that is a text, None if there is none that can be read.

        Args:
            path: path of a node in the file.
            name: name of the attribute.
        """
        node, _ = self._node(*path.split("/"))
        return None if node is None else text_attribute(node, name)

    def groups(self) -> list[Group] | None:
        """List the groups of results, with all sections and variables but no values.

        Returns:
            The groups, None if the file has no results.
        """
        names = self.group_names()
        return None if names is None else [self._group(name) for name in names]

    def read(self, path: str, max_bytes: float = MAX_BYTES, part: Any = ()) -> NDArray[Any]:
        """Read the values of a numeric array.

        Args:
            path: path in the file, as `Variable.path` gives it.
            max_bytes: largest size to read.
            part: which part of it, as in ``array[part]``; all of it by default.

        Returns:
            The values, in the type, byte order and shape of the file.

        Raises:
            UnreadableNodeError: there is no such array here, it isn't numeric, it is larger
                than `max_bytes`, or it can't be decoded.
        """
        dataset = self._array(
            path, is_numeric, "is not numeric", lambda found: unsafe(found, max_bytes)
        )
        try:
            return values_of(dataset, part)
        except (IndexError, TypeError):
            raise  # the part asked for is not one of this array
        except Exception as error:
            raise UnreadableNodeError(f"{path}: can't be decoded: {error}") from error

    def rows(self, path: str) -> Rows:
        """Open an array of real numbers to read it in pieces.

        Args:
            path: path in the file, as `Variable.path` gives it.

        Returns:
            The array, of any length, without values yet.

        Raises:
            UnreadableNodeError: there is no such array here, it isn't numeric, or it can't
                be read in pieces of sensible size.
        """
        return Rows(self._array(path, is_real, "is not numeric", unsafe_in_pieces), path)

    def _array(
        self,
        path: str,
        is_wanted: Callable[[Any], bool],
        otherwise: str,
        check: Callable[[Any], str],
    ) -> Any:
        """Open an array of the wanted kind that passes a check, which says what is wrong."""
        dataset, problem = self._node(*path.split("/"))
        if not isinstance(dataset, h5py.Dataset):
            raise UnreadableNodeError(f"{path}: {problem or 'is not an array'}")
        problem = check(dataset)
        if not problem and not is_wanted(dataset):
            problem = otherwise
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

    def texts(self, path: str, max_bytes: float = MAX_BYTES) -> NDArray[Any]:
        """Read an array of texts, as bytes or as what HDF5 makes of them.

        Args:
            path: path in the file.
            max_bytes: largest size to read.

        Raises:
            UnreadableNodeError: there is no such array here, or it can't be read.
        """
        dataset = self._array(path, is_text, "is not text", lambda found: unsafe(found, max_bytes))
        try:
            return values_of(dataset, ())
        except Exception as error:
            raise UnreadableNodeError(f"{path}: can't be decoded: {error}") from error

    def text(self, path: str, max_bytes: float = MAX_BYTES) -> bytes | None:
        """Read the first text of an array, None if there is none that can be read.

        Args:
            path: path in the file.
            max_bytes: largest size to read.
        """
        try:
            found = np.ravel(self.texts(path, max_bytes))
        except UnreadableNodeError:
            return None
        if not found.size:
            return None
        first = found[0]
        return first.encode("utf-8", "surrogateescape") if isinstance(first, str) else bytes(first)

    def geometry(self, max_bytes: float = MAX_BYTES) -> bytes | None:
        """Read the text of the morphology, as it is; it may be ill-formed or hostile XML.

        Args:
            max_bytes: largest size to read.

        Returns:
            The first text of the node, None if there is no such text.
        """
        return self.text(f"{layout.GEOMETRY}/{layout.GEOMETRY_NODE}", max_bytes)

    def columns(self, path: str, max_bytes: float = MAX_BYTES) -> dict[str, NDArray[Any]]:
        """Read all arrays of numbers or texts of a group.

        Args:
            path: path of the group in the file.
            max_bytes: largest size to read of each.

        Returns:
            Name -> values; what can't be read is left out.
        """
        group, _ = self._node(*path.split("/"))
        found: dict[str, NDArray[Any]] = {}
        for name in names_in(group) if isinstance(group, h5py.Group) else ():
            for read in (self.read, self.texts):
                with contextlib.suppress(UnreadableNodeError):
                    found[name] = read(f"{path}/{name}", max_bytes)
        return found

    def _group(self, name: str) -> Group:
        node, problem = self._node(self._results, name)
        title = self.run_note(name, layout.TITLE) or ""
        if not isinstance(node, h5py.Group):
            return Group(name, problem=problem or "is not a group", title=title)
        names, direct = self.children(name)
        original = text_attribute(node, layout.ORIGINAL_NAME)
        group = Group(name, self.x(name), direct=direct, original_name=original, title=title)
        for section in names:
            try:
                variables = self.variables(name, section)
                path = f"{self._results}/{name}/{section}"
                original = self.text_attribute(path, layout.ORIGINAL_NAME)
                group.sections.append(Section(section, variables, original_name=original))
            except UnreadableNodeError as error:
                group.sections.append(Section(section, problem=str(error)))
        return group

    def _node(self, *path: str) -> tuple[Any, str]:
        """Open a node by the parts of its path; else None and what hinders."""
        if not self._file:
            raise ValueError(f"{self._path} was closed")
        parts = [part for part in path if part not in ("", ".")]
        node: Any = self._group_nodes.get(tuple(parts[:2])) or None  # false: its file was closed
        for part in parts if node is None else parts[2:]:
            node = self._file if node is None else node
            if not isinstance(node, h5py.Group):
                return None, "does not exist"
            node, problem = self._step(node, part, in_results=parts[0] == self._results)
            if node is None:
                return None, problem
        node = self._file if node is None else node
        if len(parts) == 2 and isinstance(node, h5py.Group):
            self._group_nodes[parts[0], parts[1]] = node
        return node, ""

    def _step(self, node: Any, name: str, in_results: bool) -> tuple[Any, str]:
        if self._parts is not None and in_results and node.file == self._file:
            link = external_link(node, name)
            if link is not None:
                return self._parts.open(*link)
        return open_child(node, name)

    def _is_section(self, node: Any, name: str) -> bool:
        """Tell a section from a variable without opening another file for it."""
        try:
            raw = name.encode("utf-8", "surrogateescape")
            kind = node.id.links.get_info(raw).type
            if kind == h5py.h5l.TYPE_HARD:
                return bool(h5py.h5o.get_info(node.id, raw).type == h5py.h5o.TYPE_GROUP)
            if kind == h5py.h5l.TYPE_EXTERNAL:
                return self._parts is not None and name != layout.X
        except Exception:  # what is wrong is said where the node is opened
            return False
        return isinstance(open_child(node, name)[0], h5py.Group)

    def _variable(self, parent: Any, above: str, name: str) -> Variable:
        path = f"{above}/{name}"
        node, problem = self._step(parent, name, in_results=True)
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
                text_attribute(node, layout.TITLE) or "",
                text_attribute(node, layout.UNITS) or "",
                text_attribute(node, layout.ORIGINAL_NAME),
                unsafe(node, None),
            )
        except Exception as error:
            return Variable(name, path, problem=f"can't be read: {error}")
