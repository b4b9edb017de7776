"""Write groups of refs into a result file, in the layout that PyTables readers know."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neuronvisio import about, layout
from neuronvisio.names import SectionNames, legal_name, numbered
from neuronvisio.nodes import NodeWriter, fits_attribute, write_text_attribute
from neuronvisio.notes import Notes
from neuronvisio.refs import VecRef
from neuronvisio.values import detail_of_value, is_empty, kind_of, length_of, unit_of_value

EMPTY = "nothing was recorded in these"
NOTHING = "these have no value and were not written"
MISMATCH = "the length differs from that of the group's x"
NO_X = "groups saved without an x"
RENAMED = "names that a file can't hold were changed"
SAME_SECTION = "sections of one short name were kept apart by their full name"
SAME_VARIABLE = "variables recorded twice in one section were kept apart by a number"
LONG_TEXT = "the text is too long for the file and was cut"
OWN_TIME = "sections with time steps of their own were saved as groups of their own"
OWN_X = "refs with another x than their group's were saved as groups of their own"


def write_variables(
    nodes: NodeWriter,
    section: Any,
    variables: Mapping[str, Any],
    detail: object,
    *,
    taken: Collection[str],
    notes: Notes,
    time_length: int | None = None,
    units: Mapping[str, str] | None = None,
) -> list[str]:
    """Write the variables of one ref into the group of its section.

    Where one of them has a name that is taken, all of them get the same number appended, so
    that what belongs together stays recognisable.

    Args:
        nodes: writes the nodes.
        section: h5py group of the section.
        variables: name -> values; None is left out.
        detail: the title of each variable; None is no title, other objects become their text.
        taken: names that are in the section already.
        notes: gets what the user should know.
        time_length: length of the recorded time, None if there is none.
        units: unit by name of variable, where it is known.

    Returns:
        The names in the file, also of those left out.

    Raises:
        TypeError: a variable is neither numbers nor text; the message names it.
    """
    stored = _variable_names(section, variables, taken, notes)
    for original, value in variables.items():
        name = stored[original]
        path = f"{section.name}/{name}".lstrip("/")
        if value is None:
            notes.add(NOTHING, path)
            continue
        if is_empty(value):
            notes.add(EMPTY, path)
        title = detail_of_value(value, detail)
        if not fits_attribute(title):
            notes.add(LONG_TEXT, path)
        nodes.add_array(
            section,
            name,
            value,
            kind_of(value, path, time_length),
            title,
            unit=(units or {}).get(original) or unit_of_value(value),
            original=None if name == str(original) else str(original),
        )
    return list(stored.values())


def _variable_names(
    section: Any, variables: Mapping[str, Any], taken: Collection[str], notes: Notes
) -> dict[str, str]:
    """Give each variable a legal name that is free in the section."""
    names: dict[str, str] = {}
    for original in variables:
        names[original] = numbered(legal_name(str(original)), set(names.values()))
        if names[original] != str(original):
            notes.add(RENAMED, f"variable {original!r} to {names[original]!r}")
    suffix, count = "", 1
    while any(name + suffix in taken for name in names.values()):
        count += 1
        suffix = f"_{count}"
    if suffix:
        names = {original: name + suffix for original, name in names.items()}
        notes.add(SAME_VARIABLE, f"{section.name.lstrip('/')}: {', '.join(names.values())}")
    return names


@dataclass
class WrittenGroup:
    """What was written as one group.

    Attributes:
        name: its name in the file.
        part_of: id of the group that its refs are in, '' if it is this one.
        x: values of its independent variable, None if it has none.
        sections: name in the file -> name before it was shortened.
    """

    name: str
    part_of: str
    x: Any
    sections: dict[str, str] = field(default_factory=dict)


@dataclass
class _Filled:
    """A group that gets its sections, of which `variables` has the names in each."""

    written: WrittenGroup
    group: Any
    units: Mapping[str, str]
    variables: dict[str, set[str]] = field(default_factory=dict)


class ResultWriter:
    """Writes the parts of one result file into an open, empty h5py file.

    Attributes:
        written: the groups that were written so far.
    """

    def __init__(
        self,
        h5file: Any,
        *,
        nodes: NodeWriter,
        notes: Notes,
        time_length: int | None = None,
        results_root: str = layout.RESULTS,
    ) -> None:
        """Mark the root and make the results group.

        Args:
            h5file: h5py file, open for writing, with nothing in it.
            nodes: writes its nodes.
            notes: gets what the user should know.
            time_length: length of the recorded time, None if there is none.
            results_root: name of the results group.
        """
        self._file = h5file
        self._nodes = nodes
        self._notes = notes
        self._time_length = time_length
        self._names = SectionNames(reserved=(layout.X,))
        self._live: dict[Hashable, str] = {}
        # First of all: the start of a file is what a reader far from it has first.
        nodes.mark_root(about.facts())
        self._results = nodes.create_group(h5file, results_root)
        self._group_names: set[str] = set()
        self._renamed: dict[str, str] = {}
        self._last_numbers: dict[str, int] = {}
        self.written: list[WrittenGroup] = []

    def name_sections(self, group_id: str, refs: Sequence[Any]) -> dict[int, str]:
        """Choose the names of the sections of one group.

        Args:
            group_id: name of the group.
            refs: all refs of the group.

        Returns:
            By the `id` of each ref: the name of its section; the same for refs of one section.
        """
        keys = _section_keys(refs)
        originals = {
            key: key[1] if type(key) is tuple else full_name(ref)  # a deleted section has no class
            for key, ref in zip(keys, refs, strict=True)
        }
        names, clashed = self._names.assign(originals.items())
        for key in clashed:
            self._notes.add(SAME_SECTION, f"{group_id}: {originals[key]!r} as {names[key]!r}")
        for key, ref in zip(keys, refs, strict=True):
            if live_section(ref) is not None:
                self._live.setdefault(live_section(ref), names[key])
        return {id(ref): names[key] for key, ref in zip(keys, refs, strict=True)}

    def make_group(
        self, group_id: str, x: Any, *, x_unit: str = "", part_of: str = ""
    ) -> WrittenGroup:
        """Make a group with its x.

        Args:
            group_id: name of the group.
            x: values of the independent variable, None if there is none.
            x_unit: unit of x, '' if unknown.
            part_of: id of the group that its refs are in, if it is another.

        Returns:
            The group, which has no sections yet.

        Raises:
            TypeError: x is no numbers; the message names it.
        """
        stored = numbered(legal_name(group_id), self._group_names, self._last_numbers)
        self._group_names.add(stored)
        original = None if stored == group_id else group_id
        group = self._nodes.create_group(self._results, stored, original)
        if part_of:
            write_text_attribute(group, layout.PART_OF, part_of)
        if original is not None:
            self._renamed[stored] = original
        if x is not None:
            kind = kind_of(x, f"{group.name}/{layout.X}".lstrip("/"))
            unit = x_unit or unit_of_value(x)
            self._nodes.add_array(group, layout.X, x, kind, unit=unit)
        self.written.append(WrittenGroup(stored, part_of, x))
        return self.written[-1]

    def keep_room(self, group: WrittenGroup, sections: Iterable[str]) -> None:
        """Keep room in a group for the links to its sections.

        Args:
            group: the group.
            sections: the names of its sections.
        """
        self._nodes.keep_room(self._results[group.name], sections)

    def write_refs(
        self,
        group: WrittenGroup,
        refs: Sequence[Any],
        names: Mapping[int, str],
        units: Mapping[str, str],
    ) -> None:
        """Write the sections of a group.

        Args:
            group: the group, as `make_group` gives it.
            refs: its refs, with `sec_name`, `vecs` and `detail`.
            names: the names of their sections, as `name_sections` gives them.
            units: unit by name of variable for the refs that are VecRefs.

        Raises:
            TypeError: a variable is neither numbers nor text; the message names it.
        """
        if group.name in self._renamed:
            self._notes.add(RENAMED, f"group {self._renamed[group.name]!r} to {group.name!r}")
        if group.x is None:
            self._notes.add(NO_X, group.name)
        filled = _Filled(group, self._results[group.name], units)
        for ref in {id(ref): ref for ref in refs}.values():
            self._write_ref(filled, names[id(ref)], ref)

    def write_geometry(self, text: str, root: str, node: str) -> None:
        """Write the morphology.

        Args:
            text: NeuroML.
            root: name of the geometry group.
            node: name of the dataset.
        """
        self.write_text(self._nodes.require_group(self._file, root), node, text)

    def write_text(self, group: Any, name: str, text: str) -> None:
        """Write a text as an array of its own.

        Args:
            group: h5py group.
            name: one legal name that is not in use there.
            text: the text.
        """
        raw = text.encode("utf-8", "backslashreplace")
        self._nodes.add_array(group, name, raw, kind_of(raw, name))

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

    def _write_ref(self, filled: _Filled, name: str, ref: Any) -> None:
        written, group = filled.written, filled.group
        x_length = None if written.x is None else length_of(written.x)
        variables = ref.vecs or {}
        if name in filled.variables:
            section = group[name]
        else:
            original = full_name(ref)
            written.sections[name] = original
            kept = None if original == name else original
            section = self._nodes.create_group(group, name, kept)
            self._nodes.keep_room(section, (legal_name(str(variable)) for variable in variables))
            own_name = original.rpartition(".")[2]
            if legal_name(own_name, (layout.X,)) != own_name:
                self._notes.add(RENAMED, f"section {original!r} to {name!r}")
        for variable, value in variables.items():
            if x_length is not None and not is_empty(value) and length_of(value) != x_length:
                path = f"{section.name}/{variable}".lstrip("/")
                length = length_of(value)
                has = "a single value" if length is None else length
                self._notes.add(MISMATCH, f"{path} has {has}, x has {x_length}")
        known = filled.units if isinstance(ref, VecRef) and not ref.loaded else {}
        stored = write_variables(
            self._nodes,
            section,
            variables,
            getattr(ref, "detail", ""),
            taken=filled.variables.get(name, ()),
            notes=self._notes,
            time_length=self._time_length,
            units={**known, **units_of(ref)},
        )
        filled.variables.setdefault(name, set()).update(stored)


def full_name(ref: Any) -> str:
    """Give the name of a ref's section before it was shortened for a file."""
    original = ref.original_name if getattr(ref, "loaded", False) is True else ""
    return str(original or ref.sec_name or "")


