"""Collects what a save has to tell the user, to say it in a few warnings at the end."""

from __future__ import annotations

import warnings

_SHOWN = 5


class NeuronvisioWarning(UserWarning):
    """Something was recorded or saved otherwise than asked for."""


class Notes:
    """Things to warn of, gathered by kind."""

    def __init__(self) -> None:
        """Start with nothing to say."""
        self._items: dict[str, list[str]] = {}

    def add(self, kind: str, item: str) -> None:
        """Note one thing.

        Args:
            kind: the sentence that all things of this kind share.
            item: the thing itself, e.g. the path of a variable.
        """
        self._items.setdefault(kind, []).append(item)

    def warn(self, stacklevel: int) -> None:
        """Give one warning per kind.

        Saving calls this when the file is in place: with warnings turned into errors, the
        results are safe all the same.

        Args:
            stacklevel: as in `warnings.warn`, seen from the caller.

        Raises:
            NeuronvisioWarning: where the user has turned warnings into errors.
        """
        for kind, items in self._items.items():
            shown = ", ".join(items[:_SHOWN])
            more = len(items) - _SHOWN
            rest = f" and {more} more" if more > 0 else ""
            warnings.warn(f"{kind}: {shown}{rest}", NeuronvisioWarning, stacklevel + 1)
