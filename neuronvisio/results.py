"""A saved result file, read bit by bit as it is asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout
from neuronvisio.joined import joined
from neuronvisio.reader import ResultFile, Variable
from neuronvisio.runinfo import RunInfo, parsed, runs_in
from neuronvisio.views import GroupView, SectionView, VariableView, _ByName, variable_at

if TYPE_CHECKING:
    from neuronvisio.display import Display

_SQLITE = b"SQLite format 3\0"


class NotAResultFileError(OSError):
    """The file is none that Neuronvisio has saved; the message says what it is."""


class Results(_ByName):
    """What a file holds: a mapping of group id -> `GroupView`.

    ``results['VecRef']['soma']['v']`` is the v of the soma, with ``.x``, ``.units`` and
    ``.detail``. Where cells had times of their own, the file has a group for each; their
    group shows the sections of all of them, each variable with its own x.

    Values are read from the file when they are used; so it stays open until `close`, the end
    of a ``with`` statement, or until nothing refers to it any more.

    Attributes:
        path: path of the file.
    """

    def __init__(
        self, path: str | os.PathLike[str], root: str = layout.RESULTS, wait: bool = False
    ) -> None:
        """Open a file.

        Args:
            path: path of the file.
            root: name of the group that holds the results.
            wait: open it when something is asked for, not before.

        Raises:
            FileNotFoundError: there is no such file.
            NotAResultFileError: it is no result file; the message says what is wrong.
            OSError: it can't be read.
        """
        self.path = os.path.abspath(os.fsdecode(path))
        self._root = root
        self._opened: ResultFile | None = None
        self._groups: dict[str, GroupView] = {}
        super().__init__("", self._group_names, "group")
        if not wait:
            self._known()

    @property
    def _file(self) -> ResultFile:
        if self._opened is None:
            self._opened = _open(self.path, self._root)
        return self._opened

    def _group_names(self) -> list[str]:
        names = self._file.group_names()
        if names is None:
            self._file.close()
            raise NotAResultFileError(f"{self.path} is an HDF5 file, but has no results in it")
        return names

    @cached_property
    def facts(self) -> dict[str, str]:
        """What the file says of itself, e.g. ``created`` and ``neuron_version``."""
        return self._file.facts()

    def __repr__(self) -> str:
        """Name the groups, or only the file as long as it isn't open."""
        return f"<results in {self.path}>" if self._opened is None else super().__repr__()

    def __enter__(self) -> Results:
        """Give the results themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, a second time too; what was not read is out of reach then."""
        if self._opened is not None:
            self._opened.close()

    def show(self, paths: Sequence[str] = ()) -> Display:
        """Show the file in a notebook, with some of its variables drawn.

        Args:
            paths: the variables, e.g. ``['VecRef/soma/v']``.

        Raises:
            KeyError: there is no such variable.
        """
        from neuronvisio.display import Display

        drawn = [variable_at(self, path) for path in paths]
        return Display(os.path.basename(self.path), self.stored(), drawn, file=self.path)

    def _display(self) -> Display:
        if self._opened is not None:
            return self.show()
        # What a cell ends with stays alive, and an open file would be in the way of others.
        with Results(self.path, self._root) as results:
            return results.show()

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the run, as they were given; empty if the file has none."""
        return parsed(self._text(f"{layout.OURS}/{layout.PARAMETERS}"))

    @property
    def runs(self) -> dict[str, RunInfo]:
        """The runs of a sweep by name, as its master tells of them; empty for any other file."""
        return runs_in(self._file, self._known())

    @property
    def sections(self) -> dict[str, NDArray[Any]]:
        """The properties of the model's sections, one array per property, all in one order.

        L and diam are in um, Ra in ohm cm, cm in uF/cm2; empty if the file has none.
        """
        columns = self._file.columns(f"{layout.OURS}/{layout.SECTIONS}")
        return {
            name: np.char.decode(values, "utf-8", "replace") if values.dtype.kind == "S" else values
            for name, values in columns.items()
        }

    @property
    def geometry(self) -> str:
        """The morphology as NeuroML, '' if the file has none; it may be ill-formed."""
        return (self._file.geometry() or b"").decode("utf-8", "replace")

    def _text(self, path: str) -> str:
        return (self._file.text(path) or b"").decode("utf-8", "replace")

    def stored(self) -> dict[str, GroupView]:
        """Give the groups as they lie in the file, by name: each with an x of its own."""
        return {name: self._stored(name) for name in self._known()}

    def _resolve(self, key: Any) -> str:
        # Where all refs of a group have times of their own, none is in the group of that name.
        return key if key in self._parts else super()._resolve(key)

    def _make(self, name: str) -> GroupView:
        own = self._stored(name) if name in self._known() else None
        parts = [self._stored(part) for part in self._parts.get(name, ())]
        return own if own is not None and not parts else joined(name, own, parts)

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """Id of a group -> the groups of the file that belong to it and have another x."""
        found: dict[str, list[str]] = {}
        for name in self._known():
            whole = self._file.part_of(name)
            if whole and whole != name:
                found.setdefault(whole, []).append(name)
        return found

    def _stored(self, name: str) -> GroupView:
        if name not in self._groups:
            self._groups[name] = self._describe(name)
        return self._groups[name]

    def _describe(self, name: str) -> GroupView:
        x = self._file.x(name)
        x_view = None if x is None else self._view(x, f"{name}/{layout.X}", None)
        direct: list[Variable] = []

        def names() -> list[str]:
            sections, in_group = self._file.children(name)
            direct.extend(in_group)
            # Variables in the group itself were those of a section of the group's own name.
            return sections if not in_group or name in sections else [*sections, name]

        def section(section_name: str) -> SectionView:
            def variables() -> list[VariableView]:
                found = (
                    direct
                    if section_name == name and direct
                    else self._file.variables(name, section_name)
                )
                return [
                    self._view(variable, f"{name}/{section_name}/{variable.name}", x_view)
                    for variable in found
                ]

            path = f"{self._root}/{name}/{section_name}"
            original = self._file.text_attribute(path, layout.ORIGINAL_NAME)
            view = SectionView(section_name, variables, original)
            view._path = self.path
            return view

        view = GroupView(name, x_view, names, section, self._file.part_of(name))
        view._path = self.path
        return view

    def _view(self, variable: Variable, path: str, x: VariableView | None) -> VariableView:
        file = self._file

        def read(part: Any) -> NDArray[Any]:
            if "string" in variable.dtype:
                return np.asarray(file.texts(variable.path, max_bytes=np.inf)[part])
            return file.read(variable.path, max_bytes=np.inf, part=part)

        return VariableView(
            variable.name,
            path,
            read,
            shape=variable.shape,
            dtype=_dtype(variable.dtype),
            x=x,
            units=variable.units,
            detail=variable.title,
            problem=variable.problem,
        )


def _dtype(name: str) -> np.dtype[Any] | None:
    """Give the type of values that are numbers or texts, None for any other."""
    if name == "vlen-string":
        return np.dtype("O")
    if name.startswith("string"):
        return np.dtype(f"S{name[len('string') :]}")
    try:
        return np.dtype(name) if name else None
    except TypeError:  # made up of several parts
        return None


def _open(path: str, root: str) -> ResultFile:
    if not os.path.exists(path):
        raise FileNotFoundError(2, "There is no such file", path)
    if os.path.isdir(path):
        raise IsADirectoryError(21, "This is a folder, not a result file", path)
    with open(path, "rb") as file:
        start = file.read(len(_SQLITE))
    if start == _SQLITE:
        raise NotAResultFileError(
            f"{path} is a database of Neuronvisio before 0.5, which no later version reads"
        )
    if not h5py.is_hdf5(path):
        raise NotAResultFileError(f"{path} is not an HDF5 file")
    try:
        return ResultFile(path, root)
    except OSError as error:
        raise NotAResultFileError(f"{path} is a damaged HDF5 file: {error}") from error
