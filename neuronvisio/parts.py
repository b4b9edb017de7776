"""Open the files beside a master file that hold its sections."""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import Any

import h5py

from neuronvisio.lookup import open_path

_MAX_OPEN = 64


class Parts:
    """The files beside a master file that hold its sections.

    Only a file that lies in the very folder of the master is opened.
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
        target = os.path.realpath(os.path.join(self._folder, name))
        if os.path.basename(name) != name or os.path.dirname(target) != self._folder:
            return None, "is a link out of the folder of the file"
        if name not in self._open:
            try:
                self._open[name] = h5py.File(target, "r")
            except OSError as error:
                return None, f"lies in {name}, which can't be opened: {error}"
            if len(self._open) > _MAX_OPEN:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(name)
        node, problem = open_path(self._open[name], path)
        return node, problem and f"lies in {name} and {problem}"

    def close(self) -> None:
        """Close all of them."""
        while self._open:
            self._open.popitem()[1].close()
