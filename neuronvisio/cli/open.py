"""Open a result file in JupyterLab."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import webbrowser
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from neuronvisio.cli.errors import CommandError
from neuronvisio.cli.files import check_file
from neuronvisio.cli.text import shown


@dataclass(frozen=True)
class Start:
    """What the user asked for.

    Attributes:
        file: path of the file, None to choose one in JupyterLab.
        browser: whether to open the browser.
        port: the port of the server, None for any.
        rest: options for ``jupyter lab``.
    """

    file: str | None
    browser: bool = True
    port: int | None = None
    rest: tuple[str, ...] = ()


def open_lab(start: Start) -> int:
    """Open JupyterLab on a running server, else on one that runs until it is stopped.

    Args:
        start: what the user asked for.

    Returns:
        The exit code.

    Raises:
        CommandError: there is no such file, it can't be served, or there is no JupyterLab.
    """
    if start.file is not None:
        check_file(start.file)
    if importlib.util.find_spec("jupyterlab") is None:
        raise CommandError(
            "JupyterLab is not installed: pip install 'jupyterlab-neuronvisio[lab]' brings it."
        )
    target = _place(start.file)
    # A server that runs can't be given options any more.
    if not start.rest:
        from neuronvisio.cli.servers import find_server

        server = find_server(target, start.port)
        if server is not None:
            address = server.address(page(target, server.root))
            print(f"JupyterLab is running already: {shown(address)}", flush=True)
            if start.browser and not webbrowser.open(address):
                print("neuronvisio: There is no browser: open the address.", file=sys.stderr)
            return 0
    return _run_server(start, target)


def _place(file: str | None) -> str:
    """Give the file's path in its real folder; a link to a file is served by its own name."""
    if file is None:
        return os.path.join(os.path.realpath(os.curdir), "")
    folder, name = os.path.split(os.path.abspath(file))
    return os.path.join(os.path.realpath(folder), name)


def inside(target: str, root: str) -> str | None:
    """Tell where a file is below a folder that a Jupyter server shows.

    Args:
        target: path of the file, or of a folder with a separator at the end.
        root: path of the folder.

    Returns:
        The path below the root with ``/``, None if the file is not there or hidden.
    """
    try:
        relative = os.path.relpath(target, os.path.realpath(root))
    except ValueError:  # another drive of Windows
        return None
    if relative == os.curdir:
        return ""
    parts = relative.split(os.sep)
    return None if any(part.startswith(".") for part in parts) else "/".join(parts)


def choose_root(target: str) -> str:
    """Choose the folder for a new server.

    Args:
        target: path of the file, or of a folder with a separator at the end.

    Returns:
        The current folder if the file can be served from there, else the file's own.

    Raises:
        CommandError: the file itself is hidden.
    """
    for root in (os.path.realpath(os.curdir), os.path.dirname(target)):
        if inside(target, root) is not None:
            return root
    raise CommandError(
        f"{target} is hidden by the dot in front of its name, and Jupyter serves no hidden "
        f"files: rename it, or make a link to it without the dot."
    )


def page(target: str, root: str) -> str:
    """Make the address of our viewer below a server's own, for `src/plugins/address.ts`.

    JupyterLab's own ``/lab/tree/PATH`` opens whatever viewer is the default for the file.

    Args:
        target: path of the file, or of a folder with a separator at the end.
        root: the server's folder; the target is in it.

    Returns:
        An address such as ``lab?neuronvisio=open&path=a%20b.h5``.
    """
    path = inside(target, root) or ""
    query = {"neuronvisio": "open"}
    folder = path
    if not target.endswith(os.sep):
        query["path"] = path
        folder = path.rpartition("/")[0]
    if folder:
        query["file-browser-path"] = folder
    return "lab?" + urlencode(query, quote_via=quote, safe="/", errors="surrogateescape")


def _run_server(start: Start, target: str) -> int:
    root = choose_root(target)
    words = [
        sys.executable,
        "-m",
        "neuronvisio.cli.lab",  # JupyterLab, but for the address that it prints
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/{page(target, root)}",
    ]
    if hasattr(os, "getuid") and os.getuid() == 0:
        print("Passing --allow-root to JupyterLab, since you are root.", flush=True)
        words.append("--allow-root")
    if not start.browser:
        words.append("--no-browser")
    if start.port is not None:
        words.append(f"--ServerApp.port={start.port}")
    words += start.rest
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        # Jupyter gets the terminal, the signals and the exit code to itself.
        os.execv(sys.executable, words)
    return subprocess.call(words)
