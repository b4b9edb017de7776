"""Show refs that are in memory in the same way as those of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuronvisio import layout
from neuronvisio._neuron import unit_of
from neuronvisio.names import numbered
from neuronvisio.refs import VecRef
from neuronvisio.values import kind_of, to_array
from neuronvisio.views import GroupView, SectionView, VariableView
from neuronvisio.writer import units_of, x_of_ref


class Sections:
    """The refs of one group by the name of their section, kept as long as nothing changes.

    Refs of one section follow each other as ``name_2``, ``name_3``, ... where they share a
    variable, else they make up one section.

    Attributes:
        by_name: name -> the refs of that section.
        other_names: for `GroupView`, which fills it.
    """

    def __init__(self, refs: Sequence[Any]) -> None:
        """Sort refs by section.

        Args:
            refs: the refs of the group.
        """
        self.by_name: dict[str, list[Any]] = {}
        self.other_names: list[dict[str, str]] = []
        self._seen = [(ref, ref.sec_name, _section(ref)) for ref in refs]
        last: dict[str, int] = {}
        # Only where names are shared does it matter which variables there are.
        self._shared: list[tuple[Any, list[str]]] = []
        for ref in refs:
            wanted = name = str(ref.sec_name or "")
            there = self.by_name.get(name, ())
            same = {var for other in there for var in other.vecs or ()}
            if there and (_section(ref) is not _section(there[0]) or same & set(ref.vecs or ())):
                name = numbered(name, self.by_name, last)
            self.by_name.setdefault(name, []).append(ref)
            if there:
                first = self.by_name[wanted][0]
                self._shared += [(one, list(one.vecs or ())) for one in (first, ref)]

    def hold(self, refs: Sequence[Any]) -> bool:
        """Tell whether these are the refs that were sorted, and would be sorted the same."""
        return (
            len(refs) == len(self._seen)
            and all(
                ref is seen and ref.sec_name == name and _section(ref) is section
                for ref, (seen, name, section) in zip(refs, self._seen, strict=True)
            )
            and all(list(ref.vecs or ()) == names for ref, names in self._shared)
        )


def group_of(group_id: str, found: Sections, x: Any, unit_of_x: Callable[[Any], str]) -> GroupView:
    """Give a view of a group of refs.

    Args:
        group_id: id of the group.
        found: its refs by section.
        x: its x, None if there is none.
        unit_of_x: gives the unit of an x.

    Returns:
        The view, of what is there now.
    """
    sections = found.by_name

    def section(name: str) -> SectionView:
        def variables() -> list[VariableView]:
            return [
                _variable(ref, variable, value, f"{group_id}/{name}", (x, shown), unit_of_x)
                for ref in sections[name]
                for variable, value in (ref.vecs or {}).items()
            ]

        first = sections[name][0]
        original, in_file = (getattr(first, key, None) for key in ("original_name", "file_name"))
        return SectionView(name, variables, original, _section(first), in_file)

    shown = None if x is None else view_of(layout.X, f"{group_id}/{layout.X}", x, unit_of_x(x))
    return GroupView(group_id, shown, lambda: sections, section, other_names=found.other_names)


def _section(ref: Any) -> Any:
    return getattr(ref, "sec", None)


def _variable(
    ref: Any,
    name: str,
    value: Any,
    above: str,
    of_group: tuple[Any, VariableView | None],
    unit_of_x: Callable[[Any], str],
) -> VariableView:
    if isinstance(value, VariableView):
        return value
    x, shown = of_group
    own = x_of_ref(ref, x)
    unit = units_of(ref).get(name, "")
    if not unit and isinstance(ref, VecRef):
        unit = unit_of(name)
    x_view = shown
    if own is not x:
        # The time of a cell with steps of its own is a time as well.
        x_unit = unit_of(layout.TIME) if isinstance(ref, VecRef) else unit_of_x(own)
        x_view = None if own is None else view_of(layout.X, f"{above}/{layout.X}", own, x_unit)
    return view_of(
        name, f"{above}/{name}", value, unit, x_view, str(getattr(ref, "detail", "") or "")
    )


def view_of(
    name: str,
    path: str,
    value: Any,
    unit: str = "",
    x: VariableView | None = None,
    detail: str = "",
) -> VariableView:
    """Show values that are in memory like those of a file.

    Args:
        name: name of the variable.
        path: where it is, in words.
        value: HocVector, array, list or number; a view is given back as it is.
        unit: its unit.
        x: its x.
        detail: the detail of its ref.
    """
    if isinstance(value, VariableView):
        return value

    def read(part: Any) -> NDArray[Any]:
        return np.asarray(to_array(value, path)[part])

    kind = kind_of(() if value is None else value, path)
    return VariableView(
        name, path, read, shape=kind.shape, dtype=kind.dtype, x=x, units=unit, detail=detail
    )
