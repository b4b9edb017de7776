"""Record NEURON simulations, save them as result files and browse those in JupyterLab."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from neuronvisio.results import Results

try:
    __version__ = version("jupyterlab-neuronvisio")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__", "open"]


def open(path: str | os.PathLike[str]) -> Results:
    """Give what a result file holds, by name; a notebook shows it as a tree.

    The file is opened when something is asked for, and is not held open by showing it.

    Args:
        path: path of the file.

    Raises:
        FileNotFoundError: there is no such file.
        NotAResultFileError: it is no result file; the message says what is wrong.
        OSError: it can't be read.
    """
    from neuronvisio.results import Results

    with Results(path):
        return Results(path, wait=True)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the built extension lies inside this package."""
    return [{"src": "labextension", "dest": "jupyterlab-neuronvisio"}]
