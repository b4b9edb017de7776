"""What of a Manager goes into a file, and in which order."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from neuronvisio import about, layout, morphology
from neuronvisio._neuron import loaded_hoc, unit_of
from neuronvisio.atomic import replacing
from neuronvisio.names import numbered, sanitized_sec, without_address
from neuronvisio.nodes import NodeWriter
from neuronvisio.notes import Notes
from neuronvisio.output import Output
from neuronvisio.progress import Progress
from neuronvisio.refs import VecRef, x_of_group
from neuronvisio.sectiontable import UNITS, section_table
from neuronvisio.values import kind_of, length_of, size_of
from neuronvisio.writer import OWN_TIME, OWN_X, ResultWriter, WrittenGroup, full_name, x_of_ref

MORPHOLOGY_LEFT_OUT = "the morphology was left out"

_CACHE_BYTES = 1 << 20
_HDF5_1_8 = ("v108", "v108")


@dataclass(frozen=True)
class Contents:
    """What there is to save.

    Attributes:
        groups: group id -> x, and the recorded time under ``'t'``.
        refs: group id -> refs.
        recorded_time: the vector that NEURON records the time into, None if there is none;
            only an x that is this very vector gets the unit of time.
        parameters: the user's, name -> value.
    """

    groups: Mapping[str, Any]
    refs: Mapping[str, Sequence[Any]]
    recorded_time: Any = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Places:
    """Where things go in a file: the results group, the geometry group and its dataset."""

    results: str = layout.RESULTS
    geometry: str = layout.GEOMETRY
    geometry_node: str = layout.GEOMETRY_NODE


@dataclass
class Summary:
    """What a file holds, for the master file of a parallel run.

    Attributes:
        groups: its groups.
        cables: the morphology of its sections.
        table: the properties of its sections.
        original_names: name of each section of the model in the file -> its name in NEURON.
    """

    groups: list[WrittenGroup]
    cables: list[morphology.Cable] = field(default_factory=list)
    table: dict[str, NDArray[Any]] = field(default_factory=dict)
    original_names: dict[str, str] = field(default_factory=dict)


def save(
    contents: Contents,
    path: str | os.PathLike[str],
    places: Places,
    notes: Notes,
    compression: str | None = None,
) -> Summary:
    """Write one result file, whole or not at all.

    Args:
        contents: what goes in.
        path: the file to make or to replace.
        places: where it goes.
        notes: gets what the user should know once the file is in place.
        compression: None or ``'gzip'``.

    Returns:
        What the file holds.

    Raises:
        OSError: the file can't be written; `filename` names it.
        TypeError: a variable is neither numbers nor text; the message names it.
    """
    with new_file(path) as (h5file, output):
        nodes = NodeWriter(h5file, compression)
        progress = Progress(bytes_to_write(contents), os.path.basename(os.fspath(path)))

        def wrote(size: int) -> None:
            output.check()
            progress.add(size)

        try:
            writer = ResultWriter(
                h5file,
                nodes=nodes,
                notes=notes,
                time_length=length_of(contents.groups.get(layout.TIME)),
                results_root=places.results,
            )
            nodes.reserve_reach()
            write_groups(writer, nodes, contents, notes)
            summary = _describe_model(writer, notes)
            write_model(writer, nodes, h5file, places, summary, notes)
            write_parameters(writer, nodes, h5file, contents.parameters, notes)
            nodes.end_nodes()
            nodes.mark_reach(layout.METADATA_BYTES)
            nodes.write_values(wrote)
        finally:
            progress.close()
        return summary


@contextlib.contextmanager
def new_file(path: str | os.PathLike[str]) -> Iterator[tuple[Any, Output]]:
    """Give an empty h5py file that takes the place of `path` when all went well.

    Args:
        path: the file to make or to replace.

    Yields:
        The h5py file, open for writing; and what it writes to, whose `check` is to be called
        now and then, as it raises what h5py could not write.

    Raises:
        OSError: the file can't be written, `filename` names it; see `replacing`.
    """
    with replacing(path) as temporary, contextlib.closing(Output(temporary)) as output:
        # Readers that are as old as the original know this version, which takes half the room.
        h5file = h5py.File(output, "w", libver=_HDF5_1_8)
        _bound_cache(h5file)
        try:
            yield h5file, output
        finally:
            h5file.close()
            # A failed write is what made anything else fail.
            output.check()
        output.sync()


def write_groups(writer: ResultWriter, nodes: NodeWriter, contents: Contents, notes: Notes) -> None:
    """Write all groups of refs: first the groups, then their names, then what these stand for.

    Args:
        writer: writes the file.
        nodes: writes its nodes.
        contents: the groups and their refs.
        notes: gets what the user should know.

    Raises:
        TypeError: a variable or x is neither numbers nor text; the message names it.
    """
    groups, refs = contents.groups, contents.refs
    taken, last = {str(group_id) for group_id in refs}, dict[str, int]()
    made: list[tuple[WrittenGroup, list[Any], dict[int, str], dict[str, str], list[Any]]] = []
    # The recorded sections come first: the names they get hold for the whole file.
    for group_id in sorted(refs, key=lambda name: name != layout.VECREF):
        x = x_of_group(group_id, groups, refs)
        recorded = {var for ref in refs[group_id] if isinstance(ref, VecRef) for var in ref.vecs}
        units = {var: unit_of(var) for var in recorded}
        names = writer.name_sections(str(group_id), refs[group_id])
        for part_x, part in _parts(x, refs[group_id]):
            name, told = str(group_id), list[tuple[str, str]]()
            if part_x is not x:
                name = numbered(f"{group_id}_{_owner(part[0])}", taken, last)
                taken.add(name)
                recorded_there = any(isinstance(ref, VecRef) for ref in part)
                told = [(OWN_TIME if recorded_there else OWN_X, name)]
            is_time = part_x is not None and (
                part_x is contents.recorded_time
                or any(isinstance(ref, VecRef) and part_x is ref.own_x for ref in part)
            )
            unit = unit_of(layout.TIME) if is_time else ""
            part_of = "" if part_x is x else str(group_id)
            group = writer.make_group(name, part_x, x_unit=unit, part_of=part_of)
            made.append((group, part, names, units, told))
    for group, part, names, *_ in made:
        writer.keep_room(group, (names[id(ref)] for ref in part))
    nodes.mark_reach(layout.NAMES_BYTES)
    for group, part, names, units, told in made:
        for note in told:
            notes.add(*note)
        writer.write_refs(group, part, names, units)


def write_model(
    writer: ResultWriter,
    nodes: NodeWriter,
    h5file: Any,
    places: Places,
    summary: Summary,
    notes: Notes,
) -> None:
    """Write morphology and properties of the model's sections, if there are any.

    Args:
        writer: writes the file.
        nodes: writes its nodes.
        h5file: the h5py file.
        places: where it goes.
        summary: describes the sections.
        notes: told when the morphology had to be left out.
    """
    if summary.cables:
        try:
            text = morphology.neuroml_of(summary.cables)
        except Exception as error:
            notes.add(MORPHOLOGY_LEFT_OUT, f"{type(error).__name__}: {error}")
        else:
            writer.write_geometry(text, places.geometry, places.geometry_node)
    if summary.table:
        group = nodes.require_group(nodes.require_group(h5file, layout.OURS), layout.SECTIONS)
        for column, values in summary.table.items():
            kind = kind_of(values, column)
            nodes.add_array(group, column, values, kind, unit=UNITS.get(column, ""))


def _describe_model(writer: ResultWriter, notes: Notes) -> Summary:
    """Describe the sections of NEURON's model, if NEURON is loaded and has any."""
    summary = Summary(writer.written)
    h = loaded_hoc()
    # Whatever is odd about the model, the results have to be saved.
    try:
        sections = [] if h is None else list(h.allsec())
        if sections:
            names = writer.names_of_all(sections)
            originals = [section.name() for section in sections]
            summary.original_names = dict(zip(names, originals, strict=True))
            summary.cables = morphology.cables_of(sections, names)
            summary.table = section_table(sections, names)
    except Exception as error:
        notes.add(MORPHOLOGY_LEFT_OUT, f"{type(error).__name__}: {error}")
        summary.cables = []
    return summary


