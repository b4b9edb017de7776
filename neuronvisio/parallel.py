"""Save a parallel run: one file per rank, and a small master file that joins them.

The files of the ranks get names that no earlier save used, and the master is moved into place
only when all of them are on the disk. So at every moment the master names files that belong
together. The files of the master before are removed afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from neuronvisio import about, layout
from neuronvisio.links import write_link
from neuronvisio.morphology import Cable
from neuronvisio.names import SectionNames, numbered
from neuronvisio.nodes import NodeWriter, write_text_attribute
from neuronvisio.notes import Notes
from neuronvisio.saving import (
    Contents,
    Places,
    Summary,
    digest,
    new_file,
    save,
    write_model,
    write_parameters,
)
from neuronvisio.writer import ResultWriter, WrittenGroup

DIFFERENT = (
    "parameters differ among the ranks; the master file has those of rank 0, "
    "the file of each rank its own"
)
ONCE = "sections of files that several ranks had loaded were saved once"

_PART = re.compile(r"(.+)_rank_\d+\.[0-9a-f]{8}(\.\w+)?")


def save_of_all(
    context: Any,
    contents: Contents,
    path: str | os.PathLike[str],
    places: Places,
    notes: Notes,
    compression: str | None = None,
) -> None:
    """Save what all ranks of a run recorded.

    Every rank has to call this. Ranks that give different paths save independently.

    Args:
        context: NEURON's ParallelContext.
        contents: what this rank recorded.
        path: the master file to make or to replace.
        places: where things go in a file.
        notes: gets what the user should know once the files are in place.
        compression: None or ``'gzip'``.

    Raises:
        OSError: a file can't be written, here or on another rank; no master is replaced then.
        TypeError: a variable is neither numbers nor text; the message names it.
    """
    target = os.path.realpath(os.fspath(path))
    token = secrets.token_hex(4)
    told = about.parameters_text(contents.parameters, Notes())
    asked = context.py_allgather((target, token, told, set(map(_source, _loaded(contents.refs)))))
    if len({other for other, *_ in asked}) > 1:
        save(contents, path, places, notes, compression)
        return
    token = asked[0][1]
    rank = int(context.id())
    if rank == 0:
        _tell_different([json.loads(text) for _, _, text, _ in asked], notes)
    contents = _without(contents, set().union(*(there for *_, there in asked[:rank])), notes)
    part = part_name(target, rank, token)
    summary, failure = None, None
    try:
        summary = save(contents, part, places, notes, compression)
        summary = replace(summary, groups=[_without_values(group) for group in summary.groups])
    except Exception as error:  # the other ranks are waiting
        failure = error
    outcomes = context.py_allgather((summary, None if failure is None else repr(failure)))
    problems = [(rank, problem) for rank, (_, problem) in enumerate(outcomes) if problem]
    if not problems:
        problem = None
        if rank == 0:
            try:
                old = _parts_of(target, places.results)
                write_master(target, [found for found, _ in outcomes], token, contents, places)
                _remove(old)
            except Exception as error:
                failure, problem = error, repr(error)
        problem = context.py_broadcast(problem, 0)
        problems = [(0, problem)] if problem else []
    if problems:
        _remove([part])
        if failure is not None:
            raise failure
        rank, problem = problems[0]
        raise OSError(f"{target} was not saved: rank {rank} failed with {problem}")


def _loaded(refs: Mapping[str, Sequence[Any]]) -> Iterator[Any]:
    """Give the refs that stand for sections of a file."""
    for of_group in refs.values():
        yield from (ref for ref in of_group if getattr(ref, "loaded", False) is True)


def _source(ref: Any) -> Hashable:
    """Tell where a loaded ref comes from, the same on all ranks; what else is there is itself."""
    source = getattr(ref, "source", None)
    return source if isinstance(source, tuple) else (secrets.token_hex(8),)


def _without(contents: Contents, sources: set[Hashable], notes: Notes) -> Contents:
    """Leave out what a lower rank saves from the same place of the same file."""
    refs = dict(contents.refs)
    for group_id, of_group in contents.refs.items():
        elsewhere = {id(ref) for ref in _loaded({group_id: of_group}) if _source(ref) in sources}
        if elsewhere:
            notes.add(ONCE, str(group_id))
            refs[group_id] = [ref for ref in of_group if id(ref) not in elsewhere]
            if not refs[group_id]:
                del refs[group_id]
    return replace(contents, refs=refs)


def _tell_different(parameters: Sequence[dict[str, Any]], notes: Notes) -> None:
    nothing = object()
    for name in dict.fromkeys(name for of_rank in parameters for name in of_rank):
        first = parameters[0].get(name, nothing)
        if any(of_rank.get(name, nothing) != first for of_rank in parameters):
            notes.add(DIFFERENT, name)


def part_name(target: str, rank: int, token: str) -> str:
    """Name the file of one rank."""
    stem, extension = os.path.splitext(target)
    return f"{stem}_rank_{rank}.{token}{extension}"


def write_master(
    target: str, summaries: Sequence[Summary], token: str, contents: Contents, places: Places
) -> None:
    """Write the file that joins those of all ranks.

    Args:
        target: path of the master.
        summaries: what each rank's file holds.
        token: what their names have in common.
        contents: gives the parameters.
        places: where things go.

    Raises:
        OSError: it can't be written.
    """
    notes = Notes()  # the ranks have told everything already
    names = _names_of(summaries)
    with new_file(target) as (h5file, output):
        nodes = NodeWriter(h5file)
        writer = ResultWriter(h5file, nodes=nodes, notes=notes, results_root=places.results)
        write_text_attribute(h5file, layout.PARTS, str(len(summaries)))
        results = h5file[places.results]
        groups: dict[tuple[str, Hashable], Any] = {}
        for rank, summary in enumerate(summaries):
            part = os.path.basename(part_name(target, rank, token))
            for group in summary.groups:
                _link_group(nodes, results, groups, group, rank, part, names[rank])
            output.check()
        joined = _joined(summaries, names)
        write_model(writer, nodes, h5file, places, joined, notes)
        write_parameters(writer, nodes, h5file, contents.parameters, notes)
        nodes.write_values()


def _link_group(
    nodes: NodeWriter,
    results: Any,
    groups: dict[tuple[str, Hashable], Any],
    group: WrittenGroup,
    rank: int,
    part: str,
    names: dict[str, str],
) -> None:
    """Link the sections of one rank's group into the group of the same x."""
    key = (group.part_of or group.name, group.x)
    above = f"{results.name}/{group.name}"
    if key not in groups:
        taken = set(results)
        name = group.name if group.name not in taken else f"{key[0]}_rank_{rank}"
        name = numbered(name, taken)
        made = groups[key] = nodes.create_group(results, name)
        if name != key[0]:
            write_text_attribute(made, layout.PART_OF, key[0])
        if group.x is not None:
            write_link(made, layout.X, part, f"{above}/{layout.X}")
    for section in group.sections:
        write_link(groups[key], numbered(names[section], groups[key]), part, f"{above}/{section}")


