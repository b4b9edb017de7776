"""Join the files of many runs, a parameter sweep, by one small master file.

The master links to what the runs saved, wherever they ran, and has their parameters. It is
read as one file: nothing of a run is opened before it is looked at.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neuronvisio import about, layout
from neuronvisio.links import write_link
from neuronvisio.names import legal_name, numbered
from neuronvisio.nodes import NodeWriter, fits_attribute, write_text_attribute
from neuronvisio.notes import Notes
from neuronvisio.results import Results
from neuronvisio.runfile import GroupToLink, RunError, RunFile, look_at
from neuronvisio.saving import new_file, write_parameters
from neuronvisio.writer import ResultWriter

__all__ = ["Run", "RunError", "runs_of", "write_master"]

LEFT_OUT = "runs were left out of the sweep"
TOO_LONG = "the parameters of these runs are too long for the master; their files have them"

_MAX_TOLD = 5


@dataclass(frozen=True)
class Run:
    """One run of a sweep.

    Attributes:
        path: its result file, as the Manager saved it; of a parallel run the master.
        name: its name in the sweep; none for that of the file.
        parameters: its parameters, name -> value; None for those that are saved in the file.
    """

    path: str | os.PathLike[str]
    name: str | None = None
    parameters: Mapping[str, Any] | None = None


def write_master(
    path: str | os.PathLike[str],
    runs: Iterable[Run | str | os.PathLike[str]],
    *,
    parameters: Mapping[str, Any] | None = None,
    leave_out: bool = False,
) -> dict[str, list[str]]:
    """Make the file that joins the runs of a sweep, or make it anew.

    The files of the runs have to lie in its folder or below, and are not changed.

    Args:
        path: the master to make or to replace.
        runs: the runs, or just their files.
        parameters: parameters of the sweep as a whole, name -> value.
        leave_out: leave out what can't be linked to, with a warning and a note in the master;
            otherwise nothing is written then.

    Returns:
        Name of each run in the master -> ids of its groups there.

    Raises:
        RunError: a run can't be linked to, or none is left; the message says why.
        OSError: the master can't be written; the old one is as it was.
    """
    if isinstance(runs, (str, os.PathLike)):
        raise TypeError("runs is a list of runs or of their files, not one file")
    given = [run if isinstance(run, Run) else Run(run) for run in runs]
    target = os.path.realpath(os.fspath(path))
    found, problems = _look_at_all(given, target)
    if problems and not (leave_out and found):
        raise RunError(_told(problems))
    if not found:
        raise RunError(f"There is no run to put into {target}: name at least one.")
    notes = Notes()
    for problem in problems:
        notes.add(LEFT_OUT, problem)
    named = dict(zip(_names_of(found), found, strict=True))
    ids = _group_ids({name: file for name, (_, file) in named.items()})
    with new_file(target) as (h5file, output):
        nodes = NodeWriter(h5file)
        writer = ResultWriter(h5file, nodes=nodes, notes=notes)
        write_text_attribute(h5file, layout.RUNS, str(len(named)))
        if problems:
            write_text_attribute(h5file, layout.LEFT_OUT, " ".join(problems))
        ours = nodes.require_group(h5file, layout.OURS)
        master = _Master(nodes, h5file[layout.RESULTS], ours, notes)
        for name, (run, file) in named.items():
            master.add(name, run, file, ids[name])
            output.check()
        write_parameters(writer, nodes, h5file, parameters or {}, notes)
        nodes.write_values()
    notes.warn(stacklevel=2)
    return {
        name: [of_run[group.name] for group in named[name][1].groups]
        for name, of_run in ids.items()
    }


def runs_of(path: str | os.PathLike[str]) -> list[Run]:
    """List the runs of a sweep, e.g. to make its master again with more of them.

    Args:
        path: the master.

    Returns:
        Its runs, with name and parameters.

    Raises:
        FileNotFoundError: there is no such file.
        NotAResultFileError: it is no result file.
        OSError: it can't be read.
    """
    folder = os.path.dirname(os.path.realpath(os.fspath(path)))
    with Results(path) as results:
        return [
            Run(os.path.join(folder, *run.file.split("/")), run.name, run.parameters)
            for run in results.runs.values()
        ]


def _look_at_all(runs: Sequence[Run], target: str) -> tuple[list[tuple[Run, RunFile]], list[str]]:
    """Look at the files of all runs; what hinders, in sentences."""
    found: list[tuple[Run, RunFile]] = []
    problems: list[str] = []
    for run in runs:
        path = os.fspath(run.path)
        try:
            if os.path.realpath(path) == target:
                raise RunError(f"{path} is the master itself: leave it out of the runs.")
            found.append((run, look_at(path, os.path.dirname(target))))
        except RunError as error:
            problems.append(str(error))
    of_others = {part: file.file for _, file in found for part in file.parts}
    kept: list[tuple[Run, RunFile]] = []
    for run, file in found:
        if file.path in of_others:
            problems.append(
                f"{os.fspath(run.path)} is a part of the parallel run {of_others[file.path]}, "
                f"which is given too: leave it out."
            )
        else:
            kept.append((run, file))
    return kept, problems


def _told(problems: Sequence[str]) -> str:
    more = len(problems) - _MAX_TOLD
    return " ".join(problems[:_MAX_TOLD]) + (f" And {more} more." if more > 0 else "")


def _names_of(found: Sequence[tuple[Run, RunFile]]) -> list[str]:
    """Name the runs: as told, else by their files, with the folder where two are alike."""
    stems = [os.path.splitext(os.path.basename(file.path))[0] for _, file in found]
    counts = Counter(stems)
    names: list[str] = []
    told = Counter(run.name for run, _ in found if run.name)
    for name, count in told.items():
        if count > 1:
            raise RunError(f"{count} runs are called {name}: give each a name of its own.")
    used: set[str] = set(told)
    last: dict[str, int] = {}
    for (run, file), stem in zip(found, stems, strict=True):
        path = os.path.splitext(file.file)[0].replace("/", "_")
        name = run.name or numbered(stem if counts[stem] == 1 else path, used, last)
        used.add(name)
        names.append(name)
    return names


def _group_ids(files: Mapping[str, RunFile]) -> dict[str, dict[str, str]]:
    """Give every group of every run an id: run -> id in its file -> id in the master."""
    ids: dict[str, dict[str, str]] = {}
    used: set[str] = set()
    last: dict[str, int] = {}
    for run, file in files.items():
        groups = dict.fromkeys(group.name for group in file.groups)
        if len(groups) > 1:
            groups |= dict.fromkeys(group.part_of for group in file.groups if group.part_of)
        ids[run] = {}
        for group in groups:
            wanted = legal_name(run if len(groups) == 1 else f"{run}_{group}")
            ids[run][group] = numbered(wanted, used, last)
            used.add(ids[run][group])
    return ids


class _Master:
    """Writes the groups of a master."""

    def __init__(self, nodes: NodeWriter, results: Any, ours: Any, notes: Notes) -> None:
        self._nodes = nodes
        self._results = results
        self._runs = nodes.create_group(ours, layout.RUN_NOTES)
        self._notes = notes

    def add(self, name: str, run: Run, file: RunFile, ids: Mapping[str, str]) -> None:
        """Link to the groups of a run, and tell of it beside them."""
        parameters = file.parameters if run.parameters is None else run.parameters
        text = about.parameters_text(parameters, self._notes) if parameters else ""
        told = {
            layout.TITLE: _in_words(json.loads(text)) if text else "",
            layout.RUN: name,
            layout.FILE: file.file,
            layout.PARAMETERS: text,
        }
        if not fits_attribute(text):
            self._notes.add(TOO_LONG, name)
            del told[layout.TITLE], told[layout.PARAMETERS]
        for group in file.groups:
            group_id = ids[group.name]
            part_of = {layout.PART_OF: ids.get(group.part_of, "")}
            _tell(self._nodes.create_group(self._runs, group_id), told | part_of)
            if group.links is None:
                path = f"/{layout.RESULTS}/{group.name}"
                write_link(self._results, group_id, file.file, path)
            else:
                self._add_links(group, group_id, told | part_of)

    def _add_links(self, group: GroupToLink, group_id: str, told: Mapping[str, str]) -> None:
        made = self._nodes.create_group(self._results, group_id)
        _tell(made, told)
        for name, (file, path) in (group.links or {}).items():
            write_link(made, name, file, path)


def _tell(node: Any, told: Mapping[str, str]) -> None:
    for name, text in told.items():
        if text:
            write_text_attribute(node, name, text)


def _in_words(parameters: Mapping[str, Any]) -> str:
    """Write parameters as a line to read: ``amp = 0.1, channel = hh``."""
    texts = (
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in parameters.items()
    )
    return ", ".join(f"{name} = {text}" for name, text in texts)
