"""Write one section into a file that the user has open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neuronvisio.nodes import NodeWriter
from neuronvisio.notes import Notes
from neuronvisio.values import detail_of_value, is_empty, kind_of, to_array
from neuronvisio.writer import write_variables

NOT_BY_PYTABLES = "PyTables can't write empty arrays, so these were left out"


def write_section(
    h5file: Any,
    path: str,
    variables: Mapping[str, Any],
    detail: object,
    *,
    notes: Notes,
    time_length: int | None,
) -> None:
    """Write the variables of a section.

    Args:
        h5file: h5py file, or PyTables file as scripts of the original have it; open for writing.
        path: path of the section; what is missing of it is made.
        variables: name -> values.
        detail: the title of each variable.
        notes: gets what the user should know.
        time_length: length of the recorded time, None if there is none.

    Raises:
        TypeError: a variable is neither numbers nor text; the message names it.
    """
    parts = [part for part in path.split("/") if part]
    if hasattr(h5file, "create_array"):
        _write_with_pytables(h5file, parts, variables, detail, notes, time_length)
        return
    nodes = NodeWriter(h5file)
    group = h5file["/"]
    for part in parts:
        group = nodes.require_group(group, part)
    write_variables(
        nodes, group, variables, detail, taken=set(group), notes=notes, time_length=time_length
    )
    nodes.write_values()


def _write_with_pytables(
    h5file: Any,
    parts: list[str],
    variables: Mapping[str, Any],
    detail: object,
    notes: Notes,
    time_length: int | None,
) -> None:
    path = ""
    for part in parts:
        if f"{path}/{part}" not in h5file:
            h5file.create_group(path or "/", part)
        path = f"{path}/{part}"
    for name, value in variables.items():
        where = f"{path}/{name}".lstrip("/")
        if is_empty(value):
            notes.add(NOT_BY_PYTABLES, where)
            continue
        title = detail_of_value(value, detail)
        node = h5file.create_array(path, name, to_array(value, where), title=title)
        node.flavor = kind_of(value, where, time_length).flavor
