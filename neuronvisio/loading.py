"""Refs of a loaded file, matched to the live NEURON sections where there are such."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from neuronvisio import layout
from neuronvisio._neuron import loaded_hoc
from neuronvisio.memory import view_of
from neuronvisio.names import SectionNames, sanitized_sec, unambiguous
from neuronvisio.reader import UnreadableNodeError
from neuronvisio.refs import BaseRef, VecRef
from neuronvisio.results import Results
from neuronvisio.views import GroupView, SectionView, VariableView


class LoadedRef(BaseRef):
    """The variables of one section of a loaded file, listed when they are first asked for.

    Attributes:
        sec: the live NEURON section, None if there is none.
        sec_name: the live section's name, else the name in the file.
        file: path of the file.
        file_name: name of the section in the file.
        problem: why its variables can't be listed, '' if they can.
    """

    loaded = True
    problem = ""

    def __init__(self, file: str, group: GroupView, name: str, sec: Any = None) -> None:
        """Stand for a section of a file.

        Args:
            file: path of the file.
            group: its group.
            name: its name in the file.
            sec: the live NEURON section.
        """
        self.file = file
        self._group = group
        self.file_name = name
        self.group_id = group.name
        self.sec = sec
        self.sec_name = name if sec is None else sec.name()
        self.own_x = group.x

    @property
    def source(self) -> tuple[str, str, str]:
        """Where it comes from: the file, the group in it, and its name there."""
        return os.path.realpath(self.file), self._group.name, self.file_name

    @cached_property
    def vecs(self) -> dict[str, Any]:  # type: ignore[override]
        """Variable name -> values, which are read when they are used."""
        try:
            return {name: self._with_x(values) for name, values in self._section.items()}
        except UnreadableNodeError as error:
            self.problem = str(error)
            return {}

    def replace_x(self, x: Any) -> None:
        """Go by another x than that of the file.

        Args:
            x: the values, None for no x.
        """
        self.own_x = x
        if "vecs" in self.__dict__:  # else they are not listed yet
            for name, values in self.vecs.items():
                self.vecs[name] = self._with_x(values)

    def _with_x(self, values: Any) -> Any:
        if self.own_x is self._group.x or not isinstance(values, VariableView):
            return values
        path = f"{self._group.name}/{layout.X}"
        return values.with_x(None if self.own_x is None else view_of(layout.X, path, self.own_x))

    @cached_property
    def detail(self) -> str:  # type: ignore[override]
        """The detail of the last variable; each variable has its own too."""
        return next((v.detail for v in reversed(self.vecs.values()) if v.detail), "")

    @cached_property
    def original_name(self) -> str:
        """The name of the section in NEURON when it was saved."""
        return self._section.original_name

    @property
    def _section(self) -> SectionView:
        section: SectionView = self._group[self.file_name]
        return section


class LoadedVecRef(LoadedRef, VecRef):
    """The variables that were recorded in one section, of a loaded file."""


def refs_of(results: Results) -> Iterator[tuple[str, VariableView | None, list[LoadedRef]]]:
    """Make the refs of a file.

    Args:
        results: the file.

    Yields:
        Each group's name, its x and its refs, whose `group_id` may be another. The variables
        of a section are not listed yet.
    """
    live = _LiveSections(results)
    for name, group in results.stored().items():
        # Sections with time steps of their own lie apart, but were recorded in one group.
        group_id = group.part_of or name
        kind = LoadedVecRef if group_id == layout.VECREF else LoadedRef
        refs = [kind(results.path, group, section, live.find(section)) for section in group]
        for ref in refs:
            ref.group_id = group_id
        yield name, group.x, refs


class _LiveSections:
    """The sections of the model in NEURON, by the names that they have in a file."""

    def __init__(self, results: Results) -> None:
        self._by_name: dict[str, Any] = {}
        h = loaded_hoc()
        sections = [] if h is None else list(h.allsec())
        if not sections:
            return
        full = {section: section.name() for section in sections}
        assigned, _ = SectionNames(reserved=(layout.X,)).assign(full.items())
        by_full_name = unambiguous(full)
        # From the least sure to the surest, only where one section answers to a name.
        self._by_name |= unambiguous({key: sanitized_sec(name) for key, name in full.items()})
        self._by_name |= unambiguous(assigned)
        self._by_name |= {
            name: by_full_name[original]
            for original, name in _originals(results).items()
            if original in by_full_name
        }

    def find(self, name: str) -> Any | None:
        return self._by_name.get(name)


def _originals(results: Results) -> dict[str, str]:
    """Give the names in the file by the names in NEURON, as far as its table tells."""
    table = results.sections
    if "name" not in table or "original_name" not in table:
        return {}
    pairs = zip(map(str, table["name"]), map(str, table["original_name"]), strict=False)
    return unambiguous(dict(pairs))  # the ranks of a parallel run may share names
