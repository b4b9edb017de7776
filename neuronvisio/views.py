"""Groups, sections and variables by name: ``results['VecRef']['soma']['v']``."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from neuronvisio.names import sanitized_sec, unambiguous
from neuronvisio.refs import MissingError

if TYPE_CHECKING:
    from neuronvisio.display import Display

_NAMED = 10


class VariableView(NDArrayOperatorsMixin):
    """The values of one variable, read when they are needed, with what belongs to them.

    It can be used like a numpy array: indexed, iterated, drawn, given to numpy's functions.
    Each use reads anew from the file; ``np.asarray(variable)`` keeps the values.

    Attributes:
        name: its name.
        path: ``'<group>/<section>/<name>'``.
        shape: lengths of its dimensions; None if that can't be read.
        dtype: numpy's type of the values; None if that can't be read.
        units: the unit, '' if unknown.
        detail: the detail of its ref.
        problem: why the values can't be read, '' if they can.
    """

    def __init__(
        self,
        name: str,
        path: str,
        read: Callable[[Any], NDArray[Any]],
        *,
        shape: tuple[int, ...] | None,
        dtype: np.dtype[Any] | None,
        x: VariableView | None = None,
        units: str = "",
        detail: str = "",
        problem: str = "",
    ) -> None:
        """Describe a variable.

        Args:
            name: its name.
            path: where it is.
            read: gives a part of the values, as in ``array[part]``.
            shape: lengths of its dimensions.
            dtype: numpy's type of the values.
            x: the x of its group.
            units: its unit.
            detail: the detail of its ref.
            problem: why the values can't be read.
        """
        self.name, self.path = name, path
        self.shape, self.dtype = shape, dtype
        self.units, self.detail, self.problem = units, detail, problem
        self._read = read
        self._x = x

    @property
    def x(self) -> VariableView | None:
        """The independent variable that it goes with, None if there is none."""
        return self._x

    def with_x(self, x: VariableView | None) -> VariableView:
        """Give the same variable against another x."""
        other = copy.copy(self)
        other._x = x
        return other

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.shape or ())

    @property
    def size(self) -> int:
        """Number of values."""
        return int(np.prod(self.shape)) if self.shape is not None else 0

    @property
    def nbytes(self) -> int:
        """Bytes of the values."""
        return self.size * (self.dtype.itemsize if self.dtype is not None else 0)

    @property
    def title(self) -> str:
        """The detail, under the name that PyTables gives it."""
        return self.detail

    def read(self) -> NDArray[Any]:
        """Read all values.

        Raises:
            UnreadableNodeError: they can't be read; the message says why.
            ValueError: the file was closed.
        """
        return self._read(())

    def __getitem__(self, part: Any) -> Any:
        """Read a part of the values, as of an array."""
        return self._read(part)[()]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Read all values, for numpy."""
        values = self.read()
        return values if dtype is None else values.astype(dtype, copy=False)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        """Compute with the values, as numpy's operators and functions do."""
        plain = [np.asarray(item) if isinstance(item, VariableView) else item for item in inputs]
        return getattr(ufunc, method)(*plain, **options)

    def __len__(self) -> int:
        """Give the number of samples."""
        if not self.shape:
            raise TypeError(f"{self.path} has no length")
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        """Go through the samples."""
        return iter(self.read())

    def __repr__(self) -> str:
        """Say what it is, without reading values."""
        if self.problem:
            return f"<{self.path}: {self.problem}>"
        unit = f" {self.units}" if self.units else ""
        return f"<{self.path}: {self.shape} {self.dtype}{unit}>"


