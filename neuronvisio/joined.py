"""One view of a group whose refs lie in several groups of a file, each with an x of its own."""

from __future__ import annotations

from collections.abc import Sequence

from neuronvisio.names import numbered
from neuronvisio.views import GroupView, SectionView


def joined(name: str, own: GroupView | None, parts: Sequence[GroupView]) -> GroupView:
    """Give the sections of several groups as one group; each variable keeps its x.

    Args:
        name: id of the group.
        own: the group of that name, None if the file has none.
        parts: the groups whose refs are in it as well.

    Returns:
        The view. A section whose name several of them have is numbered.
    """
    places: dict[str, tuple[GroupView, str]] = {}

    def names() -> list[str]:
        last: dict[str, int] = {}
        for group in parts if own is None else (own, *parts):
            for section in group:
                places[numbered(section, places, last)] = (group, section)
        return list(places)

    def section(shown: str) -> SectionView:
        group, inner = places[shown]
        found: SectionView = group[inner]
        if shown == inner:
            return found
        return SectionView(shown, lambda: list(found.values()), found.original_name)

    x, part_of = (None, "") if own is None else (own.x, own.part_of)
    view = GroupView(name, x, names, section, part_of)
    # A notebook shows them as they lie in the file, where its renderer reads on.
    view._shown_as = tuple(parts) if own is None else (own, *parts)
    view._path = parts[0]._path if parts else ""
    return view
