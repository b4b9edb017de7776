"""What the master file of a sweep tells of its runs, without opening their files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from neuronvisio import layout
from neuronvisio.names import natural_key
from neuronvisio.reader import ResultFile


@dataclass(frozen=True)
class RunInfo:
    """One run of a sweep.

    Attributes:
        name: its name.
        file: its result file, as a path from the folder of the master.
        parameters: its parameters, name -> value.
        groups: ids of its groups in the master.
    """

    name: str
    file: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)


def runs_in(file: ResultFile, groups: Iterable[str]) -> dict[str, RunInfo]:
    """Read what the master of a sweep tells of its runs.

    Args:
        file: the open master; of another file there is nothing to tell.
        groups: names of its groups.

    Returns:
        Name of the run -> the run, in natural order.
    """
    runs: dict[str, RunInfo] = {}
    for group in groups:
        name = file.run_note(group, layout.RUN)
        if name and name not in runs:
            parameters = parsed(file.run_note(group, layout.PARAMETERS))
            runs[name] = RunInfo(name, file.run_note(group, layout.FILE) or "", parameters)
        if name:
            runs[name].groups.append(group)
    return {name: runs[name] for name in sorted(runs, key=natural_key)}


def parsed(text: str | None) -> dict[str, Any]:
    """Read parameters, which are a JSON object; anything else is none.

    Args:
        text: the text that a file has, None if it has none.
    """
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