def x_of_ref(ref: Any, x: Any) -> Any | None:
    """Give the x of a ref, which is its own or that of its group."""
    own = getattr(ref, "own_x", None)
    if length_of(own) is not None:  # what a subclass calls so may be anything
        return own
    # A ref of a file that had no x must not get one.
    return None if getattr(ref, "loaded", False) else x


def units_of(ref: Any) -> Mapping[str, str]:
    """Give the units that a ref tells, by variable; what a subclass calls so may be anything."""
    units = getattr(ref, "units", None)
    if not isinstance(units, Mapping):
        return {}
    return {name: unit for name, unit in units.items() if isinstance(unit, str)}


def live_section(ref: Any) -> Any | None:
    """Give the NEURON section of a ref, None if it has none."""
    return ref.sec if isinstance(ref, VecRef) else None


def _section_keys(refs: Sequence[Any]) -> list[Hashable]:
    """Identify each ref's section: by the live one where there is one, as names can be shared."""
    by_name: dict[str, Hashable] = {}
    in_file: dict[tuple[str, str], set[str]] = {}
    for ref in refs:
        if live_section(ref) is not None:
            by_name.setdefault(full_name(ref), live_section(ref))
        elif isinstance(source := getattr(ref, "source", None), tuple):
            in_file.setdefault((source[0], full_name(ref)), set()).add(source[-1])

    def key(ref: Any) -> Hashable:
        if live_section(ref) is not None:
            return live_section(ref)
        name, source = full_name(ref), getattr(ref, "source", None)
        # The ranks of a parallel run may share names, and have others in the master file.
        if isinstance(source, tuple) and len(in_file[source[0], name]) > 1:
            return name, source[-1]
        return by_name.get(name, name)

    return [key(ref) for ref in refs]
