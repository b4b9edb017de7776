"""Write groups of refs into a result file, in the layout that PyTables readers know."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from neuronvisio import layout
from neuronvisio.names import SectionNames, legal_name, numbered
from neuronvisio.nodes import (
    fits_attribute,
    mark_group,
    require_group,
    write_array,
    write_text_attribute,
)
from neuronvisio.notes import Notes
from neuronvisio.refs import VecRef
from neuronvisio.values import is_empty, length_of, to_array

EMPTY = "nothing was recorded, so these were not written"
MISMATCH = "the length differs from that of the group's x"
NO_X = "groups saved without an x"
RENAMED = "names that a file can't hold were changed"
SAME_SECTION = "sections of one short name were kept apart by their full name"
SAME_VARIABLE = "variables recorded twice in one section were kept apart by a number"
LONG_TEXT = "the text is too long for the file and was cut"


def write_node(
    group: Any,
    section_name: str,
    variables: Mapping[str, Any],
    detail: object = "",
    *,
    notes: Notes,
    time_length: int | None = None,
    units: Mapping[str, str] | None = None,
) -> Any:
    """Write the variables of one section.

    A section that is there already gets the variables added; where one of them has a name
    that is taken, all of them get the same number appended, so that what belongs together
    stays recognisable.

    Args:
        group: h5py group that holds the sections.
        section_name: name of the section's group; must be legal.
        variables: name -> values; empty ones are left out.
        detail: the title of each variable; None is no title, other objects become their text.
        notes: gets what the user should know.
        time_length: length of the recorded time, None if there is none.
        units: unit by name of variable, where it is known.

    Returns:
        The h5py group of the section.

    Raises:
        TypeError: a variable is neither numbers nor text; the message names it.
    """
    section = require_group(group, section_name)
    title = "" if detail is None else str(detail)
    stored = _variable_names(section, variables, notes)
    for original, value in variables.items():
        path = f"{section.name}/{stored[original]}".lstrip("/")
        if is_empty(value):
            notes.add(EMPTY, path)
            continue
        array, flavor = to_array(value, path, time_length)
        dataset = write_array(section, stored[original], array, flavor, title)
        if not fits_attribute(title):
            notes.add(LONG_TEXT, path)
        _keep_original(dataset, str(original), stored[original])
        unit = (units or {}).get(original, "")
        if unit:
            write_text_attribute(dataset, layout.UNITS, unit)
    return section


def _variable_names(section: Any, variables: Mapping[str, Any], notes: Notes) -> dict[str, str]:
    """Give each variable a legal name that is free in the section."""
    names: dict[str, str] = {}
    for original in variables:
        names[original] = numbered(legal_name(str(original)), set(names.values()))
        if names[original] != str(original):
            notes.add(RENAMED, f"variable {original!r} to {names[original]!r}")
    suffix, count = "", 1
    while any(name + suffix in section for name in names.values()):
        count += 1
        suffix = f"_{count}"
    if suffix:
        names = {original: name + suffix for original, name in names.items()}
        notes.add(SAME_VARIABLE, f"{section.name.lstrip('/')}: {', '.join(names.values())}")
    return names


def _keep_original(node: Any, original: str, stored: str) -> None:
    if original != stored:
        write_text_attribute(node, layout.ORIGINAL_NAME, original)


class ResultWriter:
    """Writes the parts of one result file into an open, empty h5py file."""

    def __init__(
        self,
        h5file: Any,
        *,
        notes: Notes,
        check: Callable[[], None],
        time_length: int | None = None,
        results_root: str = layout.RESULTS,
    ) -> None:
        """Mark the root and make the results group.

        Args:
            h5file: h5py file, open for writing, with nothing in it.
            notes: gets what the user should know.
            check: called after each ref; raises if something could not be written.
            time_length: length of the recorded time, None if there is none.
            results_root: name of the results group.
        """
        self._file = h5file
        self._notes = notes
        self._check = check
        self._time_length = time_length
        self._names = SectionNames(reserved=(layout.X,))
        self._live: dict[Hashable, str] = {}
        mark_group(h5file)
        self._results = require_group(h5file, results_root)

    def write_group(
        self,
        group_id: str,
        x: Any,
        refs: Sequence[Any],
        *,
        x_unit: str = "",
        units: Mapping[str, str] | None = None,
    ) -> None:
        """Write one group with its x and its sections.

        Args:
            group_id: name of the group.
            x: values of the independent variable, None if there is none.
            refs: the refs, with `sec_name`, `vecs` and `detail`.
            x_unit: unit of x, '' if unknown.
            units: unit by name of variable for the refs that are VecRefs.

        Raises:
            TypeError: a variable or x is neither numbers nor text; the message names it.
        """
        stored = numbered(legal_name(group_id), set(self._results))
        group = require_group(self._results, stored)
        _keep_original(group, group_id, stored)
        if stored != group_id:
            self._notes.add(RENAMED, f"group {group_id!r} to {stored!r}")
        if x is None:
            self._notes.add(NO_X, stored)
        else:
            self._write_x(group, x, x_unit)
        refs = list({id(ref): ref for ref in refs}.values())
        names = self._section_names(stored, refs)
        x_length = None if x is None else length_of(x)
        for ref, name in zip(refs, names, strict=True):
            self._write_ref(group, name, ref, x_length, units)
            self._check()

    def write_geometry(self, text: str, root: str, node: str) -> None:
        """Write the morphology.

        Args:
            text: NeuroML.
            root: name of the geometry group.
            node: name of the dataset.
        """
        raw = text.encode("utf-8", "backslashreplace")
        group = require_group(self._file, root)
        write_array(group, node, np.array(raw, dtype=f"S{len(raw)}"), layout.FLAVOR_PYTHON)

    def names_of_all(self, sections: Sequence[Any]) -> list[str]:
        """Name all sections of the model as the groups written so far name them.

        Args:
            sections: live NEURON sections.

        Returns:
            One name for each, all different. A section that was recorded has the name it has
            in the file; the others get names that are not in use.
        """
        others = [(section, section.name()) for section in sections if section not in self._live]
        named, _ = self._names.assign(others, taken=set(self._live.values()))
        return [self._live.get(section) or named[section] for section in sections]

    def _write_x(self, group: Any, x: Any, unit: str) -> None:
        path = f"{group.name}/{layout.X}".lstrip("/")
        array, flavor = to_array(x, path)
        dataset = write_array(group, layout.X, array, flavor)
        if unit:
            write_text_attribute(dataset, layout.UNITS, unit)

    def _section_names(self, group_name: str, refs: Sequence[Any]) -> list[str]:
        """Give the name of each ref's section; refs of one section get the same."""
        keys = _section_keys(refs)
        originals = {key: _full_name(ref) for key, ref in zip(keys, refs, strict=True)}
        names, clashed = self._names.assign(originals.items())
        for key in clashed:
            self._notes.add(SAME_SECTION, f"{group_name}: {originals[key]!r} as {names[key]!r}")
        for key, ref in zip(keys, refs, strict=True):
            if isinstance(ref, VecRef):
                self._live.setdefault(ref.sec, names[key])
        return [names[key] for key in keys]

    def _write_ref(
        self,
        group: Any,
        name: str,
        ref: Any,
        x_length: int | None,
        units: Mapping[str, str] | None,
    ) -> None:
        original = _full_name(ref)
        if name not in group:
            section = require_group(group, name)
            _keep_original(section, original, name)
            own_name = original.rpartition(".")[2]
            if legal_name(own_name, (layout.X,)) != own_name:
                self._notes.add(RENAMED, f"section {original!r} to {name!r}")
        path = f"{group.name}/{name}".lstrip("/")
        variables = ref.vecs or {}
        for variable, value in variables.items():
            if x_length is not None and not is_empty(value) and length_of(value) != x_length:
                self._notes.add(
                    MISMATCH, f"{path}/{variable} has {length_of(value)}, x has {x_length}"
                )
        write_node(
            group,
            name,
            variables,
            ref.detail,
            notes=self._notes,
            time_length=self._time_length,
            units=units if isinstance(ref, VecRef) else None,
        )


def _full_name(ref: Any) -> str:
    return str(ref.sec_name or "")


def _section_keys(refs: Sequence[Any]) -> list[Hashable]:
    """Identify each ref's section: by the live one where there is one, as names can be shared."""
    by_name: dict[str, Hashable] = {}
    for ref in refs:
        if isinstance(ref, VecRef):
            by_name.setdefault(_full_name(ref), ref.sec)
    return [
        ref.sec if isinstance(ref, VecRef) else by_name.get(_full_name(ref), _full_name(ref))
        for ref in refs
    ]
