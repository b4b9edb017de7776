"""What a result file holds, without its values."""

from __future__ import annotations

from dataclasses import dataclass, field


class UnreadableNodeError(ValueError):
    """A node whose values can't be given; the message says why."""


@dataclass(frozen=True)
class Variable:
    """One array of the file, without its values.

    Attributes:
        name: its name, bytes that are no UTF-8 as surrogates.
        path: its path in the file.
        shape: lengths of its dimensions; None for one without any values.
        dtype: numpy's name of the type, e.g. ``'<f8'``; ``'string<n>'`` and
            ``'vlen-string'`` for text.
        title: the detail; `''` if there is none that can be read.
        units: the unit of its values; `''` if the file has none.
        original_name: the name before it was changed for the file; None if it wasn't.
        problem: why there is nothing to read, `''` if there is something.
    """

    name: str
    path: str
    shape: tuple[int, ...] | None = None
    dtype: str = ""
    title: str = ""
    units: str = ""
    original_name: str | None = None
    problem: str = ""


@dataclass(frozen=True)
class Section:
    """One section of a group and its variables, in the order of the file."""

    name: str
    variables: list[Variable] = field(default_factory=list)
    problem: str = ""
    original_name: str | None = None


@dataclass(frozen=True)
class Group:
    """One group of results.

    Attributes:
        name: its name.
        x: the independent variable, None if there is none.
        sections: its sections.
        direct: variables that lie in the group itself.
        problem: why there is nothing in it, `''` if there could be.
        original_name: the name before it was changed for the file; None if it wasn't.
        title: of a sweep, the parameters of its run; `''` if there are none.
    """

    name: str
    x: Variable | None = None
    sections: list[Section] = field(default_factory=list)
    direct: list[Variable] = field(default_factory=list)
    problem: str = ""
    original_name: str | None = None
    title: str = ""
