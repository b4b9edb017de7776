"""Show how far a long save is."""

from __future__ import annotations

import sys
import warnings
from typing import Any

_PATIENCE = 1.0  # s before anything is shown


class Progress:
    """A bar that appears in a notebook or a terminal when the work takes over a second."""

    def __init__(self, total: int, what: str) -> None:
        """Start counting.

        Args:
            total: bytes that there are to write.
            what: what is being done, shown beside the bar.
        """
        self._total = total
        self._what = what
        self._bar: Any = None
        if _in_notebook() or sys.stderr.isatty():
            self._bar = _bar(total, what)

    def add(self, size: int) -> None:
        """Count bytes that were written."""
        if self._bar is not None:
            self._bar.update(size)

    def close(self) -> None:
        """End the bar."""
        if self._bar is not None:
            self._bar.close()


def _bar(total: int, what: str) -> Any:
    with warnings.catch_warnings():
        # Without the notebook's widgets tqdm warns, and shows text as well.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm

        return tqdm(
            total=total, desc=what, unit="B", unit_scale=True, unit_divisor=1024, delay=_PATIENCE
        )


def _in_notebook() -> bool:
    """Tell whether this is a Jupyter kernel, whose output is no terminal but is looked at."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return type(shell).__name__ == "ZMQInteractiveShell"
