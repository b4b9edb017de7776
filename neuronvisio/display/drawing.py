"""Traces for a page: reduced to what a plot of some width can show, with ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout
from neuronvisio.display.tree import Leaf, leaf_of
from neuronvisio.outline import UnreadableNodeError
from neuronvisio.views import VariableView

COLUMNS = 600
"""Columns of the widest plot; each shows the first, least, greatest and last sample in it."""

POINTS = 4
"""Samples that are kept of a column, at most."""

NO_NUMBERS = "holds no real numbers along one dimension"
OF_ITS_INDEX = "its length differs from x: drawn against the sample number"
NO_USABLE_X = "x can't be used: drawn against the sample number"

_EXACT_BELOW = 2**53


def _nothing() -> NDArray[np.float64]:
    return np.empty(0)


@dataclass(frozen=True)
class Trace:
    """What is drawn of one variable. Every point is a sample.

    Attributes:
        path: ``'<group>/<section>/<variable>'``.
        leaf: what is known of the variable.
        x_leaf: what is known of its x, None if it has none.
        reason: why it is drawn against the sample number, '' if it is drawn against x; one of
            the words in ``docs/refs.schema.json``.
        x: shape (points,); NaN breaks the line.
        y: shape (points,); NaN breaks the line.
        exact: the y of whole numbers that a float can't hold, as text; None for others.
        extent: least and greatest finite x of the whole variable, None if there is none.
        without_x: samples that have no place, x being no finite number there.
        is_reduced: whether samples are left out.
        problem: why nothing is drawn, '' if something is.
    """

    path: str
    leaf: Leaf
    x_leaf: Leaf | None = None
    reason: str = ""
    x: NDArray[np.float64] = field(default_factory=_nothing)
    y: NDArray[np.float64] = field(default_factory=_nothing)
    exact: list[str] | None = None
    extent: tuple[float, float] | None = None
    without_x: int = 0
    is_reduced: bool = False
    problem: str = ""

    @property
    def x_label(self) -> str:
        """Label of the horizontal axis, with the unit."""
        if self.reason or self.x_leaf is None:
            return "sample"
        name = layout.TIME if self.path.split("/")[0] == layout.VECREF else layout.X
        return _with_unit(name, self.x_leaf.units)

    @property
    def y_label(self) -> str:
        """Label of the vertical axis, with the unit."""
        return _with_unit(self.leaf.name, self.leaf.units)

    @property
    def quantity(self) -> str:
        """What shares an axis with it: the unit, or the name where there is none."""
        return self.leaf.units or self.leaf.name

    @property
    def note(self) -> str:
        """What the reader has to know, '' if nothing."""
        if self.reason in ("", "no-x"):
            return ""
        return OF_ITS_INDEX if self.reason == "x-length" else NO_USABLE_X

    @property
    def pieces(self) -> list[NDArray[np.float64]]:
        """Runs of points without a gap, each of shape (points, 2)."""
        points = np.column_stack((self.x, self.y))
        runs = np.split(points, np.flatnonzero(np.isnan(self.y)))
        return [run for run in (run[~np.isnan(run[:, 1])] for run in runs) if len(run)]

    def thinner(self, columns: int) -> Trace:
        """Give the same trace with no more points than so many columns show."""
        keep = kept(self.y, columns)
        if len(keep) >= len(self.y):
            return self
        exact = self.exact and ["" if at < 0 else self.exact[at] for at in keep]
        x, y = _taken(self.x, keep), _taken(self.y, keep)
        return replace(self, x=x, y=y, exact=exact, is_reduced=True)


def trace_of(variable: VariableView) -> Trace:
    """Read a variable and its x, and keep what can be seen of them."""
    leaf = leaf_of(variable)
    x = variable.x
    x_leaf = None if x is None else leaf_of(x)
    try:
        if not _is_row_of_numbers(variable):
            return Trace(variable.path, leaf, x_leaf, problem=variable.problem or NO_NUMBERS)
        values = np.asarray(variable.read())
        places, reason = _places(x, len(values))
    except (UnreadableNodeError, ValueError) as error:
        return Trace(variable.path, leaf, x_leaf, problem=str(error))
    with np.errstate(invalid="ignore"):
        y = np.where(np.isfinite(places), values.astype(np.float64), np.nan)
    keep = kept(y, COLUMNS)
    known = places[np.isfinite(places)]
    return Trace(
        variable.path,
        leaf,
        x_leaf,
        reason,
        _taken(places, keep),
        _taken(y, keep),
        _exact(values, keep),
        (float(known.min()), float(known.max())) if len(known) else None,
        len(places) - len(known),
        len(keep) < len(y) and bool(np.isfinite(y).sum() > (keep >= 0).sum()),
    )


def _with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _places(x: VariableView | None, length: int) -> tuple[NDArray[np.float64], str]:
    """Give the x of each sample, and why that is the sample number where it is."""
    index = np.arange(float(length))
    if x is None:
        return index, "no-x"
    if x.problem:
        return index, "x-unreadable"
    if not _is_drawn(x.dtype):
        return index, "x-not-numeric"
    if x.ndim != 1:
        return index, "x-not-1d"
    if len(x) != length:
        return index, "x-length"
    try:
        return np.asarray(x.read(), dtype=np.float64), ""
    except UnreadableNodeError:
        return index, "x-unreadable"


def _is_row_of_numbers(variable: VariableView) -> bool:
    return variable.ndim == 1 and _is_drawn(variable.dtype)


def _is_drawn(dtype: np.dtype[Any] | None) -> bool:
    """Tell whether the viewer draws values of a type; longer floats would be rounded."""
    return dtype is not None and dtype.kind in "fiu" and dtype.itemsize <= 8


def _exact(values: NDArray[np.generic], keep: NDArray[np.intp]) -> list[str] | None:
    """Write whole numbers as text where a float would round one of them."""
    if values.dtype.kind not in "iu" or values.dtype.itemsize < 8 or not len(values):
        return None
    if -_EXACT_BELOW <= int(values.min()) and int(values.max()) <= _EXACT_BELOW:
        return None
    return ["" if at < 0 else str(values[at]) for at in keep]


def _taken(values: NDArray[np.float64], keep: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.where(keep < 0, np.nan, values[keep]) if len(values) else values


def kept(y: NDArray[np.float64], columns: int) -> NDArray[np.intp]:
    """Choose the samples that draw as all of them would.

    Args:
        y: shape (n,); what is not finite makes a gap.
        columns: columns of the plot.

    Returns:
        Places of the first, least, greatest and last finite sample of each column, in order;
        -1 stands where the line breaks.
    """
    finite = np.isfinite(y)
    share = math.ceil(len(y) / columns)
    chosen = np.flatnonzero(finite) if share <= POINTS else _of_columns(y, finite, share)
    missing = np.concatenate(([0], np.cumsum(~finite)))
    breaks = np.flatnonzero(np.diff(missing[chosen])) + 1
    return np.insert(chosen, breaks, -1)


def _of_columns(y: NDArray[np.float64], finite: NDArray[np.bool_], share: int) -> NDArray[np.intp]:
    whole = len(y) // share * share
    picks = []
    for start, stop, width in ((0, whole, share), (whole, len(y), len(y) - whole)):
        if stop == start:
            continue
        rows, there = y[start:stop].reshape(-1, width), finite[start:stop].reshape(-1, width)
        first = start + np.arange(len(rows)) * width
        each = (
            there.argmax(axis=1),
            np.where(there, rows, np.inf).argmin(axis=1),
            np.where(there, rows, -np.inf).argmax(axis=1),
            width - 1 - there[:, ::-1].argmax(axis=1),
        )
        picks += [(first + place)[there.any(axis=1)] for place in each]
    return np.unique(np.concatenate(picks)).astype(np.intp)


def ticks_of(low: float, high: float, wanted: int) -> list[float]:
    """Give round numbers within a range, about as many as wanted."""
    span = high - low
    if not span > 0 or not math.isfinite(span):
        return [low]
    raw = span / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]
