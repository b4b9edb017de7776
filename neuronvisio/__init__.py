"""Record NEURON simulations, save them as result files and browse those in JupyterLab."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("jupyterlab-neuronvisio")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the built extension lies inside this package."""
    return [{"src": "labextension", "dest": "jupyterlab-neuronvisio"}]
