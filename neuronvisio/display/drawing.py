"""Traces for a page: reduced to what a plot of some width can show, with ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout
from neuronvisio.outline import UnreadableNodeError
from neuronvisio.views import VariableView

COLUMNS = 600
"""Columns of the plot; each shows the first, least, greatest and last sample in it."""

NO_NUMBERS = "holds no real numbers along one dimension"
OF_ITS_INDEX = "its length differs from x: drawn against the sample number"


@dataclass(frozen=True)
class Trace:
    """What is drawn of one variable.

    Attributes:
        path: ``'<group>/<section>/<variable>'``.
        x_label: label of the horizontal axis.
        y_label: label of the vertical axis, with the unit.
        quantity: what shares an axis with it: the unit, or the name where there is none.
        pieces: runs of points without a gap, each of shape (points, 2).
        note: what the reader has to know, '' if nothing.
        problem: why nothing is drawn, '' if something is.
    """

    path: str
    x_label: str
    y_label: str
    quantity: str
    pieces: list[NDArray[np.float64]]
    note: str = ""
    problem: str = ""


def trace_of(variable: VariableView) -> Trace:
    """Read a variable and its x, and keep what can be seen of them."""
    label = f"{variable.name} ({variable.units})" if variable.units else variable.name
    try:
        x, y, x_label, note = _pair(variable)
    except (UnreadableNodeError, ValueError) as error:
        return Trace(variable.path, "", label, "", [], problem=str(error))
    quantity = variable.units or variable.name
    return Trace(variable.path, x_label, label, quantity, reduced(x, y), note)


def _pair(
    variable: VariableView,
) -> tuple[NDArray[np.float64], NDArray[np.float64], str, str]:
    if not _is_row_of_numbers(variable):
        raise ValueError(variable.problem or NO_NUMBERS)
    y = np.asarray(variable.read(), dtype=np.float64)
    x = variable.x
    if x is not None and _is_row_of_numbers(x) and len(x) == len(y):
        name = layout.TIME if variable.path.split("/")[0] == layout.VECREF else layout.X
        label = f"{name} ({x.units})" if x.units else name
        return np.asarray(x.read(), dtype=np.float64), y, label, ""
    return np.arange(float(len(y))), y, "sample", "" if x is None else OF_ITS_INDEX


def _is_row_of_numbers(variable: VariableView) -> bool:
    return variable.ndim == 1 and variable.dtype is not None and variable.dtype.kind in "fiub"


def reduced(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Keep the first, least, greatest and last sample of each column, and gaps as gaps.

    Args:
        x: shape (n,).
        y: shape (n,).

    Returns:
        Runs of samples, each of shape (points, 2); every point is a sample.
    """
    finite = np.isfinite(x) & np.isfinite(y)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], finite.view(np.int8), [0]))))
    share = max(1, len(y) // COLUMNS)
    runs = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        keep = _kept(y[start:stop], share) + start
        runs.append(np.column_stack((x[keep], y[keep])))
    return runs


def _kept(y: NDArray[np.float64], share: int) -> NDArray[np.intp]:
    """Choose the samples to keep of a run, in columns of `share` samples."""
    if share < 4:
        return np.arange(len(y))
    whole = len(y) // share * share
    rows = y[:whole].reshape(-1, share)
    first = np.arange(0, whole, share)
    kept = [first, first + rows.argmin(axis=1), first + rows.argmax(axis=1), first + share - 1]
    rest = y[whole:]
    if len(rest):
        kept.append(whole + np.array([0, rest.argmin(), rest.argmax(), len(rest) - 1]))
    return np.unique(np.concatenate(kept))


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
