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


def group_of(
    group_id: str, refs: Sequence[Any], x: Any, unit_of_x: Callable[[Any], str]
) -> GroupView:
    """Give a view of a group of refs.

    Args:
        group_id: id of the group.
        refs: its refs; refs of one section follow each other as ``name_2``, ``name_3``, ...
            where they share a variable, else they make up one section.
        x: its x, None if there is none.
        unit_of_x: gives the unit of an x.

    Returns:
        The view, of what is there now.
    """
    sections: dict[str, list[Any]] = {}
    for ref in refs:
        name = str(ref.sec_name or "")
        same = [var for other in sections.get(name, ()) for var in other.vecs or ()]
        if name in sections and (_section(ref) is not _section(sections[name][0])
                                 or set(same) & set(ref.vecs or ())):  # fmt: skip
            name = numbered(name, sections)
        sections.setdefault(name, []).append(ref)

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
    return GroupView(group_id, shown, lambda: list(sections), section)


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
