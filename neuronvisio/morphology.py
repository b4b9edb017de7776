"""Describe the sections of a NEURON model as NeuroML 1.8.1, level 1, without touching them.

NEURON's own exporter gives every section without 3-D points some of its own making, which
changes the user's model, and writes a file into the current folder. This module only reads.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import quoteattr

Point = tuple[float, float, float, float]
"""x, y, z and diameter, in um."""

_NEUROML = "http://morphml.org/neuroml/schema"
_MORPHML = "http://morphml.org/morphml/schema"
_ROOT_SPACING = 200.0  # um between cells that have no place of their own
_WIDEST_FAN = 2 * math.pi / 3
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Cable:
    """One section: its place in the tree and its 3-D points, from the attached end on.

    Attributes:
        name: name of the section.
        parent: index of the parent's cable, None for a root.
        parent_x: where on the parent it is attached, 0 to 1.
        nseg: number of NEURON's segments.
        points: at least two points.
        first_segment: id of the first of its ``len(points) - 1`` segments.
    """

    name: str
    parent: int | None
    parent_x: float
    nseg: int
    points: list[Point] = field(default_factory=list)
    first_segment: int = 0


def neuroml_of(cables: Sequence[Cable]) -> str:
    """Write cables as a NeuroML text with one cell per root.

    Args:
        cables: cell by cell, every parent before its children.

    Returns:
        A well-formed XML text, lengths in um.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<neuroml xmlns="{_NEUROML}"',
        '    xmlns:meta="http://morphml.org/metadata/schema"',
        '    name="NEURON model" lengthUnits="micron">',
        "<cells>",
    ]
    roots = [index for index, cable in enumerate(cables) if cable.parent is None]
    for start, end in pairwise([*roots, len(cables)]):
        lines += [f"  <cell name={_quoted(cables[start].name)}>"]
        lines += [f'    <segments xmlns="{_MORPHML}">']
        for index in range(start, end):
            lines += _segment_lines(cables, index)
        lines += ["    </segments>", f'    <cables xmlns="{_MORPHML}">']
        for index in range(start, end):
            lines += _cable_lines(cables[index], index)
        lines += ['      <cablegroup name="all">']
        lines += [f'        <cable id="{index}"/>' for index in range(start, end)]
        lines += ["      </cablegroup>", "    </cables>", "  </cell>"]
    return "\n".join([*lines, "</cells>", "</neuroml>", ""])


def cables_of(sections: Sequence[Any], names: Sequence[str]) -> list[Cable]:
    """Describe sections cell by cell, every parent before its children.

    Sections without 3-D points are drawn straight, fanned out from their parent.

    Args:
        sections: NEURON sections; parents may come after their children.
        names: one name for each section.
    """
    name_of: dict[Hashable, str] = dict(zip(sections, names, strict=True))
    children: dict[Hashable, list[tuple[Any, float]]] = {}
    roots = []
    for section in sections:
        at = section.parentseg()
        if at is None:
            roots.append(section)
        else:
            children.setdefault(at.sec, []).append((section, float(at.x)))
    cables: list[Cable] = []
    next_segment = 0
    for number, root in enumerate(roots):
        start = Cable(name_of[root], None, 0.0, root.nseg)
        place = (0.0, number * _ROOT_SPACING, 0.0)
        pending = [(root, start, place, 0.0)]
        while pending:
            section, cable, place, heading = pending.pop()
            cable.points = _points(section) or _straight(section, place, heading)
            cable.first_segment = next_segment
            next_segment += len(cable.points) - 1
            cables.append(cable)
            grown = children.get(section, [])
            for (child, parent_x), angle in zip(grown, _fan(cable, grown), strict=True):
                made = Cable(name_of[child], len(cables) - 1, parent_x, child.nseg)
                pending.append((child, made, _along(cable, parent_x)[0], angle))
    return cables


def _points(section: Any) -> list[Point]:
    """Read the section's own 3-D points, none if they are too few to draw."""
    count = int(section.n3d())
    if count < 2:
        return []
    points = [
        (section.x3d(i), section.y3d(i), section.z3d(i), section.diam3d(i)) for i in range(count)
    ]
    return points[::-1] if _attached_by_its_end(section) else points


