"""Read a morphology in NeuroML 1, level 1, as NEURON and this package write it."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import Any
from xml.parsers import expat

import h5py

from neuronvisio.morphology import Cable
from neuronvisio.names import sanitized_sec

_CONNECTED = re.compile(r"Connected at \S+ on parent section: (.*\S)")
_DIVISIONS = "numberInternalDivisions"
_MAX_NSEG = 32767


def read_neuroml(filename: str | os.PathLike[str]) -> list[Cable]:
    """Read the sections of a NeuroML file, or of the morphology in a result file.

    Args:
        filename: path of the file.

    Returns:
        The sections, every parent before its children.

    Raises:
        ValueError: it is no NeuroML with sections, or has a document type, which could hide
            anything; the message says what is wrong.
        OSError: the file can't be read.
    """
    path = os.fspath(filename)
    if os.path.isfile(path) and h5py.is_hdf5(path):
        from neuronvisio.results import Results

        with Results(path) as results:
            text = results.geometry
        if not text:
            raise ValueError(f"{path} has no morphology")
        return parse_neuroml(text.encode(), path)
    with open(path, "rb") as file:
        return parse_neuroml(file.read(), path)


def parse_neuroml(text: bytes, where: str) -> list[Cable]:
    """Read the sections of a NeuroML text.

    Args:
        text: the XML.
        where: what to call it in messages.

    Returns:
        The sections, every parent before its children.

    Raises:
        ValueError: see `read_neuroml`.
    """
    reading = _Reading(where)
    try:
        reading.parse(text)
    except expat.ExpatError as error:
        raise ValueError(f"{where} is not well-formed XML: {error}") from error
    shapes = reading.shapes()
    if not shapes:
        raise ValueError(f"{where} has no sections in NeuroML level 1")
    return shapes


class _Reading:
    """What was met while parsing."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._cables: dict[str, Cable] = {}
        self._cable_of_segment: dict[str, str] = {}
        self._parent_segment: dict[str, str] = {}
        self._parent_name: dict[str, str] = {}
        self._segment_cable = self._open_cable = self._tag = ""
        self._text = ""

    def parse(self, text: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.buffer_text = True
        parser.Parse(text, True)

    def shapes(self) -> list[Cable]:
        """Order the cables and join them."""
        ids = [key for key, shape in self._cables.items() if len(shape.points) > 1]
        names = Counter(self._cables[key].name for key in ids)
        known = set(ids)
        by_name = {self._cables[key].name: key for key in ids}
        parents: dict[str, str | None] = {}
        for key in ids:
            parent = self._cable_of_segment.get(self._parent_segment.get(key, ""))
            named = sanitized_sec(self._parent_name.get(key, ""))
            # NEURON gives a wrong segment for a section that is not attached at the end.
            if parent is not None and self._cables[key].parent_x != 1 and names[named] == 1:
                parent = by_name[named]
            parents[key] = parent if parent in known else None
        ordered: dict[str, None] = {}
        for key in ids:
            way: dict[str, None] = {}
            at: str | None = key
            while at is not None and at not in ordered and at not in way:
                way[at] = None
                at = parents[at]
            ordered.update(dict.fromkeys(reversed(way)))
        row = {key: index for index, key in enumerate(ordered)}
        for key in ordered:
            up = parents[key]
            # In a circle one of them has to be the root.
            above = None if up is None else row[up]
            self._cables[key].parent = above if above is not None and above < row[key] else None
        return [self._cables[key] for key in ordered]

    def _refuse(self, *_: Any) -> None:
        raise ValueError(f"{self._where} has a document type, which is not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._tag, self._text = name.rpartition(" ")[2], ""
        if self._tag == "segment":
            self._segment(attributes)
        elif self._tag == "cable" and "name" in attributes:
            self._open_cable = attributes.get("id", "")
            shape = self._cables.setdefault(self._open_cable, _unnamed())
            shape.name = attributes["name"]
            shape.parent_x = min(1.0, max(0.0, _number(attributes, "fract_along_parent", 1.0)))
        elif self._tag in ("proximal", "distal") and self._segment_cable in self._cables:
            x, y, z, diameter = (_number(attributes, key) for key in ("x", "y", "z", "diameter"))
            self._cables[self._segment_cable].points.append((x, y, z, diameter))

    def _segment(self, attributes: dict[str, str]) -> None:
        cable = self._segment_cable = attributes.get("cable", "")
        first = cable not in self._cables
        self._cables.setdefault(cable, _unnamed())
        self._cable_of_segment[attributes.get("id", "")] = cable
        if first and "parent" in attributes:
            self._parent_segment[cable] = attributes["parent"]

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "tag" and self._text.strip() == _DIVISIONS:
            self._tag = _DIVISIONS
        elif tag == "value" and self._open_cable and self._divisions:
            nseg = self._text.strip()
            if nseg.isdigit():
                self._cables[self._open_cable].nseg = min(_MAX_NSEG, max(1, int(nseg)))
        elif tag == "cable":
            self._open_cable = ""
        self._divisions = tag == "tag" and self._text.strip() == _DIVISIONS
        self._text = ""

    _divisions = False

    def _characters(self, text: str) -> None:
        self._text += text

    def _comment(self, text: str) -> None:
        found = _CONNECTED.search(text)
        if found and self._segment_cable:
            self._parent_name.setdefault(self._segment_cable, found[1])


def _unnamed() -> Cable:
    return Cable("", parent=None, parent_x=1.0, nseg=1)


def _number(attributes: dict[str, str], name: str, default: float = 0.0) -> float:
    try:
        return float(attributes.get(name, default))
    except ValueError:
        return default
