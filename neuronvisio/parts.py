"""Open the files beside or below a master file that hold its sections."""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import Any

import h5py

from neuronvisio.links import is_path_below
from neuronvisio.lookup import open_path

_MAX_OPEN = 64


class Parts:
    """The files beside or below a master file that hold its sections.

    Only a file that lies in the folder of the master or below is opened.
    """

    def __init__(self, master: str | os.PathLike[str]) -> None:
        """Open nothing yet.

        Args:
            master: path of the master file.
        """
        self._folder = os.path.dirname(os.path.realpath(os.fspath(master)))
        self._open: OrderedDict[str, Any] = OrderedDict()

    def open(self, name: str, path: str) -> tuple[Any, str]:
        """Open a node of one of the files.

        Args:
            name: name of the file, as the link has it.
            path: path in that file.

        Returns:
            The node, or None and what hinders.
        """
        if name not in self._open:
            target = self._target(name)
            if target is None:
                return None, "is a link out of the folder of the file"
            try:
                self._open[name] = h5py.File(target, "r")
            except OSError as error:
                return None, f"lies in {name}, which can't be opened: {error}"
            if len(self._open) > _MAX_OPEN:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(name)
        node, problem = open_path(self._open[name], path)
        return node, problem and f"lies in {name} and {problem}"

    def _target(self, name: str) -> str | None:
        """Give the path of a file that may be opened, None for any other."""
        # A plain name may hold any sign, as the name of the master itself.
        if os.path.basename(name) != name and not is_path_below(name):
            return None
        target = os.path.realpath(os.path.join(self._folder, name))
        folder = os.path.join(self._folder, "")
        return target if target.startswith(folder) else None

    def close(self) -> None:
        """Close all of them."""
        while self._open:
            self._open.popitem()[1].close()
