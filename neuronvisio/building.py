"""Make NEURON sections from a morphology."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from neuronvisio._neuron import hoc
from neuronvisio.morphology import Cable, Point
from neuronvisio.notes import Notes

THICKENED = "NEURON takes no diameter of 0, so these have their neighbour's"

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def build_sections(shapes: Sequence[Cable]) -> list[Any]:
    """Make the sections and connect them.

    A name that hoc can hold and that is free becomes a section of hoc's top level, so that
    ``h.soma`` finds it; any other section is made in Python.

    Args:
        shapes: the sections, every parent before its children.

    Returns:
        The NEURON sections, in the same order.

    Raises:
        ModuleNotFoundError: NEURON is not installed.
    """
    h = hoc()
    notes = Notes()
    sections: list[Any] = []
    for shape in shapes:
        section = _create(h, shape.name)
        for x, y, z, diameter in _thick(shape, notes):
            section.pt3dadd(x, y, z, diameter)
        section.nseg = shape.nseg
        if shape.parent is not None:
            section.connect(sections[shape.parent](shape.parent_x), 0)
        sections.append(section)
    notes.warn(stacklevel=3)
    return sections


def _create(h: Any, name: str) -> Any:
    # Only a plain word goes into code that hoc runs.
    if _IDENTIFIER.fullmatch(name) and not h.name_declared(name):
        h(f"create {name}")
        return getattr(h, name)
    return h.Section(name=name or "section")


def _thick(shape: Cable, notes: Notes) -> list[Point]:
    """Give the points with every diameter above 0."""
    diameters = [point[3] for point in shape.points]
    if all(diameter > 0 for diameter in diameters):
        return shape.points
    notes.add(THICKENED, shape.name)
    known = [diameter for diameter in diameters if diameter > 0]
    last = known[0] if known else 1.0
    points = []
    for x, y, z, diameter in shape.points:
        last = diameter if diameter > 0 else last
        points.append((x, y, z, last))
    return points
