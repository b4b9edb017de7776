"""Open a result file, or say in one sentence why not."""

from __future__ import annotations

import os

from neuronvisio.cli.errors import CommandError

_SIGNATURE = b"\x89HDF\r\n\x1a\n"


def check_file(path: str) -> None:
    """Make sure that there is a file to read and that it is HDF5.

    Args:
        path: path of the file.

    Raises:
        CommandError: there is none; the message says what is there instead.
    """
    try:
        if os.path.isdir(path):
            raise CommandError(f"{path} is a folder: name a file in it.")
        if not os.path.exists(path):
            raise CommandError(f"There is no file {path}: check the name.")
        if not os.path.isfile(path):
            raise CommandError(f"{path} is not a regular file: name a result file.")
        if not _has_signature(path):
            raise CommandError(f"{path} is not an HDF5 file: name a file saved by Neuronvisio.")
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror or error}.") from error
    except ValueError as error:  # a NUL in the name
        raise CommandError(f"{path} can't be the name of a file: check it.") from error


def _has_signature(path: str) -> bool:
    """Look for HDF5's first bytes where it looks itself: at 0, 512, 1024, 2048, ..."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        at = 0
        while at < max(size, 1):
            file.seek(at)
            if file.read(len(_SIGNATURE)) == _SIGNATURE:
                return True
            at = at * 2 or 512
    return False
