"""Open a file with its results, and find variables in it by name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from neuronvisio import layout
from neuronvisio.cli.errors import CommandError
from neuronvisio.cli.files import check_file
from neuronvisio.cli.text import shown
from neuronvisio.outline import UnreadableNodeError
from neuronvisio.reader import Group, ResultFile, Section, Variable

_MAX_SHOWN = 3


@contextlib.contextmanager
def opened(path: str) -> Iterator[tuple[ResultFile, list[Group]]]:
    """Open a result file for a ``with`` statement.

    Args:
        path: path of the file.

    Yields:
        The file and its groups.

    Raises:
        CommandError: it can't be read or holds no results.
    """
    check_file(path)
    try:
        result = ResultFile(path)
    except OSError as error:
        raise CommandError(
            f"{path} can't be opened: it is damaged, or another program is writing it "
            f"({' '.join(str(error).split())})."
        ) from error
    with result:
        groups = result.groups()
        if groups is None:
            raise CommandError(
                f"{path} has no group /{layout.RESULTS}: it was not saved by Neuronvisio."
            )
        try:
            yield result, groups
        except UnreadableNodeError as error:
            raise CommandError(f"{path}: {error}.") from error


@dataclass(frozen=True)
class Place:
    """A variable and where it is.

    Attributes:
        group: its group.
        section: its section, None for one that lies in the group itself.
        variable: the variable.
    """

    group: Group
    section: Section | None
    variable: Variable

    @property
    def name(self) -> str:
        """Its names in the file, from the group on."""
        return self.variable.path.removeprefix(f"/{layout.RESULTS}/")

    def original_names(self) -> set[str]:
        """Give the names it may be called by, whole, as they were before the file."""
        levels = [
            {node.name, node.original_name or node.name} for node in (self.group, self.variable)
        ]
        if self.section is None:
            return {f"{group}/{variable}" for group in levels[0] for variable in levels[1]}
        original = self.section.original_name or self.section.name
        # dend[3] of Cell[0].dend[3] is what one calls it where there is one cell.
        sections = {self.section.name, original, original.rpartition(".")[2]}
        return {
            f"{group}/{section}/{variable}"
            for group in levels[0]
            for section in sections
            for variable in levels[1]
        }


def places(groups: list[Group]) -> list[Place]:
    """List all variables of a file, each group's x first.

    Args:
        groups: the groups.

    Returns:
        The variables and where they are.
    """
    found = []
    for group in groups:
        direct = [group.x, *group.direct] if group.x else group.direct
        found += [Place(group, None, variable) for variable in direct]
        for section in group.sections:
            found += [Place(group, section, variable) for variable in section.variables]
    return found


def find(path: str, known: list[Place], name: str) -> Place:
    """Find a variable by what the user calls it.

    Args:
        path: path of the file, for the message.
        known: all variables.
        name: its name in the file, with or without ``/results`` in front, else the name that
            the listing shows, else its original name.

    Returns:
        The variable.

    Raises:
        CommandError: there is none of that name, or several.
    """
    short = name.lstrip("/")
    inside = short.removeprefix(f"{layout.RESULTS}/")
    for exact in (short, inside):
        for place in known:
            if place.name == exact:
                return place
    matches = [place for place in known if shown(place.name) == inside]
    matches = matches or [place for place in known if inside in place.original_names()]
    if not matches:
        raise CommandError(
            f"{path} has no variable {name}: 'neuronvisio info {path}' lists what it has."
        )
    if len(matches) > 1:
        names = ", ".join(place.name for place in matches[:_MAX_SHOWN])
        more = ", ..." if len(matches) > _MAX_SHOWN else ""
        raise CommandError(f"{name} is the name of {len(matches)} variables: {names}{more}.")
    return matches[0]
