"""What of a run's file the master of a sweep is to link to."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from typing import Any

import h5py

from neuronvisio import layout
from neuronvisio.datasets import text_attribute
from neuronvisio.links import FILE_EXTENSIONS, is_linked_file_name
from neuronvisio.lookup import external_link, is_hard_link, names_in, open_child
from neuronvisio.results import NotAResultFileError, Results


class RunError(ValueError):
    """A run that a master can't link to; the message says which, why and what to do."""


@dataclass(frozen=True)
class GroupToLink:
    """One group of a run.

    Attributes:
        name: its id in the run's file.
        part_of: id of the group that its refs are in, '' if it is this one.
        links: name -> file and path, where a parallel run's own master only links to what is
            in it; None where the group itself is in the run's file.
    """

    name: str
    part_of: str = ""
    links: dict[str, tuple[str, str]] | None = None


@dataclass(frozen=True)
class RunFile:
    """The file of one run.

    Attributes:
        file: its path from the folder of the master, with ``/``.
        path: its path on this machine.
        parameters: those that were saved in it.
        groups: its groups of results.
        parts: paths of the files that it links to itself.
    """

    file: str
    path: str
    parameters: dict[str, Any]
    groups: list[GroupToLink] = field(default_factory=list)
    parts: frozenset[str] = frozenset()


def look_at(path: str, folder: str) -> RunFile:
    """Find out what a run's file holds.

    Args:
        path: path of the file.
        folder: the folder of the master, as `os.path.realpath` gives it.

    Raises:
        RunError: the master can't link to it.
    """
    real = os.path.realpath(path)
    if os.path.isdir(real):
        raise RunError(f"{path} is a folder: name the result file in it.")
    file = name_from(folder, real, path)
    try:
        with Results(real) as results, h5py.File(real, "r") as h5file:
            if layout.RUNS in results.facts:
                raise RunError(
                    f"{path} is the master of a sweep itself: give the files of its runs, "
                    f"as neuronvisio.sweep.runs_of lists them."
                )
            is_parallel = layout.PARTS in results.facts
            groups = _groups(h5file, file, path, is_parallel)
            parts = {part for group in groups for part, _ in (group.links or {}).values()}
            beside = {os.path.realpath(os.path.join(folder, part)) for part in parts}
            run = RunFile(file, real, results.parameters, groups, frozenset(beside - {real}))
    except FileNotFoundError as error:
        raise RunError(f"There is no file {path}: check the name, or run it again.") from error
    except NotAResultFileError as error:
        raise RunError(f"{error}: run it again, or leave it out.") from error
    except OSError as error:
        reason = " ".join(str(error.strerror or error).split())
        raise RunError(f"{path} can't be read: {reason}.") from error
    _check_parts(run, folder, path)
    return run


def name_from(folder: str, real: str, path: str) -> str:
    """Give the name by which a link from a file in a folder leads to another file.

    Args:
        folder: the folder, without symbolic links.
        real: the other file, without symbolic links.
        path: how the user calls it.

    Raises:
        RunError: no link may lead there.
    """
    try:
        name = os.path.relpath(real, folder).replace(os.sep, "/")
    except ValueError:  # on another drive of Windows
        name = ""
    if not name or name == ".." or name.startswith("../"):
        raise RunError(
            f"{path} does not lie in the folder of the master or below: "
            f"move it into {folder}, or make the master above it."
        )
    if not is_linked_file_name(name):
        raise RunError(
            f"{path} has a name that the viewer does not follow: it has to end in "
            f"{' or '.join(FILE_EXTENSIONS)}, without a hidden folder, a colon, a backslash or "
            f"control characters on the way from the master."
        )
    return name


def _groups(h5file: Any, file: str, path: str, is_parallel: bool) -> list[GroupToLink]:
    if not is_hard_link(h5file, layout.RESULTS):
        raise RunError(f"{path} has its results behind a link, which a master can't link to.")
    results, _ = open_child(h5file, layout.RESULTS)
    found: list[GroupToLink] = []
    for name in names_in(results):
        where = f"/{layout.RESULTS}/{name}"
        group = open_child(results, name)[0] if is_hard_link(results, name) else None
        if not isinstance(group, h5py.Group):
            raise RunError(f"{path} has no group {where} of its own, so a master can't link to it.")
        part_of = text_attribute(group, layout.PART_OF) or ""
        links = _links(group, file, where) if is_parallel else None
        found.append(GroupToLink(name, part_of, links))
    if not found:
        raise RunError(f"{path} has results without any group: nothing was recorded in it.")
    return found


def _links(group: Any, file: str, where: str) -> dict[str, tuple[str, str]]:
    """Give what the links of a parallel run's master lead to; a link to those would be a second."""
    folder = posixpath.dirname(file)
    links: dict[str, tuple[str, str]] = {}
    for name in names_in(group):
        link = external_link(group, name)
        links[name] = (
            (file, f"{where}/{name}")
            if link is None
            else (posixpath.join(folder, link[0]), link[1])
        )
    return links


def _check_parts(run: RunFile, folder: str, path: str) -> None:
    """Make sure that what a parallel run's master links to is there, and may be linked to."""
    names = {part for group in run.groups for part, _ in (group.links or {}).values()}
    for name in sorted(names - {run.file}):
        part = os.path.realpath(os.path.join(folder, name))
        if not is_linked_file_name(name):
            raise RunError(f"{path} links to {name}, which a master of a sweep can't link to.")
        name_from(folder, part, name)
        if not os.path.isfile(part):
            raise RunError(
                f"{path} is a parallel run without its file {name}: put that back, or run it again."
            )
