"""List what is in a result file."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from neuronvisio import layout
from neuronvisio.cli.results import opened
from neuronvisio.cli.text import number, shown
from neuronvisio.datasets import Rows
from neuronvisio.names import natural_key
from neuronvisio.outline import UnreadableNodeError
from neuronvisio.reader import Group, ResultFile, Variable

_PIECE_BYTES = 1 << 23
_LONGEST_TITLE = 200
_MOST_PARAMETERS = 1 << 16  # bytes; larger ones are for programs to read


def info(path: str, *, ranges: bool = True) -> None:
    """Print the tree of a file.

    Args:
        path: path of the file.
        ranges: whether to read the values for the least and the greatest.

    Raises:
        CommandError: the file can't be read or holds no results.
    """
    with opened(path) as (result, groups):
        print(shown(path))
        for name, text in result.facts().items():
            print(f"{name}: {shown(text)}")
        parameters = result.text(f"{layout.OURS}/{layout.PARAMETERS}", _MOST_PARAMETERS)
        if parameters:
            print(f"parameters: {shown(parameters.decode('utf-8', 'replace'))}")
        for group in sorted(groups, key=lambda group: natural_key(group.name)):
            for line in _lines(result if ranges else None, group):
                print(line)


def _lines(result: ResultFile | None, group: Group) -> Iterator[str]:
    yield _named(group.name, group.original_name, group.problem) + _quoted(group.title)
    if group.problem:
        return
    if group.x is None:
        yield f"  {layout.X}  there is none"
    else:
        yield f"  {_line(result, group.x)}"
    for variable in sorted(group.direct, key=lambda found: natural_key(found.name)):
        yield f"  {_line(result, variable)}"
    for section in sorted(group.sections, key=lambda found: natural_key(found.name)):
        yield f"  {_named(section.name, section.original_name, section.problem)}"
        for variable in sorted(section.variables, key=lambda found: natural_key(found.name)):
            yield f"    {_line(result, variable)}"


def _named(name: str, original: str | None, problem: str = "") -> str:
    text = shown(name)
    if original is not None:
        text += f" = {shown(original)}"
    return f"{text}  {shown(problem)}" if problem else text


def _line(result: ResultFile | None, variable: Variable) -> str:
    """Describe a variable on one line, whatever is wrong with it."""
    parts = [_named(variable.name, variable.original_name)]
    if variable.dtype:
        parts += [_shape(variable.shape), shown(variable.dtype)]
    if variable.units:
        parts.append(shown(variable.units))
    if variable.problem:
        parts.append(shown(variable.problem))
    elif result is not None and _has_range(variable):
        parts.append(_range(result, variable))
    return "  ".join(parts) + _quoted(variable.title)


def _quoted(title: str) -> str:
    """Show a title after other words, if there is one."""
    cut = "..." if len(title) > _LONGEST_TITLE else ""
    return f'  "{shown(title[:_LONGEST_TITLE])}{cut}"' if title else ""


def _shape(shape: tuple[int, ...] | None) -> str:
    if shape is None:
        return "no values"
    return " x ".join(map(str, shape)) if shape else "single value"


def _has_range(variable: Variable) -> bool:
    numeric = variable.dtype[1:2] in ("f", "i", "u", "b")
    return numeric and variable.shape is not None and 0 not in variable.shape


def _range(result: ResultFile, variable: Variable) -> str:
    try:
        return _least_and_greatest(result.rows(variable.path))
    except UnreadableNodeError as error:
        return shown(str(error).removeprefix(f"{variable.path}: "))
    except MemoryError:
        return "needs more memory than there is"


def _least_and_greatest(rows: Rows) -> str:
    """Read piece by piece, so that memory doesn't grow with the file."""
    least = greatest = None
    missing = 0
    length = rows.shape[0] if rows.shape else 1
    step = max(1, _PIECE_BYTES // max(1, rows.row_bytes))
    # Whole chunks at a time: each one would else be unpacked for every piece of it.
    step = max(rows.chunk, step // rows.chunk * rows.chunk)
    for start in range(0, length, step):
        values = rows.read(start, start + step)
        if values.dtype.kind == "f":
            finite = values[np.isfinite(values)]
            missing += values.size - finite.size
            values = finite
        if values.size:
            low, high = values.min(), values.max()
            least = low if least is None or low < least else least
            greatest = high if greatest is None or high > greatest else greatest
    others = f", {missing} not finite" if missing else ""
    if least is None or greatest is None:
        return "no finite value"
    return f"{number(least)}..{number(greatest)}{others}"