def _without_values(group: WrittenGroup) -> WrittenGroup:
    """Keep of x only what tells whether two are equal."""
    return replace(group, x=None if group.x is None else digest(group.x))


def _names_of(summaries: Sequence[Summary]) -> list[dict[str, str]]:
    """Give every section of all ranks a name of its own: by rank, name in its file -> name."""
    originals: dict[tuple[int, str], str] = {}
    for rank, summary in enumerate(summaries):
        for name, original in summary.original_names.items():
            originals[rank, name] = original
        for group in summary.groups:
            for name, original in group.sections.items():
                originals.setdefault((rank, name), original)
    # Templates are counted from 0 on each rank, so that a full name may occur on several; a
    # master that was loaded has them on one, under names that tell the ranks apart.
    several = Counter(originals.values())
    on_rank = Counter((rank, original) for (rank, _), original in originals.items())
    told_apart: dict[Hashable, str] = {}
    for (rank, name), original in originals.items():
        shared = f"rank[{rank}].{original}" if several[original] > 1 else original
        told_apart[rank, name] = name if on_rank[rank, original] > 1 else shared
    assigned, _ = SectionNames(reserved=(layout.X,)).assign(told_apart.items())
    names: list[dict[str, str]] = [{} for _ in summaries]
    for (rank, name), in_master in assigned.items():  # type: ignore[misc]
        names[rank][name] = in_master
    return names


def _joined(summaries: Sequence[Summary], names: Sequence[dict[str, str]]) -> Summary:
    """Put the sections of all ranks into one model."""
    cables: list[Cable] = []
    columns: dict[str, list[NDArray[Any]]] = {}
    rows = 0
    for summary, of_rank in zip(summaries, names, strict=True):
        start = len(cables)
        segments = cables[-1].first_segment + len(cables[-1].points) - 1 if cables else 0
        for cable in summary.cables:
            cables.append(
                replace(
                    cable,
                    name=of_rank[cable.name],
                    parent=None if cable.parent is None else cable.parent + start,
                    first_segment=cable.first_segment + segments,
                )
            )
        for column, values in summary.table.items():
            columns.setdefault(column, []).append(_renumbered(column, values, rows, of_rank))
        rows += len(next(iter(summary.table.values()), ()))
    return Summary([], cables, {name: np.concatenate(parts) for name, parts in columns.items()})


def _renumbered(
    column: str, values: NDArray[Any], rows: int, names: dict[str, str]
) -> NDArray[Any]:
    if column == "parent":
        return np.where(values < 0, values, values + rows).astype(values.dtype)
    if column == "name":
        return np.array([names[name.decode()].encode() for name in values])
    return values


def _parts_of(master: str, results: str) -> list[str]:
    """List the files that a master of ours names."""
    found: set[str] = set()
    with contextlib.suppress(OSError, KeyError), h5py.File(master, "r") as h5file:
        for group in h5file[results].values() if layout.PARTS in h5file.attrs else ():
            for name in group:
                link = group.get(name, getlink=True)
                if isinstance(link, h5py.ExternalLink):
                    found.add(link.filename)
    folder = os.path.dirname(master)
    stem, extension = os.path.splitext(os.path.basename(master))
    mine = (
        name
        for name in found
        if (match := _PART.fullmatch(name)) and match[1] == stem and (match[2] or "") == extension
    )
    return [os.path.join(folder, name) for name in mine]


def _remove(paths: Sequence[str]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            os.unlink(path)
