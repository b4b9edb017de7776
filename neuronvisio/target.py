"""Where and how a Manager saves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

NO_FILE = "no file was named yet: name it once, as in flush('storage.h5')"


def not_parameters(given: object) -> str:
    """Say that something that was given is no mapping of parameters."""
    return f"parameters is a dictionary of name -> value, not {given!r:.100}"


@dataclass(frozen=True)
class Target:
    """A file to save to, and how.

    Attributes:
        path: path of the file.
        parameters: name -> value, kept in the file beside the Manager's own; or None.
        compression: None or ``'gzip'``.
    """

    path: str
    parameters: Mapping[str, Any] | None = None
    compression: str | None = None

    @classmethod
    def like(
        cls,
        last: Target | None,
        path: str | None,
        parameters: Mapping[str, Any] | None,
        compression: str | None,
    ) -> Target:
        """Give a target that has what is given, and the rest of the last one.

        Args:
            last: the last target; None if there was none, and then a path has to be given.
            path: path of the file, None for the last one.
            parameters: None for the last ones.
            compression: None for the last one.
        """
        if last is None:
            return cls(path or "", parameters, compression)
        return cls(
            last.path if path is None else path,
            last.parameters if parameters is None else parameters,
            last.compression if compression is None else compression,
        )

    def check(self) -> None:
        """Say what is wrong with it.

        Raises:
            ValueError: an unknown compression.
            TypeError: the parameters are no mapping.
        """
        if self.compression not in (None, "gzip"):
            raise ValueError(f"compression is None or 'gzip', not {self.compression!r}")
        if self.parameters is not None and not isinstance(self.parameters, Mapping):
            raise TypeError(not_parameters(self.parameters))

    def absolute(self) -> Target:
        """Give the same file for whatever folder a script goes to afterwards."""
        return replace(self, path=os.path.abspath(self.path))