def write_parameters(
    writer: ResultWriter,
    nodes: NodeWriter,
    h5file: Any,
    parameters: Mapping[str, Any],
    notes: Notes,
) -> None:
    """Write the user's parameters; with none, nothing is written of them.

    Args:
        writer: writes the file.
        nodes: writes its nodes.
        h5file: the h5py file.
        parameters: name -> value.
        notes: told of parameters that had to become text.
    """
    if parameters:
        text = about.parameters_text(parameters, notes)
        writer.write_text(nodes.require_group(h5file, layout.OURS), layout.PARAMETERS, text)


def bytes_to_write(contents: Contents) -> int:
    """Add up the bytes of all values."""
    refs = [ref for of_group in contents.refs.values() for ref in of_group]
    values = [value for ref in refs for value in (ref.vecs or {}).values()]
    return sum(map(size_of, [*contents.groups.values(), *values]))


def _bound_cache(h5file: Any) -> None:
    """Keep HDF5 from holding every header in memory, which takes 5 kB each."""
    config = h5file.id.get_mdc_config()
    config.set_initial_size, config.initial_size = True, _CACHE_BYTES
    config.min_size, config.max_size = _CACHE_BYTES, _CACHE_BYTES
    h5file.id.set_mdc_config(config)


def _parts(x: Any, refs: Sequence[Any]) -> list[tuple[Any, list[Any]]]:
    """Divide the refs of a group by their x; equal values count as one x."""
    xs = [x_of_ref(ref, x) for ref in refs]
    alone = all(own is x for own in xs)
    key_of: dict[int, Hashable] = {}
    for value in (x, *xs):
        if id(value) not in key_of:
            key_of[id(value)] = None if alone or value is None else digest(value)
    parts: dict[Hashable, tuple[Any, list[Any]]] = {key_of[id(x)]: (x, [])}
    for ref, own in zip(refs, xs, strict=True):
        parts.setdefault(key_of[id(own)], (own, []))[1].append(ref)
    return [part for part in parts.values() if part[1]] or list(parts.values())


def digest(values: Any) -> Hashable:
    """Give something that is equal for equal values only."""
    array = np.ascontiguousarray(values)
    return array.shape, hashlib.blake2b(array.tobytes()).digest()


def _owner(ref: Any) -> str:
    """Name the cell of a ref, or its section where the cell has no name."""
    name = without_address(full_name(ref))
    cell = name.rpartition(".")[0]
    return sanitized_sec(cell) if cell else sanitized_sec(name)