def _straight(section: Any, start: tuple[float, float, float], heading: float) -> list[Point]:
    """Lay a section without points out on a line: both ends and the middle of each segment."""
    diameters = [seg.diam for seg in section]
    places = [0.0, *((i + 0.5) / len(diameters) for i in range(len(diameters))), 1.0]
    thick = [diameters[0], *diameters, diameters[-1]]
    if _attached_by_its_end(section):
        thick.reverse()
    dx, dy = math.cos(heading) * section.L, math.sin(heading) * section.L
    x, y, z = start
    return [(x + p * dx, y + p * dy, z, d) for p, d in zip(places, thick, strict=True)]


def _attached_by_its_end(section: Any) -> bool:
    return bool(section.orientation())


def _along(cable: Cable, fraction: float) -> tuple[tuple[float, float, float], int]:
    """Find a place on a cable by its path length: the coordinates, and which segment it is in."""
    points = cable.points
    lengths = [math.dist(a[:3], b[:3]) for a, b in pairwise(points)]
    left = fraction * sum(lengths)
    for index, length in enumerate(lengths):
        if left <= length or index == len(lengths) - 1:
            break
        left -= length
    part = min(1.0, left / length) if length else 1.0
    a, b = points[index], points[index + 1]
    x, y, z = (a[i] + part * (b[i] - a[i]) for i in range(3))
    return (x, y, z), index


def _fan(cable: Cable, grown: Sequence[tuple[Any, float]]) -> list[float]:
    """Choose a direction in the x-y plane for each child, spread where several share a place."""
    (x0, y0, *_), (x1, y1, *_) = cable.points[0], cable.points[-1]
    heading = math.atan2(y1 - y0, x1 - x0)
    places = [x for _, x in grown]
    angles = []
    for index, place in enumerate(places):
        rank, count = places[:index].count(place), places.count(place)
        spread = _WIDEST_FAN * (rank / (count - 1) - 0.5) if count > 1 else 0.0
        if place >= 1:
            angles.append(heading + spread)
        elif place <= 0:
            angles.append(heading + math.pi + spread)
        else:
            side = 1 if rank % 2 == 0 else -1
            angles.append(heading + side * (math.pi / 2) + spread / 2)
    return angles


def _segment_lines(cables: Sequence[Cable], index: int) -> list[str]:
    cable = cables[index]
    lines = []
    for number, (start, end) in enumerate(pairwise(cable.points)):
        segment = cable.first_segment + number
        name = _quoted(f"Seg{number}_{cable.name}")
        parent = _parent_of(cables, cable, number)
        of_parent = "" if parent is None else f' parent="{parent}"'
        lines += [f'      <segment id="{segment}" name={name}{of_parent} cable="{index}">']
        if number == 0:
            lines += [f"        <proximal {_coordinates(start)}/>"]
        lines += [f"        <distal {_coordinates(end)}/>", "      </segment>"]
    return lines


def _parent_of(cables: Sequence[Cable], cable: Cable, number: int) -> int | None:
    if number > 0:
        return cable.first_segment + number - 1
    if cable.parent is None:
        return None
    parent = cables[cable.parent]
    return parent.first_segment + _along(parent, cable.parent_x)[1]


def _cable_lines(cable: Cable, index: int) -> list[str]:
    at = f"{cable.parent_x:g}"
    fraction = "" if cable.parent_x == 1 else f' fract_along_parent="{at}"'
    if fraction and cable.parent is not None:
        # NEURON writes the one name, but reads only the other.
        fraction += f' fractAlongParent="{at}"'
    opening = f'      <cable id="{index}" name={_quoted(cable.name)}{fraction}'
    if cable.nseg == 1:
        return [opening + "/>"]
    return [
        opening + ">",
        "        <meta:properties><meta:property>"
        "<meta:tag>numberInternalDivisions</meta:tag>"
        f"<meta:value>{cable.nseg}</meta:value></meta:property></meta:properties>",
        "      </cable>",
    ]


def _coordinates(point: Point) -> str:
    return 'x="{:g}" y="{:g}" z="{:g}" diameter="{:g}"'.format(*point)


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("_", text))