class _ByName(Mapping[str, Any]):
    """Children by name, each made when it is asked for."""

    def __init__(self, name: str, names: Callable[[], Iterable[str]], kind: str) -> None:
        self.name = name
        self._list = names
        self._kind = kind
        self._names: Mapping[str, Any] | None = None
        self._made: dict[str, Any] = {}
        # Path of the file that it is in, '' for what is in memory.
        self._path = ""

    def _make(self, name: str) -> Any:
        raise NotImplementedError

    def _known(self) -> Mapping[str, Any]:
        if self._names is None:
            names = self._list()
            self._names = names if isinstance(names, dict) else dict.fromkeys(names)
        return self._names

    def _resolve(self, key: Any) -> str:
        if key in self._known():
            return str(key)
        known = list(self._known())
        more = f", ... ({len(known)} in all)" if len(known) > _NAMED else ""
        there = ", ".join(known[:_NAMED]) + more if known else "none"
        whole = self.name or "the results"
        raise MissingError(f"{whole} has no {self._kind} {key!r}; there is: {there}")

    def __getitem__(self, key: Any) -> Any:
        """Give the child of that name."""
        name = self._resolve(key)
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._known())

    def __len__(self) -> int:
        """Give the number of children."""
        return len(self._known())

    def _display(self) -> Display:
        raise NotImplementedError

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Show the tree in a notebook."""
        return self._display()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        """Name the children."""
        names = list(self)
        more = f", ... ({len(names)} in all)" if len(names) > _NAMED else ""
        return f"<{self.name or 'results'}: {', '.join(names[:_NAMED])}{more}>"


class SectionView(_ByName):
    """The variables of one section: a mapping of name -> `VariableView`.

    Attributes:
        name: name of the section.
        original_name: its name in NEURON, where that is another.
        file_name: its name in the file that it was loaded from, where that is another.
        sec: the live NEURON section, None if there is none.
    """

    def __init__(
        self,
        name: str,
        variables: Callable[[], list[VariableView]],
        original_name: str | None = None,
        sec: Any = None,
        file_name: str | None = None,
    ) -> None:
        """Describe a section.

        Args:
            name: its name.
            variables: lists its variables.
            original_name: its name in NEURON, None if that is the same.
            sec: the live NEURON section.
            file_name: its name in the file, None if that is the same.
        """
        self.original_name = name if original_name is None else original_name
        self.file_name = name if file_name is None else file_name
        self.sec = sec

        def names() -> list[str]:
            # Listing the names makes the variables too.
            self._made = {variable.name: variable for variable in variables()}
            return list(self._made)

        super().__init__(name, names, "variable")

    def _display(self) -> Display:
        from neuronvisio.display import Display

        variables = list(self.values())
        group = variables[0].path.split("/")[0] if variables else self.name
        x = variables[0].x if variables else None
        shown = GroupView(group, x, lambda: [self.name], lambda _: self)
        return Display(self.name, {group: shown}, variables, file=self._path)


class GroupView(_ByName):
    """The sections of one group: a mapping of name -> `SectionView`.

    A section can be asked for by its name, by its names in the file and in NEURON, or as
    NEURON section.

    Attributes:
        name: id of the group.
        x: the group's independent variable, None if it has none.
        part_of: id of the group that its refs are in, if it is another.
    """

    def __init__(
        self,
        name: str,
        x: VariableView | None,
        sections: Callable[[], Iterable[str]],
        section: Callable[[str], SectionView],
        part_of: str = "",
        other_names: list[dict[str, str]] | None = None,
    ) -> None:
        """Describe a group.

        Args:
            name: id of the group.
            x: its independent variable.
            sections: lists the names of its sections; a dictionary is taken as it is.
            section: makes one of them.
            part_of: id of the group that its refs are in.
            other_names: an empty list that several views of the same sections share.
        """
        super().__init__(name, sections, "section")
        self.x = x
        self.part_of = part_of
        # The groups that it is made of, where it is made of several.
        self._shown_as: tuple[GroupView, ...] = ()
        self._section = section
        self._others = [] if other_names is None else other_names

    def _make(self, name: str) -> SectionView:
        return self._section(name)

    def _resolve(self, key: Any) -> str:
        wanted = key.name() if callable(getattr(key, "name", None)) else key
        if wanted in self._known():
            return str(wanted)
        # By its other names, and by the short one, if only one section answers to it.
        if not self._others:
            self._others += [
                unambiguous({name: tell(name) for name in self._known()})
                for tell in (self._original, self._in_file, sanitized_sec)
            ]
        for names in self._others:
            if wanted in names:
                return names[wanted]
        return super()._resolve(wanted)

    def _display(self) -> Display:
        from neuronvisio.display import Display

        shown = {group.name: group for group in self._shown_as or (self,)}
        return Display(self.name, shown, file=self._path)

    def _original(self, name: str) -> str:
        return str(self[name].original_name)

    def _in_file(self, name: str) -> str:
        return str(self[name].file_name)

    def to_dataframe(self) -> Any:
        """Read the whole group into a pandas table.

        Returns:
            A ``pandas.DataFrame`` with x as its index and one column (section, variable) for
            each variable with as many samples as x has.

        Raises:
            ModuleNotFoundError: pandas is not installed.
            UnreadableNodeError: a variable can't be read.
        """
        from neuronvisio.tabular import dataframe_of

        return dataframe_of(self)

    def to_xarray(self) -> Any:
        """Read the whole group into an xarray dataset.

        Returns:
            An ``xarray.Dataset`` with one variable ``'<section>/<variable>'`` for each with as
            many samples as x has, along the coordinate ``x``; units and detail are attributes.

        Raises:
            ModuleNotFoundError: xarray is not installed.
            UnreadableNodeError: a variable can't be read.
        """
        from neuronvisio.tabular import dataset_of

        return dataset_of(self)


def variable_at(groups: Mapping[str, GroupView], path: str) -> VariableView:
    """Find a variable by its path.

    Args:
        groups: the groups.
        path: ``'<group>/<section>/<variable>'``.

    Raises:
        KeyError: there is no such variable.
    """
    parts = path.strip("/").split("/")
    if len(parts) != 3:
        raise MissingError(f"{path!r} is not of the form 'VecRef/soma/v'")
    found: VariableView = groups[parts[0]][parts[1]][parts[2]]
    return found
