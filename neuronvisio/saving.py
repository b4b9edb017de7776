"""What of a Manager goes into a file, and in which order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import h5py

from neuronvisio import layout, morphology
from neuronvisio._neuron import loaded_hoc, unit_of
from neuronvisio.atomic import replacing
from neuronvisio.notes import Notes
from neuronvisio.output import Output
from neuronvisio.refs import VecRef
from neuronvisio.writer import ResultWriter


@contextlib.contextmanager
def new_file(path: str | os.PathLike[str]) -> Iterator[tuple[Any, Callable[[], None]]]:
    """Give an empty h5py file that takes the place of `path` when all went well.

    Args:
        path: the file to make or to replace.

    Yields:
        The h5py file, open for writing; and a function to call now and then, which raises
        what h5py could not write.

    Raises:
        OSError: the file can't be written, `filename` names it; see `replacing`.
    """
    with replacing(path) as temporary, contextlib.closing(Output(temporary)) as output:
        h5file = h5py.File(output, "w")
        try:
            yield h5file, output.check
        finally:
            h5file.close()
            # A failed write is what made anything else fail.
            output.check()
        output.sync()


def write_groups(
    writer: ResultWriter,
    groups: Mapping[str, Any],
    refs: Mapping[str, Sequence[Any]],
    recorded_time: Any,
) -> None:
    """Write all groups of refs.

    Args:
        writer: writes the file.
        groups: group id -> x, and the recorded time under ``'t'``.
        refs: group id -> refs.
        recorded_time: the vector that NEURON records the time into, None if there is none;
            only an x that is this very vector gets the unit of time.

    Raises:
        TypeError: a variable or x is neither numbers nor text; the message names it.
    """
    # The recorded sections come first: the names they get hold for the whole file.
    for group_id in sorted(refs, key=lambda name: name != layout.VECREF):
        x = groups.get(group_id)
        # Unless a group is itself called t, that key holds the time, and may be set by hand.
        if group_id == layout.VECREF and layout.TIME not in refs:
            x = groups.get(layout.TIME, x)
        recorded = {var for ref in refs[group_id] if isinstance(ref, VecRef) for var in ref.vecs}
        writer.write_group(
            str(group_id),
            x,
            refs[group_id],
            x_unit=unit_of(layout.TIME) if x is not None and x is recorded_time else "",
            units={var: unit_of(var) for var in recorded},
        )


def write_morphology(writer: ResultWriter, root: str, node: str, notes: Notes) -> None:
    """Write the morphology of NEURON's model, if NEURON is loaded and has any sections.

    Args:
        writer: writes the file.
        root: name of the geometry group.
        node: name of the dataset.
        notes: told when the morphology had to be left out.
    """
    h = loaded_hoc()
    if h is None:
        return
    # Whatever is odd about the model, the results have to be saved.
    try:
        sections = list(h.allsec())
        if not sections:
            return
        text = morphology.neuroml(sections, writer.names_of_all(sections))
    except Exception as error:
        notes.add("the morphology was left out", f"{type(error).__name__}: {error}")
        return
    writer.write_geometry(text, root, node)
