"""Keep room for the links of groups, so that they lie in one place of the file.

HDF5 gives a link its place when it is made, which is beside what it leads to: the names of
thousands of sections would be scattered over all that tells of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from h5py import h5a, h5p, h5s, h5t

_MOST_IN_HEADER = 8  # from nine links on, HDF5 keeps them in a heap
# Of fewer, the names are read with what they stand for; each that is kept costs some time.
_MANY = 256
_ATTRIBUTE = b"~"
# What HDF5 1.8 needs for an attribute with a one-letter name beside its value, and for a link
# beside its name.
_ATTRIBUTE_BYTES = 27
_LINK_BYTES = 17
# One link more of so many, removed at once, leaves room in the nodes of the tree of names: a name
# that gives way to another mostly finds none full, for which one would be made elsewhere.
_SPARE = 8
_LONG = 250  # letters of a name that is made for room alone, about
# A soft link to a target of this length takes as many bytes as a hard link.
_NOWHERE = b"~~~~~"


class LinkRoom:
    """Room that is kept in the groups of one file for links that are still to be made."""

    def __init__(self, root: Any) -> None:
        """Keep no room yet.

        Args:
            root: low-level h5py group, the root of the file.
        """
        self._root = root
        # The paths of the nodes to come. No group is held open: HDF5 goes through all that are
        # at each link that is removed.
        self._kept: set[str] = set()

    def keep(self, group: Any, names: Iterable[str]) -> None:
        """Keep room in a group for links of these names.

        Few links go into the group's header, where an attribute makes room that is removed
        again. For many, links that lead nowhere stand in until those to come take their places.

        Args:
            group: h5py group.
            names: legal names, none of them in use there; those of which no link is made are
                forgotten by `clear`.
        """
        kept = list(dict.fromkeys(names))
        if len(kept) >= _MANY:
            self._keep_in_heap(group, kept)
        elif 0 < len(kept) <= _MOST_IN_HEADER - len(group):
            _keep_in_header(group.id, kept)

    def _keep_in_heap(self, group: Any, names: Sequence[str]) -> None:
        used = set(names)
        # The last block of the heap would go when all in it gave way. Two names, too long for a gap
        # before it, hold it until all are made.
        longest = max(len(name.encode()) for name in names)
        held = ["~" * (min(longest, _LONG) + more) for more in (1, 2)]
        held = [name for name in held if name not in used]
        spare = [name for n in range(len(names) // _SPARE) if (name := f"~{n}") not in used]
        for name in (*names, *held, *spare):
            raw = name.encode()
            group.id.links.create_soft(raw, _NOWHERE, lcpl=link_properties(raw))
        for name in spare:
            group.id.unlink(name.encode())
        path = group.name
        self._kept |= {f"{path}/{name}" for name in (*names, *held)}

    def make_way(self, path: str) -> None:
        """Remove what stands in for a link that is about to be made at a path."""
        if path in self._kept:
            self._kept.remove(path)
            self._root.unlink(path.encode())

    def clear(self) -> None:
        """Remove what stands in for links that were not made."""
        for path in sorted(self._kept):
            self._root.unlink(path.encode())
        self._kept.clear()


def _keep_in_header(group: Any, names: Sequence[str]) -> None:
    size = sum(_LINK_BYTES + len(name.encode()) for name in names) - _ATTRIBUTE_BYTES
    kind = h5t.C_S1.copy()
    kind.set_size(max(1, size))
    h5a.create(group, _ATTRIBUTE, kind, h5s.create(h5s.SCALAR))
    h5a.delete(group, _ATTRIBUTE)


def link_properties(name: bytes) -> Any:
    """Say that a name is UTF-8, if it is more than ASCII, which is the default."""
    if name.isascii():
        return None
    properties = h5p.create(h5p.LINK_CREATE)
    properties.set_char_encoding(h5t.CSET_UTF8)
    return properties
