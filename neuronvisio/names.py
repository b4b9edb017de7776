"""Names of sections and variables as they stand in a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)

_DIGITS = re.compile("[0-9]+")
_INDEXED = re.compile(r"(\w+)\[(\d+)\]")
_PYTHON_CELL = re.compile(r"<(?:.*\.)?(\w+) object at 0x[0-9A-Fa-f]+>")
_MAX_NAME_BYTES = 1024  # far below HDF5's limit, which a name shares with other metadata


def sanitized_sec(sec_name: str) -> str:
    """Give the short name of a section, without its cell: ``Cell[0].dend[3]`` -> ``dend_3``.

    Args:
        sec_name: name of the section as NEURON gives it.

    Returns:
        The text after the last dot; where that starts with ``word[digits]``, only
        ``word_digits`` of it. May be empty.
    """
    last = sec_name.rpartition(".")[2]
    indexed = _INDEXED.match(last)
    return f"{indexed[1]}_{indexed[2]}" if indexed else last


def without_address(sec_name: str) -> str:
    """Name a Python cell without a name of its own by its class, not by its memory address."""
    return _PYTHON_CELL.sub(r"\1", sec_name)


def legal_name(name: str, reserved: Collection[str] = ()) -> str:
    """Change a name as little as needed to make it the name of one HDF5 node.

    Args:
        name: any text.
        reserved: names that mean something else at that place of the file.

    Returns:
        A name without ``/`` and NUL, neither empty nor reserved, of at most 1024 bytes of
        UTF-8, and such that PyTables lists it: no dot at its end, no ``_i_`` at its start.
    """
    text = name.encode("utf-8", "backslashreplace").decode()
    text = re.sub("[/\0]", "_", text)
    text = text.encode()[:_MAX_NAME_BYTES].decode("utf-8", "ignore")
    if not text:
        return "unnamed"
    kept = text.rstrip(".")
    text = kept + "_" * (len(text) - len(kept))
    if text.startswith("_i_"):
        text = "_" + text
    return text + "_" if text in reserved else text


def numbered(name: str, used: Collection[str], last: dict[str, int] | None = None) -> str:
    """Give the first of ``name``, ``name_2``, ``name_3``, ... that is not used.

    Args:
        name: the name wanted.
        used: names that are in use.
        last: keeps the last number given to each name, to count on from there. For many
            equal names, give the same one each time, as long as `used` only grows.
    """
    if name not in used:
        return name
    count = max(2, (last or {}).get(name, 1) + 1)
    while f"{name}_{count}" in used:
        count += 1
    if last is not None:
        last[name] = count
    return f"{name}_{count}"


def unambiguous(names: Mapping[_Key, str]) -> dict[str, _Key]:
    """Turn names around: by name, who has it, leaving out those that several have."""
    counts = Counter(names.values())
    return {name: key for key, name in names.items() if counts[name] == 1}


def natural_key(name: str) -> tuple[str, str]:
    """Give a key that sorts names as a person counts: ``dend_2`` before ``dend_10``.

    Args:
        name: a name.

    Returns:
        The key.
    """
    return _DIGITS.sub(_counted, name.lower()), name


def _counted(run: re.Match[str]) -> str:
    digits = run[0].lstrip("0") or "0"
    return f"0{chr(min(len(digits), 0xD7FF))}{digits}"


class SectionNames:
    """Gives every section a name of its own inside a group, the same one in all groups.

    The short name (`sanitized_sec`) stays wherever it is unambiguous. Sections of a group
    that would share one get the cell into their name instead: ``Cell[3].dend[12]`` ->
    ``Cell_3_dend_12``. That is a valid identifier, which a reader that looks sections up as
    Python names needs.
    """

    def __init__(self, reserved: Collection[str] = ()) -> None:
        """Start with no names given.

        Args:
            reserved: names that no section may have in the file.
        """
        self._reserved = reserved
        self._known: dict[str, str] = {}
        self._python_cells: dict[str, str] = {}
        self._class_counts: Counter[str] = Counter()

    def assign(
        self, sections: Iterable[tuple[Hashable, str]], taken: Collection[str] = ()
    ) -> tuple[dict[Hashable, str], list[Hashable]]:
        """Name the sections of one group.

        Args:
            sections: a key and the full name of each; two keys may have one full name.
            taken: names that are in use already and count as a clash.

        Returns:
            Key -> name in the file, all different; and the keys that lost their short name
            to a clash.
        """
        originals = dict(sections)
        named: dict[Hashable, str] = {}
        used = set(taken)
        # A name that was given once is the section's name in every group.
        for key, original in originals.items():
            known = self._known.get(original)
            if known is not None and known not in used:
                named[key] = known
                used.add(known)
        wanted = {
            key: self._legal(sanitized_sec(original))
            for key, original in originals.items()
            if key not in named
        }
        counts = Counter(wanted.values())
        clashed = [key for key, name in wanted.items() if counts[name] > 1 or name in used]
        for key in wanted.keys() - set(clashed):
            named[key] = wanted[key]
            used.add(wanted[key])
        # Who is really called like that comes first, and so keeps the name.
        clashed.sort(key=lambda key: originals[key] != wanted[key])
        last: dict[str, int] = {}
        for key in clashed:
            full, whole = self._legal(self._full_name(originals[key])), originals[key]
            free = (name for name in (full, self._legal(whole)) if name not in used)
            named[key] = next(free, None) or numbered(full, used, last)
            used.add(named[key])
        for key, name in named.items():
            self._known.setdefault(originals[key], name)
        return named, [key for key in clashed if named[key] != wanted[key]]

    def _legal(self, name: str) -> str:
        return legal_name(name, self._reserved)

    def _full_name(self, original: str) -> str:
        # A Python cell without a name of its own shows its memory address, which says nothing
        # and differs from run to run: number such cells by class instead.
        named = _PYTHON_CELL.sub(self._number_python_cell, original)
        return re.sub(r"\W+", "_", named).strip("_") or original

    def _number_python_cell(self, found: re.Match[str]) -> str:
        cell, name = found[0], found[1]
        if cell not in self._python_cells:
            self._python_cells[cell] = f"{name}_{self._class_counts[name]}"
            self._class_counts[name] += 1
        return self._python_cells[cell]
