"""The file of what a notebook shows, as the notebook finds it again."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import datetime, timezone


@dataclass(frozen=True)
class Source:
    """A file at the moment it was shown.

    Attributes:
        path: its path from the notebook's folder, with ``/``; its name alone where there is no
            such path, as on another drive.
        size: its bytes.
        modified: the date of its last change, ISO 8601 in UTC, e.g.
            ``'2026-11-23T21:00:00.123456Z'``.
    """

    path: str
    size: int
    modified: str


def source_of(path: str) -> Source | None:
    """Tell where a file is from the notebook, and which one it is.

    Args:
        path: its absolute path.

    Returns:
        None if it is not there any more, or its name is no text.
    """
    try:
        found = os.stat(path)
        # The notebook's folder may be reached by a link, and the file by its real path.
        relative = os.path.relpath(os.path.realpath(path), os.path.realpath(notebook_folder()))
        relative.encode("utf-8")
    except OSError:
        return None
    except UnicodeEncodeError:
        return None
    except ValueError:  # another drive of Windows
        relative = os.path.basename(path)
    date = datetime.fromtimestamp(found.st_mtime, timezone.utc)
    text = date.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return Source(relative.replace(os.sep, "/"), found.st_size, text)


def notebook_folder() -> str:
    """Give the folder of the notebook or console that runs, else the current one.

    A script that calls ``os.chdir`` does not change it: Jupyter's server tells the kernel the
    notebook's path, and IPython remembers where it was started.
    """
    told = os.environ.get("JPY_SESSION_NAME", "")
    if os.path.isabs(told) and os.path.isdir(os.path.dirname(told)):
        return os.path.dirname(told)
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    visited = [] if shell is None else list(shell.user_ns.get("_dh") or [])
    if visited and os.path.isdir(visited[0]):
        return str(visited[0])
    return os.getcwd()
