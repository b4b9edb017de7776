"""The columns of an export: which x stands beside which variables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from neuronvisio.cli.errors import CommandError
from neuronvisio.cli.results import Place
from neuronvisio.cli.text import shown
from neuronvisio.datasets import Rows
from neuronvisio.outline import UnreadableNodeError
from neuronvisio.reader import ResultFile, Variable

MOST_COLUMNS = 16384
"""A spreadsheet has no more."""


@dataclass(frozen=True)
class Source:
    """What some neighbouring columns are read from.

    Attributes:
        headers: the name of each column.
        rows: the values, None for the sample index.
        length: the number of rows.
    """

    headers: list[str]
    rows: Rows | None
    length: int


class Columns:
    """Puts variables into columns, those that share an x beside each other."""

    def __init__(self, result: ResultFile) -> None:
        """Start with no columns.

        Args:
            result: the open file.
        """
        self._result = result
        self._blocks: dict[tuple[str, int], list[Source]] = {}
        self._done: set[str] = set()
        self.notes: list[str] = []

    def add(self, place: Place) -> None:
        """Add a variable, behind its x.

        Args:
            place: the variable; one that is there already is not added again.

        Raises:
            CommandError: it has more than two dimensions, or there are too many columns.
            UnreadableNodeError: it isn't numeric or can't be read.
        """
        variable = place.variable
        if variable.path in self._done:
            return
        self._done.add(variable.path)
        rows = self._open(variable)
        source = _source(place.name, variable, rows)
        is_x = variable is place.group.x
        x, reason = (rows, "") if is_x else self._x_for(place.group.x, source.length)
        key = (place.group.name, -1) if x is not None else ("", source.length)
        block = self._blocks.setdefault(key, [])
        if is_x:
            # It may stand there as the x of others.
            if not block:
                block.append(source)
            return
        if not block:
            if x is not None and place.group.x is not None:
                name = Place(place.group, None, place.group.x).name
                block.append(_source(name, place.group.x, x))
            else:
                block.append(Source(["sample index"], None, source.length))
        if reason:
            self.notes.append(f"{place.name} stands beside its sample index, since {reason}.")
        block.append(source)

    def sources(self) -> list[Source]:
        """Give all columns in order.

        Returns:
            What they are read from.

        Raises:
            CommandError: there are too many columns.
        """
        sources = [source for block in self._blocks.values() for source in block]
        count = sum(len(source.headers) for source in sources)
        if count > MOST_COLUMNS:
            raise CommandError(f"These are {count} columns: name fewer, up to {MOST_COLUMNS}.")
        return sources

    def _open(self, variable: Variable) -> Rows:
        rows = self._result.rows(variable.path)
        dimensions = len(rows.shape)
        if dimensions > 2:
            raise CommandError(
                f"{variable.path} has {dimensions} dimensions: columns can hold two at most."
            )
        if math.prod(rows.shape[1:]) > MOST_COLUMNS:
            raise CommandError(
                f"{variable.path} has {rows.shape[1]} columns: {MOST_COLUMNS} are the most."
            )
        return rows

    def _x_for(self, x: Variable | None, length: int) -> tuple[Rows | None, str]:
        """Give the x if it fits, else why not."""
        if x is None:
            return None, "its group has no x"
        try:
            rows = self._result.rows(x.path)
        except UnreadableNodeError as error:
            return None, f"its x {str(error).removeprefix(f'{x.path}: ')}"
        if len(rows.shape) != 1 and not (len(rows.shape) == 2 and rows.shape[1] == 1):
            return None, "its x has not one dimension"
        if rows.shape[0] != length:
            return None, f"it has {length} values and its x has {rows.shape[0]}"
        return rows, ""


def _source(name: str, variable: Variable, rows: Rows) -> Source:
    unit = f" ({shown(variable.units)})" if variable.units else ""
    names = [shown(name)]
    if len(rows.shape) == 2 and rows.shape[1] != 1:
        names = [f"{shown(name)}[{index}]" for index in range(rows.shape[1])]
    return Source([f"{name}{unit}" for name in names], rows, rows.shape[0] if rows.shape else 1)


def headers(sources: Sequence[Source]) -> list[str]:
    """Give the names of all columns.

    Args:
        sources: what they are read from.

    Returns:
        The header line, cell by cell.
    """
    return [header for source in sources for header in source.headers]
