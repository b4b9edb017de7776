"""Write one section into a file that the user has open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neuronvisio.nodes import NodeWriter
from neuronvisio.notes import Notes
from neuronvisio.values import is_empty, kind_of, to_array
from neuronvisio.writer import write_variables

NOT_BY_PYTABLES = "PyTables can't write empty arrays, so these were left out"


def write_with_h5py(
    h5file: Any,
    group_path: str,
    section_name: str,
    variables: Mapping[str, Any],
    detail: object,
    notes: Notes,
    time_length: int | None,
) -> None:
    """Write the variables of a section with h5py.

    Args:
        h5file: h5py file, open for writing.
        group_path: path of the group; made if there is none.
        section_name: a legal name.
        variables: name -> values.
        detail: the title of each variable.
        notes: gets what the user should know.
        time_length: length of the recorded time, None if there is none.

    Raises:
        TypeError: a variable is neither numbers nor text; the message names it.
    """
    nodes = NodeWriter(h5file)
    group = h5file["/"]
    for part in filter(None, f"{group_path}/{section_name}".split("/")):
        group = nodes.require_group(group, part)
    write_variables(
        nodes, group, variables, detail, taken=set(group), notes=notes, time_length=time_length
    )
    nodes.write_values()


def write_with_pytables(
    h5file: Any,
    group_path: str,
    section_name: str,
    variables: Mapping[str, Any],
    detail: object,
    notes: Notes,
    time_length: int | None,
) -> None:
    """Write the variables of a section with PyTables, as scripts of the original do.

    Args:
        h5file: PyTables file, open for writing.
        group_path: path of the group; made if there is none.
        section_name: a legal name.
        variables: name -> values.
        detail: the title of each variable.
        notes: gets what the user should know.
        time_length: length of the recorded time, None if there is none.

    Raises:
        TypeError: a variable is neither numbers nor text; the message names it.
    """
    path = ""
    for part in filter(None, f"{group_path}/{section_name}".split("/")):
        if f"{path}/{part}" not in h5file:
            h5file.create_group(path or "/", part)
        path = f"{path}/{part}"
    for name, value in variables.items():
        where = f"{path}/{name}".lstrip("/")
        if is_empty(value):
            notes.add(NOT_BY_PYTABLES, where)
            continue
        title = "" if detail is None else str(detail)
        node = h5file.create_array(path, name, to_array(value, where), title=title)
        node.flavor = kind_of(value, where, time_length).flavor
