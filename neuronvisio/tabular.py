"""Turn groups into pandas tables and xarray datasets, which are loaded only here."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from neuronvisio.notes import Notes
from neuronvisio.views import GroupView, VariableView

LEFT_OUT = "these have no values along x and are not in the table"
OTHER_X = "these have an x of their own, not that of the group, and are not in its table"


def dataframe_of(group: GroupView) -> Any:
    """Read a group into a ``pandas.DataFrame``, see `GroupView.to_dataframe`."""
    pandas = _module("pandas")
    columns: dict[tuple[str, ...], Any] = {}
    for section, variable in _along_x(group):
        values = np.asarray(variable)
        if values.ndim == 1:
            columns[section, variable.name] = values
        else:
            for number, column in enumerate(values.reshape(len(values), -1).T):
                columns[section, f"{variable.name}[{number}]"] = column
    names = pandas.MultiIndex.from_tuples(list(columns), names=["section", "variable"])
    index = None if group.x is None else pandas.Index(np.asarray(group.x), name=_x_name(group))
    table = pandas.DataFrame(dict(enumerate(columns.values())), index=index)
    table.columns = names
    return table


def dataset_of(group: GroupView) -> Any:
    """Read a group into an ``xarray.Dataset``, see `GroupView.to_xarray`."""
    xarray = _module("xarray")
    arrays = {}
    for section, variable in _along_x(group):
        name = f"{section}/{variable.name}"
        dims = ("x", *(f"{name}_{axis}" for axis in range(1, variable.ndim)))
        about = {"units": variable.units, "detail": variable.detail}
        arrays[name] = (dims, np.asarray(variable), {k: v for k, v in about.items() if v})
    coordinates = {}
    if group.x is not None:
        units = {"units": group.x.units} if group.x.units else {}
        coordinates["x"] = ("x", np.asarray(group.x), units)
    return xarray.Dataset(arrays, coords=coordinates, attrs={"group": group.name})


def _along_x(group: GroupView) -> Iterator[tuple[str, VariableView]]:
    """Give the variables that have one value, or one row of them, for each x."""
    notes = Notes()
    length = None if group.x is None else len(group.x)
    same = _SameX(group.x)
    for section in group.values():
        for variable in section.values():
            if not same.as_of(variable):
                notes.add(OTHER_X, variable.path)
            elif not variable.shape or (length is not None and variable.shape[0] != length):
                notes.add(LEFT_OUT, variable.path)
            else:
                length = variable.shape[0] if length is None else length
                yield section.name, variable
    notes.warn(stacklevel=4)


class _SameX:
    """Tells which variables go by the x of a group; each x is compared once."""

    def __init__(self, x: VariableView | None) -> None:
        self._x = x
        self._known: dict[int, tuple[VariableView | None, bool]] = {id(x): (x, True)}

    def as_of(self, variable: VariableView) -> bool:
        x = variable.x
        if id(x) not in self._known:
            same = x is not None and self._x is not None and x.shape == self._x.shape
            same = same and np.array_equal(np.asarray(x), np.asarray(self._x))
            self._known[id(x)] = (x, same)
        return self._known[id(x)][1]


def _x_name(group: GroupView) -> str:
    return f"x ({group.x.units})" if group.x is not None and group.x.units else "x"


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        message = f"this needs {name}: pip install {name}"
        raise ModuleNotFoundError(message, name=name) from error
