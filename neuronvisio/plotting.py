"""Draw vectors with matplotlib, which is loaded only here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio._neuron import unit_of
from neuronvisio.notes import Notes
from neuronvisio.values import length_of

try:
    from matplotlib import pyplot
except ModuleNotFoundError as error:
    message = "plots need matplotlib: pip install 'jupyterlab-neuronvisio[plot]'"
    raise ModuleNotFoundError(message, name="matplotlib") from error

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INDEXED = "these differ in length from x and are drawn against the sample number"


def draw_vectors(
    vectors: Mapping[str, Any],
    choices: Callable[[Any], Iterable[Any]],
    *,
    legend: bool,
    figure_num: int | None,
    points: bool,
) -> None:
    """Draw one line for each vector.

    Args:
        vectors: label -> values, or name of a section -> (variable -> values).
        choices: gives for the values of a vector what it may be drawn against; the first x
            of its length is taken.
        legend: whether to show the labels.
        figure_num: number of the figure to draw into; None makes a new one.
        points: whether to mark every sample.
    """
    axes = pyplot.figure(figure_num).gca()
    notes = Notes()
    for label, values in _labelled(vectors):
        heights = np.asarray(values)
        fitting = (x for x in choices(values) if length_of(x) == len(heights))
        x = next(fitting, None)
        if x is None:
            notes.add(INDEXED, label)
        at = np.arange(len(heights)) if x is None else np.asarray(x)
        # An underscore at the start would keep the line out of the legend.
        axes.plot(at, heights, marker="o" if points else None, label=label.lstrip("_") or label)
    if legend and vectors:
        axes.legend()
    notes.warn(stacklevel=3)


def draw_surface(
    times: NDArray[Any], distances: NDArray[Any], values: NDArray[Any], var: str
) -> Figure:
    """Draw a surface with a colour bar.

    Args:
        times: in ms, shape (sections, n).
        distances: in um, shape (sections, n).
        values: shape (sections, n).
        var: name of the variable.

    Returns:
        The figure.
    """
    figure = pyplot.figure()
    axes = figure.add_subplot(projection="3d")
    surface = axes.plot_surface(times, distances, values, cmap="viridis")
    unit = unit_of(var)
    label = f"{var} ({unit})" if unit else var
    axes.set_xlabel("time (ms)")
    axes.set_ylabel("distance (µm)")
    axes.set_zlabel(label)
    figure.colorbar(surface, label=label)
    return figure


def _labelled(vectors: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, values in vectors.items():
        if isinstance(values, Mapping):
            for variable, vector in values.items():
                yield f"{name} {variable}", vector
        elif values is not None:
            yield str(name), values
