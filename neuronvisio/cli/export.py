"""Write variables of a result file as columns of text."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Any, TextIO

from numpy.typing import NDArray

from neuronvisio.atomic import replacing
from neuronvisio.cli.columns import Columns, Source, headers
from neuronvisio.cli.errors import CommandError
from neuronvisio.cli.results import find, opened, places
from neuronvisio.cli.text import shown

_BLOCK_CELLS = 1 << 19
_MOST_ROWS = 1 << 17


def export(path: str, names: Sequence[str], out: str | None, *, force: bool = False) -> None:
    """Write variables as comma-separated values.

    Args:
        path: path of the result file.
        names: the variables, as `find` takes them.
        out: the file to write, None for standard output.
        force: whether an existing file is replaced.

    Raises:
        CommandError: the file or a variable can't be read, or `out` exists.
    """
    with opened(path) as (result, groups):
        known = places(groups)
        columns = Columns(result)
        for name in names:
            columns.add(find(path, known, name))
        sources = columns.sources()
        if out is None:
            _write(sys.stdout, sources)
        else:
            _check_target(path, out, force)
            with replacing(out) as temp, open(temp, "w", encoding="utf-8", newline="") as file:
                _write(file, sources)
                file.flush()
                os.fsync(file.fileno())
    for note in columns.notes:
        print(f"neuronvisio: {shown(note)}", file=sys.stderr)


def _check_target(path: str, out: str, force: bool) -> None:
    if not os.path.lexists(out):
        return
    if os.path.exists(out) and os.path.samefile(path, out):
        raise CommandError(f"{out} is the result file itself: name another file to write.")
    if not force:
        raise CommandError(f"{out} exists: name another file, or replace it with --force.")


def _write(file: TextIO, sources: Sequence[Source]) -> None:
    csv.writer(file, lineterminator="\n").writerow(headers(sources))
    length = max(source.length for source in sources)
    step = _step(sources)
    for start in range(0, length, step):
        stop = min(start + step, length)
        cells = [column for source in sources for column in _cells(source, start, stop)]
        file.writelines(",".join(row) + "\n" for row in zip(*cells, strict=True))


def _step(sources: Sequence[Source]) -> int:
    """Choose how many rows to hold in memory: whole chunks, which would be unpacked twice else."""
    most = max(1, min(_MOST_ROWS, _BLOCK_CELLS // len(headers(sources))))
    chunk = max(source.rows.chunk for source in sources if source.rows is not None)
    return most // chunk * chunk or most


def _cells(source: Source, start: int, stop: int) -> Iterator[Iterator[str]]:
    """Give each column of a source, filled up with empty cells."""
    end = max(start, min(stop, source.length))
    empty = repeat("", stop - end)
    if source.rows is None:
        yield chain(map(str, range(start, end)), empty)
        return
    values = source.rows.read(start, end)
    table = values.reshape(end - start, len(source.headers))
    for index in range(len(source.headers)):
        yield chain(_texts(table[:, index]), repeat("", stop - end))


def _texts(values: NDArray[Any]) -> Iterator[str]:
    """Write numbers with as many digits as their own type needs to be read back exactly."""
    if values.dtype.kind == "b":
        return iter(["1" if value else "0" for value in values.tolist()])
    if values.dtype.kind == "f" and values.dtype.itemsize != 8:
        return map(str, values.astype(values.dtype.newbyteorder("=")))
    return map(repr, values.tolist())
