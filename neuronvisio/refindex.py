"""Find refs by the names of their sections without going through all of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from neuronvisio.names import sanitized_sec


class RefIndex:
    """The refs of one group by name: that of the section, that in the file, that in NEURON.

    `Manager.refs` is public. So what is found is compared with what is there, and before
    nothing is found, everything is.
    """

    def __init__(self, refs: Sequence[Any]) -> None:
        """Index refs.

        Args:
            refs: the list that holds them, which may grow.
        """
        self._refs = refs
        self._seen: list[tuple[Any, Any]] = []
        self._by_name: dict[str, list[Any]] = {}
        self._by_file_name: dict[str, list[Any]] = {}
        self._by_original: dict[str, list[Any]] | None = None
        self._position: dict[int, int] = {}
        self._grow()

    def is_of(self, refs: Sequence[Any]) -> bool:
        """Tell whether this is the list that was indexed, as far as a glance shows."""
        if refs is not self._refs or len(refs) < len(self._seen):
            return False
        self._grow()
        return True

    def unchanged(self) -> bool:
        """Tell whether all refs are those that were indexed, by the names they had."""
        return len(self._refs) == len(self._seen) and all(
            ref is seen and ref.sec_name == name
            for ref, (seen, name) in zip(self._refs, self._seen, strict=True)
        )

    def find(self, sec: str, var: str) -> Any | None:
        """Give the first ref of a section that has a variable, None if there is none.

        Args:
            sec: name of the section: the ref's own, that in its file, or that in NEURON.
            var: name of the variable.
        """
        for ref in self._candidates(sec):
            if var in (ref.vecs or ()):
                return ref if self._is_there(ref) else None
        return None

    def _candidates(self, sec: str) -> Iterator[Any]:
        yield from self._by_name.get(sec, ())
        yield from self._by_file_name.get(sec, ())
        yield from self._of_original(sec)
        # Files of the original tell nothing more than the short name.
        short = sanitized_sec(sec)
        for ref in self._by_file_name.get(short, ()):
            if ref.original_name == short:
                yield ref

    def _of_original(self, sec: str) -> Sequence[Any]:
        if self._by_original is None:
            self._by_original = {}
            for refs in self._by_file_name.values():
                for ref in refs:
                    with contextlib.suppress(ValueError):  # its file was closed
                        self._by_original.setdefault(ref.original_name, []).append(ref)
        found = self._by_original.get(sec, ())
        # The ranks of a parallel run may share names.
        names = {(ref.file, ref.file_name) for ref in found}
        return found if len({file for file, _ in names}) == len(names) else ()

    def _is_there(self, ref: Any) -> bool:
        position = self._position[id(ref)]
        return position < len(self._refs) and (
            self._refs[position] is ref and ref.sec_name == self._seen[position][1]
        )

    def _grow(self) -> None:
        start = len(self._seen)
        if len(self._refs) == start:
            return
        for position, ref in enumerate(self._refs[start:], start):
            self._seen.append((ref, ref.sec_name))
            self._position.setdefault(id(ref), position)
            if isinstance(ref.sec_name, str):
                self._by_name.setdefault(ref.sec_name, []).append(ref)
            if getattr(ref, "loaded", False) is True and hasattr(ref, "file_name"):
                self._by_file_name.setdefault(ref.file_name, []).append(ref)
        self._by_original = None
